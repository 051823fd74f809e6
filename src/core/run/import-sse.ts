import { type CurlCapture, readCapture } from './curl-capture.ts';
import type { RunEvent } from './events.ts';
import { headerOf } from './failure.ts';
import { endpointOf, parseObject, streamEvents, wholeEvents } from './import-answer.ts';
import type { Recording } from './recording.ts';

/**
 * A run from what `curl -N` printed: one request, of which little is known, and its answer in one read. Where there is
 * no answer in it, the problem says so.
 *
 * @param name what the run is called, such as the name of the file
 */
export function importCapture(bytes: Uint8Array, name: string): Recording {
  const capture = readCapture(bytes);
  const { failure, status, headers, body, sent } = capture;
  const isObject = /^\s*\{/.test(headOf(body));
  const object = isObject ? parseObject(new TextDecoder().decode(body)) : null;
  const isStream = !isObject && isStreamed(capture);
  const problem = whyNothing(capture, object, isStream);
  if (problem !== null) return { events: [], problems: [problem], notes: [] };
  const url = sent?.url ?? `${endpointOf('').baseURL}/chat/completions`;
  const endpoint = endpointOf(url);
  const answer = {
    step: 0,
    at: 0,
    status: status ?? 200,
    headers,
    body,
    isCut: cutCodes.test(failure ?? ''),
  };
  const inStep = { at: 0, step: 0 };
  const events: readonly RunEvent[] = [
    {
      type: 'run-start',
      at: 0,
      experiment: 'capture',
      endpoint,
      startedAt: dateOf(capture),
      knownTimes: 'none',
    },
    {
      type: 'step-start',
      ...inStep,
      id: 'capture',
      label: name,
      target: endpoint,
      request: { kind: 'chat', body: { model: '', messages: [], stream: isStream } },
    },
    {
      type: 'attempt',
      ...inStep,
      attempt: 0,
      method: sent?.method ?? 'POST',
      url,
      headers: sent?.headers ?? [],
      body: null,
    },
    { type: 'headers', ...inStep, attempt: 0, status: answer.status, headers },
    ...(isStream ? streamEvents(answer) : wholeEvents(answer, object)),
    { type: 'run-end', at: 0, outcome: 'complete' },
  ];
  const notes = [
    // First, and short: in a narrow terminal there is room for no more beside it.
    status === null && 'Without the headers that curl -i keeps, a status of 200 is assumed.',
    'A capture by curl does not say when anything came, nor what was asked.',
    failure && `Here curl says: ${failure}.`,
  ];
  return { events, problems: [], notes: notes.filter((note) => typeof note === 'string') };
}

/** Of curl's codes those of a connection that broke while it received: a partial file, HTTP/2 and HTTP/3, the network. */
const cutCodes = /^\((?:18|56|92|95)\)/;

/** What is said of bytes that show no sign of curl. */
export const noCapture = 'This is no stream that curl -N saved.';

function whyNothing(
  { failure, status }: CurlCapture,
  object: Readonly<Record<string, unknown>> | null,
  isStream: boolean,
): string | null {
  if (isStream || status !== null || (object && 'choices' in object)) return null;
  if (object && 'error' in object)
    return 'It holds an error; curl -i would have kept its status, without which it cannot be shown.';
  return failure ? `There is no answer in it; curl says: ${failure}.` : noCapture;
}

/** Without headers only data tells a stream: a line that begins with a colon stands in any text. */
function isStreamed({ status, headers, body }: CurlCapture): boolean {
  if (status !== null && status >= 400) return false;
  const type = headerOf(headers, 'content-type');
  if (type.includes('event-stream') && body.length > 0) return true;
  if (/^data:/.test(headOf(body))) return true;
  // A page, or an object, may have such a line in it.
  return !/html|json/.test(type) && ['\ndata:', '\rdata:'].some((line) => bytesOf(body).includes(line));
}

const bytesOf = (body: Uint8Array): Buffer => Buffer.from(body.buffer, body.byteOffset, body.byteLength);

const headOf = (body: Uint8Array): string => bytesOf(body).toString('latin1', 0, 64);

function dateOf({ headers }: CurlCapture): string {
  const date = Date.parse(headerOf(headers, 'date'));
  return Number.isNaN(date) ? '' : new Date(date).toISOString();
}
