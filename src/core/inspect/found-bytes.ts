import type { RunEventOf } from '../run/events.ts';
import type { StepRows } from '../run/log.ts';
import { bytesBetween } from './body-bytes.ts';
import type { Sought } from './query.ts';

/** Bytes of a body, from `start` to before `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export const isWithin = (range: ByteRange | null | undefined, byte: number): boolean =>
  !!range && byte >= range.start && byte < range.end;

/** What was asked for last: what is marked stays so for many frames, and an event may have megabytes. */
let last: { event: RunEventOf<'event'>; query: string; range: ByteRange | null } | null = null;

/** Where what is sought first stands in the bytes of an event; null where it does not, and for a path. */
export function firstFoundBytes(rows: StepRows, index: number, sought: Sought): ByteRange | null {
  const event = rows.events[index];
  if (!sought.text || !event) return null;
  if (last?.event !== event || last.query !== sought.query) {
    const [first] = foundBytes(bytesBetween(rows.reads, event.start, event.end), sought, event.start);
    last = { event, query: sought.query, range: first ?? null };
  }
  return last.range;
}

/** Where what is sought stands in bytes of which the first is byte `start` of the body, in order. */
export function* foundBytes(
  bytes: Uint8Array,
  { query, text: wanted }: Sought,
  start: number,
): Generator<ByteRange> {
  if (!wanted) return;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isAscii(query)) {
    // A character for each byte: so what is found are places of bytes, also beside bytes that are no text.
    for (const { 0: found, index } of buffer.toString('latin1').matchAll(wanted)) {
      yield { start: start + index, end: start + index + found.length };
    }
    return;
  }
  const text = buffer.toString();
  if (Buffer.byteLength(text) !== bytes.length) return;
  let at = start;
  let done = 0;
  for (const { 0: found, index } of text.matchAll(wanted)) {
    at += Buffer.byteLength(text.slice(done, index));
    done = index;
    yield { start: at, end: at + Buffer.byteLength(found) };
  }
}

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
