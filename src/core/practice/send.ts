import type { ServerResponse } from 'node:http';
import { type PracticeClock, waitUntil } from './clock.ts';
import { errorBody, midStreamError } from './errors.ts';
import { answerHeaders, errorHeaders } from './headers.ts';
import type { Plan } from './plan.ts';
import type { Random } from './random.ts';
import { doneEvent, obfuscated, sseEvent } from './sse.ts';

/** One answer on its way: `signal` is aborted once nobody is there to read it. */
export interface Delivery {
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly startMs: number;
  readonly clock: PracticeClock;
  readonly random: Random;
  readonly signal: AbortSignal;
}

/** Sends a planned answer, each part when it is due. Stops as soon as the client is gone. */
export async function send(plan: Plan, delivery: Delivery): Promise<void> {
  const { response, requestId, startMs, clock, signal } = delivery;
  const facts = () => ({
    requestId,
    processingMs: clock.now() - startMs,
    rateLimits: plan.rateLimits,
  });
  if (plan.kind === 'error') {
    const body = errorBody(plan.error);
    response.writeHead(plan.error.status, errorHeaders(plan.error, body, facts()));
    response.end(body);
    return;
  }
  if (plan.kind === 'json') {
    await waitUntil(clock, startMs + plan.waitMs, signal);
    if (signal.aborted) return;
    response.writeHead(200, answerHeaders('application/json', facts()));
    // Written apart from the end, the body goes out chunked, as the real one does.
    response.write(`${JSON.stringify(plan.body, null, 2)}\n`);
    response.end();
    return;
  }
  await waitUntil(clock, startMs + plan.timeline.headersMs, signal);
  if (signal.aborted) return;
  response.writeHead(200, answerHeaders('text/event-stream; charset=utf-8', facts()));
  response.flushHeaders();
  await sendChunks(plan, delivery);
}

/** Long enough for a reader to take what was written before its connection breaks. */
const beforeCutMs = 20;

async function sendChunks(plan: Plan & { kind: 'stream' }, delivery: Delivery): Promise<void> {
  const { response, requestId, startMs, clock, random, signal } = delivery;
  const { timeline, fault } = plan;
  for (const [index, chunk] of plan.chunks.slice(0, fault?.chunk).entries()) {
    const dueMs = index === 0 ? timeline.roleMs : (timeline.pieceMs[index - 1] ?? timeline.endMs);
    await waitUntil(clock, startMs + dueMs, signal);
    if (signal.aborted) return;
    await write(response, sseEvent(plan.isObfuscated ? obfuscated(chunk, random) : chunk), signal);
  }
  if (signal.aborted) return;
  switch (fault?.kind) {
    case 'cut':
      await waitUntil(clock, clock.now() + beforeCutMs, signal);
      response.destroy();
      return;
    case 'end':
      response.end();
      return;
    case 'error':
      response.end(sseEvent({ error: midStreamError(requestId) }));
      return;
    default:
      response.end(doneEvent);
  }
}

/** Writes, and waits while the reader is behind, so that a slow one holds no more than a buffer of memory. */
async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (response.write(text)) return;
  await new Promise<void>((resolve) => {
    response.once('drain', done);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
