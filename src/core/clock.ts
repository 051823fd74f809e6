/** Time as a parameter, so that tests are exact. */
export interface Clock {
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
  /** Milliseconds since the Unix epoch. */
  readonly wallMs: () => number;
  /** Calls back once after `ms`; the returned function calls it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

/** A clock for what is over: it never goes on. */
export const stillClock: Clock = { now: () => 0, wallMs: () => 0, after: () => () => {} };

export const systemClock: Clock = {
  now: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
