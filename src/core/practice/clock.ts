import { setImmediate } from 'node:timers/promises';

/** Time as the practice server sees it, so that a test can hold it still. */
export interface PracticeClock {
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
  /** Milliseconds since the Unix epoch. */
  readonly wallMs: () => number;
  /** Calls back once after `ms`; the returned function calls it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

export const realClock: PracticeClock = {
  now: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Waits until `atMs` on the clock; gives way to other work even if that is past. Ends early on abort. */
export async function waitUntil(clock: PracticeClock, atMs: number, signal: AbortSignal): Promise<void> {
  const ms = atMs - clock.now();
  if (signal.aborted) return;
  if (ms <= 0) return setImmediate();
  await new Promise<void>((resolve) => {
    const cancel = clock.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
