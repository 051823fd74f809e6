import { openaiBaseURL } from '../api/endpoint.ts';
import { createSseByteParser } from '../api/sse-bytes.ts';
import { isRecord, recordOf, textOf } from '../json.ts';
import { eventRow } from './event-in-bytes.ts';
import type { EndpointLabel, HeaderList, RunEvent, RunEventOf, SdkError, StepOutcome } from './events.ts';
import { headerOf } from './failure.ts';
import { unknownEndpoint } from './recording-order.ts';

/** An answer that somebody else kept, whole. */
export interface KeptAnswer {
  readonly step: number;
  /** When all of it was there, in milliseconds since the run began. */
  readonly at: number;
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  /** Whether the connection is known to have broken before the end of it. */
  readonly isCut?: boolean;
}

/** What the SDK would have thrown, and how the step would have ended. */
interface Ending {
  readonly error: SdkError | null;
  readonly outcome: StepOutcome;
}

/** A capture may be one long read; a socket's is at most so long, and the parser is made for those. */
const pieceBytes = 65_536;

/**
 * The events of a stream from its body on, as a run would have seen them, but in one read: the SDK's rules for what
 * becomes a chunk and what an error are those of its `core/streaming`.
 */
export function streamEvents(answer: KeptAnswer): readonly RunEvent[] {
  const { step, at, body } = answer;
  const place = { at, step };
  const whole = readOf(answer);
  const events: RunEvent[] = [whole];
  const chunks: RunEvent[] = [];
  let ending: Ending | null = null;
  let index = 0;
  const parser = createSseByteParser((event) => {
    const row = eventRow({ ...place, index: index++ }, event, whole);
    events.push(row);
    // The SDK reads no further.
    if (ending) return;
    const read = readData(row, answer);
    if ('ending' in read) ending = read.ending;
    else chunks.push({ type: 'chunk', ...place, index: chunks.length, chunk: read.chunk });
  });
  for (let from = 0; from < body.length; from += pieceBytes) {
    parser.feed(body.subarray(from, from + pieceBytes));
  }
  parser.end();
  const end: Ending = answer.isCut ? cut : { error: null, outcome: 'no-done' };
  return [...events, ...chunks, ...endEvents(ending ?? end, place)];
}

/** A body as one read. */
const readOf = ({ step, at, body }: KeptAnswer): RunEventOf<'read'> => ({
  type: 'read',
  at,
  step,
  attempt: 0,
  index: 0,
  start: 0,
  end: body.length,
  bytes: body,
});

function readData(
  { name, data }: { readonly name?: string; readonly data: string },
  answer: KeptAnswer,
): { readonly chunk: unknown } | { readonly ending: Ending } {
  if (data === '[DONE]') return { ending: { error: null, outcome: 'complete' } };
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    const message = 'Error reading response: malformed server-sent event JSON.';
    return { ending: thrown({ ...noFields, className: 'SyntaxError', message }) };
  }
  if (name?.startsWith('thread.')) return { chunk: { event: name, data: value } };
  const { error } = recordOf(value);
  if (name === 'error') return { ending: thrown(apiError(null, error ?? value, answer)) };
  return error ? { ending: thrown(apiError(null, error, answer)) } : { chunk: value };
}

/**
 * The events of an answer that is no stream.
 *
 * @param object what the body holds, where that is an object of JSON; null for any other text, such as a page of HTML
 */
export function wholeEvents(
  answer: KeptAnswer,
  object: Readonly<Record<string, unknown>> | null,
): readonly RunEvent[] {
  const { step, at, status, body: bytes } = answer;
  const place = { at, step };
  const reads = bytes.length === 0 ? [] : [readOf(answer)];
  const text = object ? null : new TextDecoder().decode(bytes);
  if (status >= 400) {
    const error = apiError(status, object && (object.error ?? object), answer, text);
    return [...reads, ...endEvents(thrown(error), place)];
  }
  const given = object ? { body: object } : readText(text!, answer);
  if ('ending' in given) return [...reads, ...endEvents(given.ending, place)];
  return [
    ...reads,
    { type: 'response', ...place, body: given.body },
    ...endEvents({ error: null, outcome: 'complete' }, place),
  ];
}

/** What the SDK gives for a text: it reads JSON where the headers say that it is some. */
function readText(
  text: string,
  { headers, isCut }: KeptAnswer,
): { readonly body: unknown } | { readonly ending: Ending } {
  if (isCut) return { ending: thrown(cut.error!) };
  if (!/\bjson\b/i.test(headerOf(headers, 'content-type'))) return { body: text };
  try {
    return { body: text === '' ? null : JSON.parse(text) };
  } catch (error) {
    return {
      ending: thrown({ ...noFields, className: 'SyntaxError', message: (error as Error).message }),
    };
  }
}

const noFields = { status: null, type: null, code: null, param: null, requestId: null, cause: null };

const cut: Ending = {
  error: { ...noFields, className: 'TypeError', message: 'terminated', cause: 'UND_ERR_SOCKET' },
  outcome: 'cut',
};

const thrown = (error: SdkError): Ending => ({ error, outcome: 'error' });

function endEvents(
  { error, outcome }: Ending,
  place: { readonly at: number; readonly step: number },
): RunEvent[] {
  return [
    ...(error ? [{ type: 'error', ...place, error } as const] : []),
    { type: 'step-end', ...place, outcome },
  ];
}

const classes: Readonly<Record<number, string>> = {
  400: 'BadRequestError',
  401: 'AuthenticationError',
  403: 'PermissionDeniedError',
  404: 'NotFoundError',
  409: 'ConflictError',
  422: 'UnprocessableEntityError',
  429: 'RateLimitError',
};

/**
 * The SDK's error for what a server says went wrong; without a status, where it says so in a stream. The text is what it
 * says in place of an object.
 */
function apiError(
  status: number | null,
  error: unknown,
  { headers }: KeptAnswer,
  text: string | null = null,
): SdkError {
  const { message, type, code, param } = recordOf(error);
  const said = message ? plainText(message) : error ? JSON.stringify(error) : text || null;
  const className =
    status === null ? 'APIError' : (classes[status] ?? (status >= 500 ? 'InternalServerError' : 'APIError'));
  return {
    ...noFields,
    className,
    message:
      status === null ? (said ?? '(no status code or body)') : `${status} ${said ?? 'status code (no body)'}`,
    status,
    type: plainText(type),
    code: plainText(code),
    param: plainText(param),
    requestId: headerOf(headers, 'x-request-id') || null,
  };
}

const plainText = (value: unknown): string | null =>
  value == null ? null : (textOf(value) ?? JSON.stringify(value));

/** The endpoint that a request for chat completions went to. */
export function endpointOf(url: string): EndpointLabel {
  const { origin, pathname } = URL.parse(url) ?? {};
  if (!origin || origin === 'null' || pathname === undefined) return unknownEndpoint;
  const baseURL = `${origin}${pathname.replace(/\/(chat\/completions)?\/*$/, '')}`;
  return { kind: baseURL === openaiBaseURL ? 'openai' : 'compatible', baseURL };
}

/** The value of a text of JSON, if it is an object. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
