import type { HeaderList } from './events.ts';

/** What `curl` printed, taken apart. */
export interface CurlCapture {
  /** What was sent, as `curl -v` tells it. */
  readonly sent: { readonly method: string; readonly url: string; readonly headers: HeaderList } | null;
  /** Null without `-i` and `-v`. */
  readonly status: number | null;
  readonly headers: HeaderList;
  /** From the first line on that is neither a header nor a note of curl's; empty where there is none. */
  readonly body: Uint8Array;
  /** Why curl ended early, in its own words. */
  readonly failure: string | null;
}

const statusLine = /^HTTP\/[\d.]+ (\d{3})(?: |$)/;
const requestLine = /^([A-Z]+) (\S+) HTTP\/[\d.]+$/;
const headerLine = /^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*)$/;
/** What a line of an event stream begins with; and an object of JSON. Without headers in front, only that is an answer. */
const bodyLine = /^(?:(?:data|event|id|retry)?:|(?:data|event|id|retry)$|\{"|\{$)/;
/** What `curl -v` says of itself. */
const noteLine = /^(?:[*<>] |[{}] \[)/;
const failureLine = /^curl: \(/;
/** Longer lines are no notes and no headers. */
const longestLine = 65_536;

const decoder = new TextDecoder();

/**
 * Takes apart what `curl -N` printed, with `-i` or not, and with `-v`, progress and errors in between where those went
 * into the same file.
 */
export function readCapture(given: Uint8Array): CurlCapture {
  const bytes = withoutMeter(given);
  const sent: { line: string; headers: [string, string][] } = { line: '', headers: [] };
  let status: number | null = null;
  let headers: [string, string][] = [];
  let inHeaders = false;
  let isTls = false;
  let isVerbose = false;
  let blankStart: number | null = null;
  let bodyStart = bytes.length;

  for (const { start, text } of linesOf(bytes)) {
    isVerbose ||= status === null && noteLine.test(text);
    if (isVerbose && text.startsWith('> ')) {
      const [, name, value] = headerLine.exec(text.slice(2)) ?? [];
      if (name !== undefined) sent.headers.push([name.toLowerCase(), value ?? '']);
      else if (requestLine.test(text.slice(2))) Object.assign(sent, { line: text.slice(2), headers: [] });
      continue;
    }
    const line = text.replace(/^< ?/, '');
    const [, code] = statusLine.exec(line) ?? [];
    if (code !== undefined) {
      // After a redirect or a 100, the last headers are the answer's.
      [status, headers, inHeaders, blankStart] = [Number(code), [], true, null];
    } else if (inHeaders) {
      const [, name, value] = headerLine.exec(line) ?? [];
      if (name !== undefined) headers.push([name.toLowerCase(), value ?? '']);
      else if (line === '') inHeaders = false;
    } else if (failureLine.test(text) || (isVerbose && noteLine.test(text))) {
      isTls ||= /^\* .*\b(?:SSL|TLS)\b/.test(text);
    } else if (text === '') {
      if (status !== null) blankStart ??= start;
    } else if (status !== null || bodyLine.test(text)) {
      bodyStart = blankStart ?? start;
      break;
    }
  }
  return {
    sent: sentOf(sent, isTls),
    status,
    headers,
    body: new Uint8Array(withoutNotes(bytes.subarray(bodyStart), isVerbose)),
    failure: failureOf(bytes),
  };
}

/** Why curl ended early. It begins no line where the body before it ended none. */
function failureOf(bytes: Uint8Array): string | null {
  const tail = decoder.decode(bytes.subarray(Math.max(0, bytes.length - 2048)));
  return (/^curl: (\(\d+\) .*)$/m.exec(tail) ?? gluedFailure.exec(tail))?.[1]?.trim() ?? null;
}

const gluedFailure = /curl: (\(\d+\) [^\r\n]*)\s*$/;

/** A body without the notes of curl's below it, and without its failure right behind. */
function withoutNotes(body: Uint8Array, isVerbose: boolean): Uint8Array {
  let end = body.length;
  while (end > 0) {
    const start = body.lastIndexOf(0x0a, end - 2) + 1;
    const line = decoder.decode(body.subarray(start, Math.min(end, start + 512)));
    if (!failureLine.test(line) && !(isVerbose && noteLine.test(line))) break;
    end = start;
  }
  const rest = Buffer.from(body.buffer, body.byteOffset, end);
  const glued = gluedFailure.exec(rest.toString('latin1', Math.max(0, end - 2048)));
  return rest.subarray(0, glued ? Math.max(0, end - 2048) + glued.index : end);
}

const span = String.raw`(?:--:--:--|\d+:\d\d:\d\d|[\ddhwy: ]{6,8})`;
const number = String.raw`[\d.]{1,6}[kMGTP]?`;
/** One state of the progress meter. What comes next stands right behind it, on the same line. */
const meter = new RegExp(
  String.raw`(?:^|\r) {0,3}(?:\d{1,3} {1,6}${number} {1,6}){3}(?:${number} {1,8}){2}${span} {1,6}${span} {1,6}${span} {1,6}${number}`,
  'gm',
);

function withoutMeter(bytes: Uint8Array): Uint8Array {
  const head = decoder.decode(bytes.subarray(0, 4096));
  if (!head.includes('% Received')) return bytes;
  // One character a byte, and back.
  return Buffer.from(Buffer.from(bytes).toString('latin1').replace(meter, ''), 'latin1');
}

function sentOf(
  { line, headers }: { line: string; headers: [string, string][] },
  isTls: boolean,
): CurlCapture['sent'] {
  const [, method, path] = requestLine.exec(line) ?? [];
  const host = headers.find(([name]) => name === 'host')?.[1];
  if (method === undefined || path === undefined || host === undefined) return null;
  return { method, url: `${isTls ? 'https' : 'http'}://${host}${path}`, headers };
}

/** The lines before the body, however they end: curl ends those of its progress with CR. */
function* linesOf(bytes: Uint8Array): Generator<{ readonly start: number; readonly text: string }> {
  let start = 0;
  while (start < bytes.length) {
    let end = start;
    while (end < bytes.length && bytes[end] !== 0x0a && bytes[end] !== 0x0d) end++;
    yield { start, text: decoder.decode(bytes.subarray(start, Math.min(end, start + longestLine))) };
    start = bytes[end] === 0x0d && bytes[end + 1] === 0x0a ? end + 2 : end + 1;
  }
}
