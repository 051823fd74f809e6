import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { type PracticeClock, waitUntil } from '../clock.ts';
import { errorBody } from '../errors.ts';
import { type AnswerFacts, answerHeaders, errorHeaders, pageHeaders } from '../headers.ts';
import { type Part, tokensOf } from '../model/generate.ts';
import { rounds } from '../model/rounds.ts';
import type { AnswerPlan, Plan } from '../plan.ts';
import type { Random } from '../random.ts';
import type { RequestNotes } from '../request-log.ts';
import { completionObject } from './response.ts';
import { sendEvents } from './stream.ts';

/** One answer on its way: `signal` is aborted once nobody is there to read it. */
export interface Delivery {
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly startMs: number;
  readonly clock: PracticeClock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Takes down what becomes known of this request. */
  readonly note: (notes: Partial<RequestNotes>) => void;
  /** Breaks the connection on purpose. */
  readonly breakOff: () => void;
}

/** Sends a planned answer, each part when it is due. Stops as soon as the client is gone. */
export async function send(plan: Plan, delivery: Delivery): Promise<void> {
  const { response, requestId, startMs, clock } = delivery;
  const facts: AnswerFacts = {
    requestId,
    processingMs: clock.now() - startMs,
    rateLimits: 'rateLimits' in plan ? plan.rateLimits : undefined,
  };
  switch (plan.kind) {
    case 'error': {
      const body = errorBody(plan.error);
      response.writeHead(plan.error.status, errorHeaders(plan.error, body, facts));
      response.end(body);
      return;
    }
    case 'json':
      response.writeHead(200, answerHeaders('application/json', facts));
      endJson(response, plan.body);
      return;
    case 'html':
      response.writeHead(502, pageHeaders('text/html'));
      response.end(badGatewayPage);
      return;
    case 'empty':
      response.writeHead(500, { ...pageHeaders('application/json'), 'content-length': '0' });
      response.end();
      return;
    case 'reset':
      delivery.breakOff();
      return;
    case 'answer':
      await sendAnswer(plan, delivery, facts);
  }
}

/** A page as a gateway in between makes it. */
const badGatewayPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

async function sendAnswer(plan: AnswerPlan, delivery: Delivery, facts: AnswerFacts): Promise<void> {
  const { response, startMs, clock, signal } = delivery;
  const has = (name: string) => plan.faults.some((fault) => fault.name === name);
  const lateMs = plan.faults.find(({ name }) => name === 'slow-headers')?.value ?? 0;
  const now = () => ({ ...facts, processingMs: clock.now() - startMs });

  if (!plan.isStream || has('json')) {
    const body = await whole(plan, delivery);
    await waitUntil(clock, startMs + plan.timeline.endMs() + lateMs, signal);
    if (signal.aborted) return;
    response.writeHead(200, answerHeaders(has('wrong-type') ? 'text/plain' : 'application/json', now()));
    endJson(response, body);
    return;
  }
  await waitUntil(clock, startMs + plan.timeline.headersMs + lateMs, signal);
  if (signal.aborted) return;
  const type = has('wrong-type') ? 'application/json' : 'text/event-stream; charset=utf-8';
  response.writeHead(200, answerHeaders(type, now()));
  response.flushHeaders();
  await sendEvents(plan, delivery);
}

/** Written apart from the end, the body goes out chunked, as the real one does. */
function endJson(response: ServerResponse, body: object): void {
  response.write(`${JSON.stringify(body, null, 2)}\n`);
  response.end();
}

/** How many rounds are made before others get a turn. */
const turn = 16;

/** The whole answer as one object. */
async function whole(
  { completion, timeline, meta }: AnswerPlan,
  { signal, note }: Delivery,
): Promise<object> {
  const parts = completion.choices.map((): Part[] => []);
  const making = rounds(completion.choices);
  let completionTokens = 0;
  let step = making.next();
  for (let round = 1; !step.done && !signal.aborted; round += 1, step = making.next()) {
    const { items, tokens, isThought } = step.value;
    if (isThought) timeline.pass(tokens);
    else if (tokens > 0) timeline.next(tokens);
    for (const { index, part } of items) {
      if (!part) continue;
      add(parts[index]!, part, meta);
      completionTokens += tokensOf(part);
    }
    note({ completionTokens });
    if (round % turn === 0) await setImmediate();
  }
  if (!step.done) return {};
  const endings = step.value;
  const usage = completion.usage(endings);
  note({ completionTokens: usage.completion_tokens });
  return completionObject(
    endings.map((ending, index) => ({ parts: parts[index]!, ending })),
    usage,
    meta,
  );
}

/** Where nobody asks for single tokens, a long text is kept as one part. */
function add(parts: Part[], part: Part, { hasLogprobs }: AnswerPlan['meta']): void {
  const before = parts.at(-1);
  if (hasLogprobs || part.kind !== 'text' || before?.kind !== 'text') parts.push(part);
  else parts[parts.length - 1] = { ...part, text: before.text + part.text, tokens: [] };
}
