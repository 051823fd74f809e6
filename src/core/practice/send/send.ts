import type { ServerResponse } from 'node:http';
import { type PracticeClock, waitUntil } from '../clock.ts';
import { errorBody } from '../errors.ts';
import { faultNamed } from '../faults/parse.ts';
import { type AnswerFacts, answerHeaders, errorHeaders, type Headers, pageHeaders } from '../headers.ts';
import type { AnswerPlan, Plan } from '../plan.ts';
import type { Random } from '../random.ts';
import type { RequestNotes } from '../request-log.ts';
import { sendEvents } from './stream.ts';
import { wholeAnswer } from './whole.ts';

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
  const { response, requestId, startMs, clock, signal } = delivery;
  const facts = (): AnswerFacts => ({
    requestId,
    processingMs: clock.now() - startMs,
    rateLimits: 'rateLimits' in plan ? plan.rateLimits : undefined,
  });
  const lateMs = faultNamed(plan.faults, 'slow-headers')?.value ?? 0;
  const lies = faultNamed(plan.faults, 'wrong-type') !== undefined;
  const head = (status: number, headers: Headers, wrongType: string) =>
    response.writeHead(status, lies ? { ...headers, 'content-type': wrongType } : headers);

  if (plan.kind === 'answer') {
    await sendAnswer(plan, delivery, lateMs, (type, wrongType) =>
      head(200, answerHeaders(type, facts()), wrongType),
    );
    return;
  }
  if (lateMs > 0) await waitUntil(clock, startMs + lateMs, signal);
  if (signal.aborted) return;
  switch (plan.kind) {
    case 'error': {
      const body = errorBody(plan.error);
      delivery.note({ reason: plan.error.hint ?? plan.error.error.message });
      head(plan.error.status, errorHeaders(plan.error, body, facts()), 'text/plain');
      response.end(body);
      return;
    }
    case 'json': {
      const body = jsonBody(plan.body);
      head(200, answerHeaders('application/json', facts()), 'text/plain');
      endChunked(response, body);
      return;
    }
    case 'html':
      head(502, pageHeaders('text/html'), 'application/json');
      response.end(badGatewayPage);
      return;
    case 'empty':
      head(500, { ...pageHeaders('application/json'), 'content-length': '0' }, 'text/plain');
      response.end();
      return;
    case 'reset':
      delivery.breakOff();
  }
}

/** A page as a gateway in between makes it. */
const badGatewayPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

async function sendAnswer(
  plan: AnswerPlan,
  delivery: Delivery,
  lateMs: number,
  head: (type: string, wrongType: string) => void,
): Promise<void> {
  const { response, startMs, clock, signal } = delivery;
  if (!plan.isStream || faultNamed(plan.faults, 'json')) {
    const answer = await wholeAnswer(plan, delivery);
    if (!answer) return;
    // Before the headers: what fails here is an error and not half an answer.
    const body = jsonBody(answer);
    await waitUntil(clock, startMs + plan.timeline.endMs() + lateMs, signal);
    if (signal.aborted) return;
    head('application/json', 'text/plain');
    endChunked(response, body);
    return;
  }
  await waitUntil(clock, startMs + plan.timeline.headersMs + lateMs, signal);
  if (signal.aborted) return;
  head('text/event-stream; charset=utf-8', 'application/json');
  response.flushHeaders();
  await sendEvents(plan, delivery, lateMs);
}

const jsonBody = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** Written apart from the end, a body goes out chunked, as the real one does. */
function endChunked(response: ServerResponse, body: string): void {
  response.write(body);
  response.end();
}
