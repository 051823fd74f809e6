import type { Endpoint } from '../api/endpoint.ts';
import type { RunLog } from '../run/log.ts';
import type { StepRequest } from '../run/request.ts';

/** What an earlier step of the same run gave. */
export interface StepResult {
  /** The text of the answer, as far as it came. */
  readonly text: string;
}

/**
 * How a step proves who it is.
 *
 * - `own`: the endpoint's key
 * - `fake`: a key that no server knows
 * - `none`: the client is made without any key; the SDK throws before it sends anything
 * - `no-header`: the request goes out without an `Authorization` header
 */
export type StepKey = 'own' | 'fake' | 'none' | 'no-header';

/**
 * Where a step goes.
 *
 * - `endpoint`: the one in use
 * - `practice`: always the practice server, since no real endpoint does this on request
 * - `nowhere`: a port of this machine where nobody listens
 * - or another endpoint than the one in use, to compare it with
 */
export type StepTarget = 'endpoint' | 'practice' | 'nowhere' | Endpoint;

/** One request of an experiment. */
export interface Step {
  readonly id: string;
  /** A few words for the row of this step, such as `without the history`. */
  readonly label: string;
  readonly request: StepRequest | ((earlier: readonly StepResult[]) => StepRequest);
  /** Default `own`. */
  readonly key?: StepKey;
  /** Default `endpoint`. */
  readonly target?: StepTarget;
  /** A fault ordered from the practice server with the header `x-practice-fault`; needs `target: 'practice'`. */
  readonly fault?: string;
}

/** A question asked before the run, answered by the run itself. */
export interface Prediction {
  readonly question: string;
  /** Two to four answers to choose from, each a few words. */
  readonly options: readonly string[];
  /** What the trace says, in the words of an option where one fits; null if the run never got that far. */
  readonly answer: (run: RunLog) => string | null;
  /** One or two sentences that point at the rows of the panel which decide it. */
  readonly because: (run: RunLog) => string;
}

/** How the panel compares the steps of an experiment that has several. */
export type StepComparison = 'finish-reason' | 'time' | 'prompt-tokens' | 'outcome' | 'usage';

/** What the panel shows in place of the answer: the boxed response object, with or without the key above it. */
export type PanelFocus = 'response-object' | 'key';

/** How the code beside the lesson reads the answer. */
export type CodePattern = 'plain' | 'catch' | 'collect' | 'safe';

/** A small table of the lesson text: a header row and rows of the same length. */
export interface LessonTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A paragraph of lesson text, in which `code` may stand between backticks; or a table. */
export type LessonBlock = string | LessonTable;

/** One experiment: what it says, what it sends, what it asks and what to look at afterwards. */
export interface Experiment {
  readonly id: string;
  readonly title: string;
  readonly intro: readonly LessonBlock[];
  readonly steps: readonly Step[];
  readonly prediction: Prediction;
  /** What to look at once the run is over; may quote the run's own figures. */
  readonly lookAt: (run: RunLog) => readonly string[];
  /** Default `plain`. */
  readonly code?: CodePattern;
  readonly focus?: PanelFocus;
  /** For experiments of several steps. */
  readonly compare?: StepComparison;
}

/** A group of experiments under one heading. */
export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly experiments: readonly Experiment[];
}

/** A thing to remember, tied to the figure that the learner's own run of an experiment produced. */
export interface Takeaway {
  readonly concept: string;
  readonly remember: string;
  readonly experiment: string;
  /** The learner's own figure as a short phrase, or null if this run does not show it. */
  readonly figure: (run: RunLog) => string | null;
}
