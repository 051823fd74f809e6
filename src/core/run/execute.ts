import type { AddressInfo } from 'node:net';
import { createClient } from '../api/client.ts';
import { type Endpoint, labelOf } from '../api/endpoint.ts';
import { describeError } from '../api/sdk-error.ts';
import { tapFetch, type WireEvent } from '../api/tap.ts';
import { countTokens } from '../api/tokens.ts';
import type { Clock } from '../clock.ts';
import type { Experiment, Step, StepResult } from '../lessons/types.ts';
import type { Redactor } from '../mask.ts';
import { chunkInBytes } from './chunk-in-bytes.ts';
import { EventInBytes } from './event-in-bytes.ts';
import type { RunEvent, RunEventOf, StepOutcome } from './events.ts';
import type { RunLog } from './log.ts';
import { redactEvent } from './redact.ts';
import type { StepRequest } from './request.ts';
import { createPieceStars } from './star-pieces.ts';
import { createReadStars, starEvent } from './star-reads.ts';

export interface ExecuteOptions {
  /** What runs, under the id that the log gives. */
  readonly experiment: Pick<Experiment, 'id' | 'steps'>;
  /** The endpoint in use. */
  readonly endpoint: Endpoint;
  /** Gives the practice endpoint, for steps that always go there; starts the server when first asked. */
  readonly practice: () => Promise<Endpoint>;
  readonly log: RunLog;
  readonly clock: Clock;
  readonly redact: Redactor;
  /** Secrets that are starred where they come in pieces, over reads or chunks; none where what is printed is held. */
  readonly secrets?: readonly string[];
  readonly signal?: AbortSignal;
}

/** The SDK, loaded when it is first needed: it takes an eighth of a second. */
export const loadSdk = () => import('openai');

type Emit = (event: RunEvent) => void;

/**
 * Runs an experiment's steps one after the other through the SDK and appends all that happens to the log.
 * Never throws for what an endpoint does: failures are events. An abort through `signal` ends the step it meets
 * and leaves out the rest.
 */
export async function execute(options: ExecuteOptions): Promise<void> {
  const { experiment, endpoint, log, clock, signal } = options;
  const sdk = await loadSdk();
  const startMs = clock.now();
  // To the microsecond: what stands behind it is noise of floating point.
  const now = () => Math.round((clock.now() - startMs) * 1000) / 1000;
  const emit = intoLog(log, options.redact, options.secrets ?? []);

  emit({
    type: 'run-start',
    at: now(),
    experiment: experiment.id,
    endpoint: labelOf(endpoint),
    startedAt: new Date(clock.wallMs()).toISOString(),
  });
  const results: StepResult[] = [];
  let hasFailed = false;
  for (const [index, step] of experiment.steps.entries()) {
    if (signal?.aborted) break;
    // What goes on from an answer that did not come would ask something else.
    if (hasFailed && typeof step.request === 'function') break;
    const target = await resolveTarget(step, options);
    const request = typeof step.request === 'function' ? step.request(results) : step.request;
    emit({
      type: 'step-start',
      at: now(),
      step: index,
      id: step.id,
      label: step.label,
      target: step.target === 'nowhere' ? { ...labelOf(target), kind: 'nowhere' } : labelOf(target),
      request,
    });
    const outcome = await runStep({ sdk, step, index, target, request, emit, now, signal });
    // What our own counting takes is no time of the server's.
    const endMs = now();
    const { usage, isStream, choices } = log.summary.steps[index]!;
    const text = log.text(index);
    if (isStream && !usage) {
      const texts = Array.from({ length: choices }, (_, choice) => log.text(index, choice));
      const counts = await Promise.all(texts.map(countTokens));
      const completionTokens = counts.reduce((sum, count) => sum + count, 0);
      if (completionTokens > 0) emit({ type: 'estimate', at: endMs, step: index, completionTokens });
    }
    emit({ type: 'step-end', at: endMs, step: index, outcome });
    results.push({ text });
    hasFailed ||= outcome !== 'complete' && outcome !== 'no-done';
  }
  emit({ type: 'run-end', at: now(), outcome: signal?.aborted ? 'aborted' : 'complete' });
}

async function resolveTarget(step: Step, { endpoint, practice }: ExecuteOptions): Promise<Endpoint> {
  if (step.target === 'practice') return practice();
  if (typeof step.target === 'object') return step.target;
  if (step.target === 'nowhere') return { ...(await practice()), baseURL: await closedPort() };
  return endpoint;
}

interface StepContext {
  readonly sdk: typeof import('openai');
  readonly step: Step;
  readonly index: number;
  readonly target: Endpoint;
  readonly request: StepRequest;
  readonly emit: Emit;
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
}

async function runStep({
  sdk,
  step,
  index,
  target,
  request,
  emit,
  now,
  signal,
}: StepContext): Promise<StepOutcome> {
  let hasAttempt = false;
  let isDone = false;
  let isStreaming = false;
  const look = (event: WireEvent) => {
    if (event.type === 'attempt') hasAttempt = true;
    // No more than a glance at each: the text of a long one is not even made.
    if (event.type === 'event' && event.end - event.start < 100 && event.data === '[DONE]') isDone = true;
    emit(event);
  };
  // For an empty body the SDK gives undefined, which JSON cannot hold.
  const responseOf = (given: unknown): RunEvent => ({
    type: 'response',
    at: now(),
    step: index,
    body: given ?? null,
  });
  const options = { signal, ...(step.fault ? { headers: { 'x-practice-fault': step.fault } } : {}) };

  try {
    const client = createClient(
      sdk,
      target,
      step.key ?? 'own',
      tapFetch(globalThis.fetch, { step: index, now }, look),
    );
    if (request.kind === 'model') {
      const body = await client.models.retrieve(request.model, options);
      emit(responseOf(body));
      return 'complete';
    }
    const { body } = request;
    // Whatever is sent there on purpose, the SDK streams if it is truthy.
    if (!body.stream) {
      const answer = await client.chat.completions.create(body, options);
      emit(responseOf(answer));
      return 'complete';
    }
    const stream = await client.chat.completions.create(body, options);
    // Of a `stream` that is neither true nor false it may make no stream: of one that is sent as text, a text.
    if (!(Symbol.asyncIterator in Object(stream))) {
      emit(responseOf(stream));
      return 'complete';
    }
    isStreaming = true;
    let chunks = 0;
    for await (const chunk of stream) {
      emit({ type: 'chunk', at: now(), step: index, index: chunks++, chunk });
    }
    // An aborted stream ends like a finished one, without an error.
    if (signal?.aborted) return 'aborted';
    return isDone ? 'complete' : 'no-done';
  } catch (error) {
    if (signal?.aborted) return 'aborted';
    const description = describeError(error, sdk);
    emit({ type: 'error', at: now(), step: index, error: description });
    if (!hasAttempt) return 'unsent';
    return isStreaming && error instanceof TypeError && description.cause ? 'cut' : 'error';
  }
}

/** Appends events with every secret masked. */
function intoLog(log: RunLog, redact: Redactor, secrets: readonly string[]): Emit {
  const starPieces = createPieceStars(secrets);
  const starReads = secrets.length > 0 ? createReadStars(redact, secrets) : null;
  let clean: RunEventOf<'read'> | null = null;

  const maskedChunk = (row: RunEventOf<'chunk'>): RunEventOf<'chunk'> => {
    const { reads, events } = log.rows(row.step);
    const event = events[row.index];
    const inBytes = chunkInBytes(row, event);
    const kept = inBytes ?? redactEvent(row, redact);
    const chunk = inBytes ? row.chunk : kept.chunk;
    const starred = starPieces(kept, chunk);
    if (starred !== kept && event) starEvent(reads, event, chunk, starred.chunk);
    return starred;
  };

  return (event) => {
    // What comes from a read without a secret has none. Only such events are left in their bytes, so that a chunk
    // which is the text of one has none either.
    if (event instanceof EventInBytes && event.isIn(clean)) log.append(event);
    else if (event.type === 'chunk') log.append(maskedChunk(event));
    else if (event.type === 'read') {
      const kept = redactEvent(event, redact);
      starReads?.(kept);
      clean = kept === event ? event : null;
      log.append(kept);
    } else log.append(redactEvent(event, redact));
  };
}

/** The URL of a port of this machine where nobody listens: one that was free a moment ago. */
async function closedPort(): Promise<string> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/v1`;
}
