import type { CompletionUsage } from 'openai/resources/completions';
import { readingOf } from './chunk-in-bytes.ts';
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

/** A summary while events are being added to it. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };
type RunDraft = Draft<RunSummary> & { steps: Draft<StepSummary>[] };

/** Adds events to a summary. Pure, and what an event costs does not grow with the run. */
export function fold(run: RunSummary, events: readonly RunEvent[]): RunSummary {
  // Copied once for all of them: a copy for each event would be most of what a fast stream costs.
  const draft = { ...run, steps: run.steps.map((step) => ({ ...step })) };
  for (const event of events) add(draft, event);
  return draft;
}

function add(run: RunDraft, event: RunEvent): void {
  switch (event.type) {
    case 'run-start':
      run.experiment = event.experiment;
      run.endpoint = event.endpoint;
      run.startedAt = event.startedAt;
      run.knownTimes = event.knownTimes ?? 'all';
      break;
    case 'step-start':
      run.steps.push(emptyStep(event, run.knownTimes));
      break;
    case 'run-end':
      run.outcome = event.outcome;
      run.endMs = run.knownTimes === 'none' ? null : event.at;
      break;
    default: {
      const step = run.steps[event.step];
      if (step) addToStep(step, event, event.at - step.offsetMs);
    }
  }
}

type StepEvent = Exclude<RunEvent, { type: 'run-start' | 'step-start' | 'run-end' }>;

function addToStep(step: Draft<StepSummary>, event: StepEvent, ms: number): void {
  const knownMs = step.knownTimes === 'none' ? null : ms;
  const partMs = step.knownTimes === 'all' ? ms : null;
  switch (event.type) {
    case 'attempt':
      // What an earlier try brought is not this one's.
      step.headersMs = null;
      step.status = null;
      step.attempts = [...step.attempts, emptyAttempt(event, ms)];
      break;
    case 'attempt-failed':
      changeAttempt(step, event.attempt, { failedMs: knownMs, failure: event.code ?? event.message });
      break;
    case 'headers':
      step.headersMs = knownMs;
      step.status = event.status;
      changeAttempt(step, event.attempt, {
        headersMs: knownMs,
        status: event.status,
        headers: event.headers,
        redirectedTo: event.redirectedTo ?? null,
      });
      break;
    case 'read':
      step.reads += 1;
      step.bytes += event.end - event.start;
      break;
    case 'event':
      step.events += 1;
      step.firstEventMs ??= partMs;
      break;
    case 'chunk':
      addChunk(step, event, partMs);
      break;
    case 'response': {
      const { model, finishReason, choices, usage } = readAnswer(event.body);
      Object.assign(step, { model, finishReason, choices, usage });
      break;
    }
    case 'estimate':
      step.estimatedCompletionTokens = event.completionTokens;
      break;
    case 'error':
      step.error = event.error;
      break;
    case 'step-end':
      step.outcome = event.outcome;
      step.endMs = knownMs;
  }
}

function addChunk(step: Draft<StepSummary>, row: RunEventOf<'chunk'>, ms: number | null): void {
  const { choices, model, usage } = readingOf(row);
  const first = choices[0];
  if (step.lastChunkMs !== null && ms !== null) {
    step.largestGapMs = Math.max(step.largestGapMs ?? 0, ms - step.lastChunkMs);
  } else {
    step.largestGapMs = null;
  }
  step.lastChunkMs = ms;
  step.chunks += 1;
  step.model ??= model;
  step.usage = usage ?? step.usage;
  if (!first) return;
  if (first.content) {
    step.contentChunks += 1;
    step.firstContentMs ??= ms;
    step.lastContentMs = ms;
  }
  if (first.choice === 0) step.finishReason = first.finishReason ?? step.finishReason;
  step.choices = Math.max(step.choices, first.choice + choices.length);
}

const emptyAttempt = (event: RunEventOf<'attempt'>, startMs: number): AttemptSummary => ({
  index: event.attempt,
  method: event.method,
  url: event.url,
  startMs,
  headersMs: null,
  failedMs: null,
  status: null,
  failure: null,
  sentHeaders: event.headers,
  headers: [],
  redirectedTo: null,
});

function changeAttempt(step: Draft<StepSummary>, index: number, change: Partial<AttemptSummary>): void {
  step.attempts = step.attempts.map((attempt) =>
    attempt.index === index ? { ...attempt, ...change } : attempt,
  );
}
