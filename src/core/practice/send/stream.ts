import { waitUntil } from '../clock.ts';
import { midStreamError } from '../errors.ts';
import { type Fault, faultNamed } from '../faults/parse.ts';
import { tokensOf } from '../model/generate.ts';
import { takeTurns } from '../model/turns.ts';
import type { AnswerPlan } from '../plan.ts';
import { chunkMaker } from './chunks.ts';
import type { Delivery } from './send.ts';
import { doneEvent, obfuscated, sseEvent } from './sse.ts';
import { eventWriter } from './writer.ts';

/** The faults that end a stream before its time. */
const breaking: ReadonlySet<Fault['name']> = new Set(['cut', 'error', 'error-event', 'end']);

/** Long enough for a reader to take what was written before its connection breaks. */
const beforeCutMs = 20;

/**
 * Sends the events of a streamed answer, each when it is due and so many milliseconds late, as the faults of the
 * request will have it.
 */
export async function sendEvents(plan: AnswerPlan, delivery: Delivery, afterMs: number): Promise<void> {
  const { response, requestId, startMs, clock, random, signal } = delivery;
  const { faults, isObfuscated } = plan;
  const writer = eventWriter(delivery, faults);
  const find = (name: Fault['name']) => faultNamed(faults, name);
  const breaks = faults.filter(({ name }) => breaking.has(name)).sort((a, b) => a.chunk - b.chunk)[0];
  const badJson = find('bad-json');
  const chunks = dueChunks(plan, delivery);
  let stall = find('stall');
  let lateMs = afterMs;
  let sent = 0;
  let last = '';

  /** Lets nothing come for a while, once so many chunks have been sent; all that follows is as late. */
  async function stallAfter(count: number): Promise<void> {
    if (!stall || stall.chunk > count) return;
    const { value } = stall;
    stall = undefined;
    lateMs += value;
    await waitUntil(clock, clock.now() + value, signal);
  }

  for (;;) {
    await stallAfter(sent);
    if (breaks && sent >= breaks.chunk) break;
    const next = chunks.next();
    if (next.done) break;
    await waitUntil(clock, startMs + next.value.dueMs + lateMs, signal);
    if (signal.aborted) return;
    const event = sseEvent(isObfuscated ? obfuscated(next.value.chunk, random) : next.value.chunk);
    // One brace too few, and it is no JSON.
    last = badJson?.chunk === sent ? event.replace('}\n\n', '\n\n') : event;
    sent += 1;
    await writer.write(last);
    if (signal.aborted) return;
  }
  await stallAfter(Number.POSITIVE_INFINITY);
  if (signal.aborted) return;

  switch (breaks?.name ?? (find('no-blank') && 'end')) {
    case 'cut':
      await writer.flush();
      await waitUntil(clock, clock.now() + beforeCutMs, signal);
      delivery.breakOff();
      return;
    case 'error':
      await writer.write(sseEvent({ error: midStreamError(requestId) }));
      break;
    case 'error-event':
      await writer.write(`event: error\n${sseEvent(midStreamError(requestId))}`);
      break;
    case 'end':
      break;
    default:
      await writer.write(doneEvent);
      if (find('double-done')) await writer.write(last + doneEvent);
  }
  await writer.flush();
  response.end();
}

interface DueChunk {
  readonly chunk: object;
  /** Milliseconds since the request came in. */
  readonly dueMs: number;
}

/** The chunks of an answer in the order of the wire, each made when it is asked for. */
function* dueChunks(plan: AnswerPlan, { note }: Delivery): Generator<DueChunk, void, void> {
  const { completion, timeline, meta, includesUsage } = plan;
  const make = chunkMaker(meta, includesUsage);
  const turns = takeTurns(completion.choices);
  let completionTokens = 0;
  let dueMs = timeline.roleMs;
  let seenRound = 0;
  let step = turns.next();
  for (; !step.done; step = turns.next()) {
    const { index, part, round } = step.value;
    if (!part) {
      const first = make.role(index, completion.choices[index]!.answer());
      if (first) yield { chunk: first, dueMs };
      continue;
    }
    const tokens = tokensOf(part);
    completionTokens += tokens;
    note({ completionTokens });
    if (part.kind === 'thought') {
      // Choices think side by side.
      if (index === 0) timeline.pass(tokens);
      continue;
    }
    if (round !== seenRound) dueMs = timeline.next(tokens);
    seenRound = round;
    for (const chunk of make.part(index, part)) yield { chunk, dueMs };
  }
  const endings = step.value;
  const endMs = timeline.endMs();
  for (const [index, { finishReason }] of endings.entries()) {
    for (const chunk of make.finish(index, finishReason)) yield { chunk, dueMs: endMs };
  }
  const usage = completion.usage(endings);
  note({ completionTokens: usage.completion_tokens });
  if (includesUsage) yield { chunk: make.usage(usage), dueMs: endMs };
}
