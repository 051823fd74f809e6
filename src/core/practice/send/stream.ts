import { waitUntil } from '../clock.ts';
import { midStreamError } from '../errors.ts';
import type { Fault } from '../faults/parse.ts';
import { tokensOf } from '../model/generate.ts';
import { rounds } from '../model/rounds.ts';
import type { AnswerPlan } from '../plan.ts';
import { chunkMaker } from './chunks.ts';
import type { Delivery } from './send.ts';
import { doneEvent, obfuscated, sseEvent } from './sse.ts';
import { eventWriter } from './writer.ts';

/** The faults that end a stream before its time. */
const breaking: ReadonlySet<Fault['name']> = new Set(['cut', 'error', 'error-event', 'end']);

/** Long enough for a reader to take what was written before its connection breaks. */
const beforeCutMs = 20;

/** Sends the events of a streamed answer, each when it is due, as the faults of the request will have it. */
export async function sendEvents(plan: AnswerPlan, delivery: Delivery): Promise<void> {
  const { response, requestId, startMs, clock, random, signal } = delivery;
  const { faults, isObfuscated } = plan;
  const writer = eventWriter(response, signal, faults);
  const find = (name: Fault['name']) => faults.find((fault) => fault.name === name);
  const breaks = faults.filter(({ name }) => breaking.has(name)).sort((a, b) => a.chunk - b.chunk)[0];
  const [stall, badJson, noBlank] = [find('stall'), find('bad-json'), find('no-blank')];
  const chunks = dueChunks(plan, delivery);
  let sent = 0;
  let stalledMs = 0;
  let last = '';

  while (!breaks || sent < breaks.chunk) {
    const next = chunks.next();
    if (next.done) break;
    if (stall?.chunk === sent) stalledMs = stall.value;
    await waitUntil(clock, startMs + next.value.dueMs + stalledMs, signal);
    if (signal.aborted) return;
    const event = sseEvent(isObfuscated ? obfuscated(next.value.chunk, random) : next.value.chunk);
    // One brace too few, and it is no JSON.
    last = badJson?.chunk === sent ? event.replace('}\n\n', '\n\n') : event;
    const isFirst = sent === 0;
    await writer.write(noBlank ? `${isFirst ? '' : '\n\n'}${last.trimEnd()}` : last);
    sent += 1;
    if (signal.aborted) return;
  }

  switch (noBlank ? 'end' : breaks?.name) {
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
  const making = rounds(completion.choices);
  let completionTokens = 0;
  let step = making.next();
  for (let isFirst = true; !step.done; isFirst = false, step = making.next()) {
    const { items, tokens, isThought } = step.value;
    if (isThought) timeline.pass(tokens);
    const dueMs = isFirst || isThought ? timeline.roleMs : timeline.next(tokens);
    for (const { index, part } of items) {
      completionTokens += part ? tokensOf(part) : 0;
      note({ completionTokens });
      const chunk = part ? make.part(index, part) : make.role(index, completion.choices[index]!.answer);
      if (chunk) yield { chunk, dueMs };
    }
  }
  const endings = step.value;
  const dueMs = timeline.endMs();
  for (const [index, { finishReason }] of endings.entries()) {
    yield { chunk: make.finish(index, finishReason), dueMs };
  }
  const usage = completion.usage(endings);
  note({ completionTokens: usage.completion_tokens });
  if (includesUsage) yield { chunk: make.usage(usage), dueMs };
}
