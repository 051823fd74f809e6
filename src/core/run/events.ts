import type { StepRequest } from './request.ts';

/** Header names in lower case with their values, in the order they were sent or received. Secrets are masked. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/**
 * How a step ended.
 *
 * - `complete`: an answer in full; a stream said `[DONE]`
 * - `no-done`: the stream ended without `[DONE]`, and the SDK said nothing
 * - `cut`: the connection broke in the middle of a stream
 * - `error`: the SDK threw, before the stream or in the middle of it
 * - `unsent`: the SDK threw before it sent anything
 * - `aborted`: the learner stopped it
 */
export type StepOutcome = 'complete' | 'no-done' | 'cut' | 'error' | 'unsent' | 'aborted';

/** What the SDK threw, as the learner's own `catch` would see it. */
export interface SdkError {
  /** The class, as `err.constructor.name` gives it (`err.name` is always `Error`). */
  readonly className: string;
  readonly message: string;
  readonly status: number | null;
  readonly type: string | null;
  readonly code: string | null;
  readonly param: string | null;
  readonly requestId: string | null;
  /** The system's own code behind it, such as `ECONNREFUSED` or `UND_ERR_SOCKET`. */
  readonly cause: string | null;
}

/** Where a run's requests go, without the key. */
export interface EndpointLabel {
  /** `openai` is the endpoint of the learner's own key; `compatible` any other server that they named. */
  readonly kind: 'practice' | 'openai' | 'compatible';
  /** Ends before `/chat/completions`, such as `https://api.openai.com/v1`. */
  readonly baseURL: string;
}

/**
 * What `at` means for the events of a run.
 *
 * - `all`: when each thing happened; we looked on
 * - `ends`: when a request began, when its headers came and when it was over; what came in between has the time of
 *   the end, by which all of it was there
 * - `none`: nothing; all of it is 0
 */
export type KnownTimes = 'all' | 'ends' | 'none';

/**
 * One thing that happened in a run. `at` is milliseconds since the run began, by our clock.
 * `step` counts the experiment's requests from 0; `attempt` the HTTP tries within a step.
 * Byte ranges count the bytes of one response body, `start` included, `end` excluded.
 */
export type RunEvent =
  | {
      readonly type: 'run-start';
      readonly at: number;
      readonly experiment: string;
      readonly endpoint: EndpointLabel;
      /** Wall-clock time in ISO 8601; empty where it is not known. */
      readonly startedAt: string;
      /** Only where we did not watch the run ourselves. */
      readonly knownTimes?: Exclude<KnownTimes, 'all'>;
    }
  | {
      readonly type: 'step-start';
      readonly at: number;
      readonly step: number;
      readonly id: string;
      readonly label: string;
      readonly target: EndpointLabel | { readonly kind: 'nowhere'; readonly baseURL: string };
      readonly request: StepRequest;
    }
  | {
      readonly type: 'attempt';
      readonly at: number;
      readonly step: number;
      readonly attempt: number;
      readonly method: string;
      readonly url: string;
      readonly headers: HeaderList;
      readonly body: string | null;
    }
  | {
      readonly type: 'attempt-failed';
      readonly at: number;
      readonly step: number;
      readonly attempt: number;
      readonly message: string;
      readonly code: string | null;
    }
  | {
      readonly type: 'headers';
      readonly at: number;
      readonly step: number;
      readonly attempt: number;
      readonly status: number;
      readonly headers: HeaderList;
      /** Where the answer came from in the end, if the server sent the request on: `fetch` goes there unasked. */
      readonly redirectedTo?: string;
    }
  | {
      readonly type: 'read';
      readonly at: number;
      readonly step: number;
      readonly attempt: number;
      readonly index: number;
      readonly start: number;
      readonly end: number;
      readonly bytes: Uint8Array;
    }
  | {
      readonly type: 'event';
      /** The time of the read that had the last of it. */
      readonly at: number;
      readonly step: number;
      readonly index: number;
      readonly start: number;
      readonly end: number;
      /** The `event:` field, where the server sent one. */
      readonly name?: string;
      /** The raw `data:` text. */
      readonly data: string;
    }
  | {
      readonly type: 'chunk';
      readonly at: number;
      readonly step: number;
      readonly index: number;
      /** What the SDK's `for await` yielded: a chunk, if the server keeps to the protocol. */
      readonly chunk: unknown;
    }
  | {
      readonly type: 'response';
      readonly at: number;
      readonly step: number;
      /** What the SDK's promise gave: a completion or a model, if the server keeps to the protocol. */
      readonly body: unknown;
    }
  | { readonly type: 'error'; readonly at: number; readonly step: number; readonly error: SdkError }
  | {
      /** Our tokenizer's count of the text that came, where the server reported none. */
      readonly type: 'estimate';
      readonly at: number;
      readonly step: number;
      readonly completionTokens: number;
    }
  | { readonly type: 'step-end'; readonly at: number; readonly step: number; readonly outcome: StepOutcome }
  | { readonly type: 'run-end'; readonly at: number; readonly outcome: 'complete' | 'aborted' };

export type RunEventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
