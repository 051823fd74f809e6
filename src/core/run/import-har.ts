import { isRecord, listOf, recordOf, textOf } from '../json.ts';
import type { HeaderList, KnownTimes, RunEvent } from './events.ts';
import { endpointOf, streamEvents } from './import-answer.ts';
import type { Recording } from './recording.ts';
import { inSequence, requestOf } from './recording-order.ts';

/** One entry of a HAR file (HAR 1.2, `log.entries`): a request and its answer. */
interface Entry {
  /** Where it stands in the file, from 1. */
  readonly number: number;
  /** Milliseconds since the Unix epoch; NaN where it is not said. */
  readonly startedMs: number;
  /** Milliseconds from its start; null where they are not said. */
  readonly headersMs: number | null;
  readonly endMs: number | null;
  readonly method: string;
  readonly url: string;
  readonly sentHeaders: HeaderList;
  readonly sentBody: string | null;
  readonly status: number;
  readonly headers: HeaderList;
  /** Null where the file was saved without it. */
  readonly body: Uint8Array | null;
}

/**
 * A run from a HAR file: each stream of chat completions in it is a step. Where there is none, the problem says so.
 *
 * A HAR file tells when a request began, when its headers were there and when it was over, and nothing about the parts
 * of an answer.
 */
export function importHar(har: unknown): Recording {
  const all = listOf(recordOf(recordOf(har).log).entries);
  const streams = all.flatMap((entry, index) => (isStream(entry) ? [readEntry(entry, index + 1)] : []));
  const kept = streams.filter(({ body }) => body !== null && body.length > 0).slice(0, mostSteps);
  const problems = streams
    .filter(({ body }) => body === null || body.length === 0)
    .map(
      ({ number }) =>
        `Entry ${number} of the HAR file has no body: it was saved without contents, or too early.`,
    )
    .slice(0, 5);
  if (kept.length === 0) return { events: [], problems: [problems[0] ?? noStream(all.length)], notes: [] };

  kept.sort((a, b) => a.startedMs - b.startedMs || a.number - b.number);
  const isTimed = kept.every(({ headersMs, startedMs }) => headersMs !== null && !Number.isNaN(startedMs));
  const [first] = kept;
  const events = inSequence([
    {
      type: 'run-start',
      at: 0,
      experiment: 'HAR file',
      endpoint: endpointOf(first!.url),
      startedAt: Number.isNaN(first!.startedMs) ? '' : new Date(first!.startedMs).toISOString(),
      knownTimes: isTimed ? 'ends' : ('none' satisfies KnownTimes),
    },
    ...kept.flatMap((entry, step) =>
      entryEvents(entry, step, isTimed ? entry.startedMs - first!.startedMs : null),
    ),
  ]).events;
  const end: RunEvent = { type: 'run-end', at: events.at(-1)!.at, outcome: 'complete' };
  const note = isTimed
    ? 'A HAR file does not say when the parts of an answer came.'
    : 'This HAR file does not say when anything came.';
  return { events: [...events, end], problems, notes: [note] };
}

/** As many steps as a recording may have. */
const mostSteps = 200;

const noStream = (entries: number): string =>
  `This HAR file has no stream of chat completions: none of its ${entries} entries is a text/event-stream from a URL with /chat/completions.`;

function isStream(value: unknown): boolean {
  const { request, response } = recordOf(value);
  const { content, headers } = recordOf(response);
  const types = [textOf(recordOf(content).mimeType), headerOf(readHeaders(headers), 'content-type')];
  const url = textOf(recordOf(request).url) ?? '';
  return (
    url.includes('/chat/completions') &&
    types.some((type) => type?.toLowerCase().includes('text/event-stream'))
  );
}

const headerOf = (headers: HeaderList, name: string): string | null =>
  headers.find(([known]) => known === name)?.[1] ?? null;

function readEntry(value: unknown, number: number): Entry {
  const { request, response, startedDateTime, time, timings } = recordOf(value);
  const { method, url, headers: sentHeaders, postData } = recordOf(request);
  const { status, headers, content } = recordOf(response);
  const startedMs = Date.parse(textOf(startedDateTime) ?? '');
  return {
    number,
    startedMs,
    ...readTimes(recordOf(timings), time),
    method: textOf(method) ?? 'POST',
    url: textOf(url) ?? '',
    sentHeaders: readHeaders(sentHeaders),
    sentBody: textOf(recordOf(postData).text),
    status:
      Number.isSafeInteger(status) && Number(status) >= 100 && Number(status) <= 999 ? Number(status) : 200,
    headers: readHeaders(headers),
    body: readContent(recordOf(content)),
  };
}

/** Times are milliseconds, -1 where something did not happen; `ssl` is part of `connect`. */
function readTimes(
  timings: Readonly<Record<string, unknown>>,
  time: unknown,
): Pick<Entry, 'headersMs' | 'endMs'> {
  const ms = (value: unknown): number | null =>
    typeof value === 'number' && value >= 0 && value < 1e9 ? value : null;
  const { blocked, dns, connect, send, wait, receive } = timings;
  if (ms(wait) === null) return { headersMs: null, endMs: null };
  const sum = (parts: readonly unknown[]) =>
    parts.reduce<number>((total, part) => total + (ms(part) ?? 0), 0);
  const headersMs = sum([blocked, dns, connect, send, wait]);
  return {
    headersMs,
    endMs: Math.max(headersMs, ms(receive) === null ? (ms(time) ?? 0) : headersMs + ms(receive)!),
  };
}

/** Headers with their names in lower case. HTTP/2 has its own (`:path`), which say nothing new. */
const readHeaders = (value: unknown): HeaderList =>
  listOf(value)
    .filter(isRecord)
    .map(({ name, value: content }) => [(textOf(name) ?? '').toLowerCase(), textOf(content) ?? ''] as const)
    .filter(([name]) => name !== '' && !name.startsWith(':'));

function readContent({ text, encoding }: Readonly<Record<string, unknown>>): Uint8Array | null {
  if (typeof text !== 'string') return null;
  return new Uint8Array(Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8'));
}

/** The events of an entry as one step. `offsetMs` is null where its times are not known. */
function entryEvents(entry: Entry, step: number, offsetMs: number | null): readonly RunEvent[] {
  const at = (ms: number | null) =>
    offsetMs === null ? 0 : Math.round((offsetMs + (ms ?? 0)) * 1000) / 1000;
  const { method, url, sentHeaders, sentBody, status, headers, body } = entry;
  const begun = { at: at(0), step };
  return [
    {
      type: 'step-start',
      ...begun,
      id: `entry-${entry.number}`,
      label: `entry ${entry.number}`,
      target: endpointOf(url),
      request: requestOf({ type: 'attempt', body: sentBody }),
    },
    { type: 'attempt', ...begun, attempt: 0, method, url, headers: sentHeaders, body: sentBody },
    { type: 'headers', at: at(entry.headersMs), step, attempt: 0, status, headers },
    ...streamEvents({ step, at: at(entry.endMs), status, headers, body: body! }),
  ];
}
