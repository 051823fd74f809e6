import { type CurlCapture, readCapture } from './curl-capture.ts';
import type { RunEvent } from './events.ts';
import { endpointOf, objectEvents, parseObject, streamEvents } from './import-answer.ts';
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
  const object = body[0] === openBrace ? parseObject(new TextDecoder().decode(body)) : null;
  const isStream = body.length > 0 && body[0] !== openBrace;
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
    ...(isStream && answer.status < 400 ? streamEvents(answer) : objectEvents(answer, object)),
    { type: 'run-end', at: 0, outcome: 'complete' },
  ];
  const notes = [
    'A capture by curl does not say when anything came, nor what was asked.',
    status === null && 'It has no HTTP headers, which curl -i keeps: a status of 200 is assumed.',
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
  if (isStream) return null;
  if (object && (status !== null || 'choices' in object)) return null;
  if (object && 'error' in object)
    return 'It holds an error; curl -i would have kept its status, without which it cannot be shown.';
  if (status !== null)
    return `The answer in it has status ${status} and is neither an event stream nor an object.`;
  return failure ? `There is no answer in it; curl says: ${failure}.` : noCapture;
}

const openBrace = 0x7b;

function dateOf({ headers }: CurlCapture): string {
  const date = Date.parse(headers.find(([name]) => name === 'date')?.[1] ?? '');
  return Number.isNaN(date) ? '' : new Date(date).toISOString();
}
