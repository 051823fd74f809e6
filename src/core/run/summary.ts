import type { CompletionUsage } from 'openai/resources/completions';
import type {
  EndpointLabel,
  HeaderList,
  KnownTimes,
  RunEvent,
  RunEventOf,
  SdkError,
  StepOutcome,
} from './events.ts';
import { readAnswer } from './reading.ts';
import type { StepRequest } from './request.ts';

/** One HTTP try. Times are milliseconds since its step began. */
export interface AttemptSummary {
  readonly index: number;
  readonly method: string;
  readonly url: string;
  readonly startMs: number;
  readonly headersMs: number | null;
  readonly failedMs: number | null;
  readonly status: number | null;
  readonly failure: string | null;
  readonly sentHeaders: HeaderList;
  readonly headers: HeaderList;
  /** Where the answer came from, if that is another URL. */
  readonly redirectedTo: string | null;
}

/** What is known of one request of a run. Times are milliseconds since its step began. */
export interface StepSummary {
  readonly index: number;
  readonly id: string;
  readonly label: string;
  readonly target: RunEventOf<'step-start'>['target'];
  readonly request: StepRequest;
  readonly isStream: boolean;
  /** Which times are known at all; the others are null below, however the step went. */
  readonly knownTimes: KnownTimes;
  /** Milliseconds from the start of the run to the start of this step. */
  readonly offsetMs: number;
  readonly attempts: readonly AttemptSummary[];
  readonly headersMs: number | null;
  readonly firstEventMs: number | null;
  readonly firstContentMs: number | null;
  readonly lastContentMs: number | null;
  readonly endMs: number | null;
  readonly status: number | null;
  readonly reads: number;
  readonly bytes: number;
  readonly events: number;
  readonly chunks: number;
  /** Chunks whose delta carried text. */
  readonly contentChunks: number;
  readonly lastChunkMs: number | null;
  readonly largestGapMs: number | null;
  readonly model: string | null;
  /** Of the first choice. */
  readonly finishReason: string | null;
  /** How many choices there have been. */
  readonly choices: number;
  /** As the server reported it, or null while it has not. */
  readonly usage: CompletionUsage | null;
  readonly estimatedCompletionTokens: number | null;
  readonly error: SdkError | null;
  readonly outcome: StepOutcome | null;
}

/** What is known of a run; a pure fold of its events. */
export interface RunSummary {
  readonly experiment: string;
  readonly endpoint: EndpointLabel | null;
  readonly startedAt: string;
  readonly knownTimes: KnownTimes;
  readonly steps: readonly StepSummary[];
  readonly outcome: 'complete' | 'aborted' | null;
  readonly endMs: number | null;
}

export const emptySummary: RunSummary = {
  experiment: '',
  endpoint: null,
  startedAt: '',
  knownTimes: 'all',
  steps: [],
  outcome: null,
  endMs: null,
};

const emptyStep = (event: RunEventOf<'step-start'>, knownTimes: KnownTimes): StepSummary => ({
  index: event.step,
  id: event.id,
  label: event.label,
  target: event.target,
  request: event.request,
  isStream: event.request.kind === 'chat' && Boolean(event.request.body.stream),
  knownTimes,
  offsetMs: event.at,
  attempts: [],
  headersMs: null,
  firstEventMs: null,
  firstContentMs: null,
  lastContentMs: null,
  endMs: null,
  status: null,
  reads: 0,
  bytes: 0,
  events: 0,
  chunks: 0,
  contentChunks: 0,
  lastChunkMs: null,
  largestGapMs: null,
  model: null,
  finishReason: null,
  choices: 0,
  usage: null,
  estimatedCompletionTokens: null,
  error: null,
  outcome: null,
});

/** Adds one event to a summary. Pure, and its cost does not grow with the run. */
export function fold(run: RunSummary, event: RunEvent): RunSummary {
  switch (event.type) {
    case 'run-start':
      return {
        ...run,
        experiment: event.experiment,
        endpoint: event.endpoint,
        startedAt: event.startedAt,
        knownTimes: event.knownTimes ?? 'all',
      };
    case 'step-start':
      return { ...run, steps: [...run.steps, emptyStep(event, run.knownTimes)] };
    case 'run-end':
      return { ...run, outcome: event.outcome, endMs: run.knownTimes === 'none' ? null : event.at };
    default: {
      const step = run.steps[event.step];
      if (!step) return run;
      const steps = run.steps.slice();
      steps[event.step] = foldStep(step, event, event.at - step.offsetMs);
      return { ...run, steps };
    }
  }
}

type StepEvent = Exclude<RunEvent, { type: 'run-start' | 'step-start' | 'run-end' }>;

function foldStep(step: StepSummary, event: StepEvent, ms: number): StepSummary {
  const knownMs = step.knownTimes === 'none' ? null : ms;
  const partMs = step.knownTimes === 'all' ? ms : null;
  switch (event.type) {
    case 'attempt':
      return {
        ...step,
        // What an earlier try brought is not this one's.
        headersMs: null,
        status: null,
        attempts: [
          ...step.attempts,
          {
            index: event.attempt,
            method: event.method,
            url: event.url,
            startMs: ms,
            headersMs: null,
            failedMs: null,
            status: null,
            failure: null,
            sentHeaders: event.headers,
            headers: [],
            redirectedTo: null,
          },
        ],
      };
    case 'attempt-failed':
      return updateAttempt(step, event.attempt, { failedMs: knownMs, failure: event.code ?? event.message });
    case 'headers':
      return {
        ...updateAttempt(step, event.attempt, {
          headersMs: knownMs,
          status: event.status,
          headers: event.headers,
          redirectedTo: event.redirectedTo ?? null,
        }),
        headersMs: knownMs,
        status: event.status,
      };
    case 'read':
      return { ...step, reads: step.reads + 1, bytes: step.bytes + event.end - event.start };
    case 'event':
      return { ...step, events: step.events + 1, firstEventMs: step.firstEventMs ?? partMs };
    case 'chunk':
      return foldChunk(step, event, partMs);
    case 'response': {
      const { model, finishReason, choices, usage } = readAnswer(event.body);
      return { ...step, model, finishReason, choices, usage };
    }
    case 'estimate':
      return { ...step, estimatedCompletionTokens: event.completionTokens };
    case 'error':
      return { ...step, error: event.error };
    case 'step-end':
      return { ...step, outcome: event.outcome, endMs: knownMs };
  }
}

function foldChunk(step: StepSummary, { chunk }: RunEventOf<'chunk'>, ms: number | null): StepSummary {
  const { content, choice, choices, finishReason, model, usage } = readAnswer(chunk);
  const hasContent = Boolean(content);
  const gapMs = step.lastChunkMs === null || ms === null ? null : ms - step.lastChunkMs;
  return {
    ...step,
    chunks: step.chunks + 1,
    contentChunks: step.contentChunks + (hasContent ? 1 : 0),
    firstContentMs: step.firstContentMs ?? (hasContent ? ms : null),
    lastContentMs: hasContent ? ms : step.lastContentMs,
    lastChunkMs: ms,
    largestGapMs: gapMs === null ? null : Math.max(step.largestGapMs ?? 0, gapMs),
    model: step.model ?? model,
    finishReason: choice === 0 ? (finishReason ?? step.finishReason) : step.finishReason,
    choices: Math.max(step.choices, choice + choices),
    usage: usage ?? step.usage,
  };
}

function updateAttempt(step: StepSummary, index: number, change: Partial<AttemptSummary>): StepSummary {
  return {
    ...step,
    attempts: step.attempts.map((attempt) => (attempt.index === index ? { ...attempt, ...change } : attempt)),
  };
}
