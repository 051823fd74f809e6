/** What becomes known of a request while it is answered. */
export interface RequestNotes {
  readonly model: string | null;
  readonly isStream: boolean;
  readonly promptTokens: number | null;
  /** As far as they were made. */
  readonly completionTokens: number | null;
  /** The faults that happened to it, as they were ordered. */
  readonly faults: readonly string[];
  /** Why an error was answered: what can be done about it, or else its message. */
  readonly reason: string | null;
  /** What went wrong in the server itself, which nothing should. */
  readonly failure: string | null;
}

/** One request, once it is over. It holds no key. */
export interface RequestLogEntry extends RequestNotes {
  readonly requestId: string;
  /** Milliseconds since the Unix epoch at which it came in. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** Null if it never got as far as a status. */
  readonly status: number | null;
  readonly durationMs: number;
  /** `gone`: the client left; `broken`: the connection was broken on purpose, or by a failure; else `done`. */
  readonly outcome: 'done' | 'gone' | 'broken';
}

export const noNotes: RequestNotes = {
  model: null,
  isStream: false,
  promptTokens: null,
  completionTokens: null,
  faults: [],
  reason: null,
  failure: null,
};
