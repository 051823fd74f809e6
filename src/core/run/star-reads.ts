import type { Redactor } from '../mask.ts';
import type { RunEventOf } from './events.ts';

type Read = RunEventOf<'read'>;

/** A character of a secret takes as many bytes at most: three backslashes and `u0041`. */
const mostBytes = 8;
/** Ids of accounts, which are found by their form, are shorter. */
const leastReach = 256;

/**
 * Stars secrets that a body brings in several reads, each of which alone has none. They are starred where they lie: the
 * bytes of a read are a copy that only its run holds.
 *
 * @returns a function to be called with the reads in their order
 */
export function createReadStars(redact: Redactor, secrets: readonly string[]): (read: Read) => void {
  const reach = Math.max(leastReach, ...secrets.map(({ length }) => length * mostBytes));
  let before: { readonly body: string; readonly ends: readonly Uint8Array[] } = { body: '', ends: [] };

  return ({ step, attempt, bytes }) => {
    const body = `${step} ${attempt}`;
    const ends = before.body === body ? before.ends : [];
    if (ends.length > 0) starTogether([...ends, bytes.subarray(0, reach)], redact);
    before = { body, ends: lastBytes([...ends, bytes.subarray(-reach)], reach) };
  };
}

function starTogether(parts: readonly Uint8Array[], redact: Redactor): void {
  const joined = Buffer.concat(parts);
  const masked = redact.bytes(joined);
  if (masked !== joined) writeOver(parts, masked);
}

function writeOver(parts: readonly Uint8Array[], bytes: Uint8Array): void {
  let at = 0;
  for (const part of parts) {
    part.set(bytes.subarray(at, at + part.length));
    at += part.length;
  }
}

/** The parts that have the last bytes, as many as matter. */
function lastBytes(parts: readonly Uint8Array[], reach: number): readonly Uint8Array[] {
  let from = parts.length;
  for (let size = 0; from > 0 && size < reach; size += parts[from]!.length) from--;
  return parts.slice(from);
}

/**
 * Stars what an event brought of a secret that came in pieces, where it lies: its JSON with stars in it, or where that
 * is of another size, all of it.
 *
 * @param reads those of its body, of which it lies in the last
 * @param chunk what the SDK made of it
 * @param starred the same with stars
 */
export function starEvent(
  reads: readonly Read[],
  { start, end }: RunEventOf<'event'>,
  chunk: unknown,
  starred: unknown,
): void {
  const parts = partsBetween(reads, start, end);
  const bytes = Buffer.concat(parts);
  const [json, other] = [chunk, starred].map((value) => Buffer.from(JSON.stringify(value)));
  const at = bytes.indexOf(json!);
  if (at >= 0 && json!.length === other!.length) other!.copy(bytes, at);
  else bytes.fill(0x2a);
  writeOver(parts, bytes);
}

function partsBetween(reads: readonly Read[], start: number, end: number): readonly Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let place = reads.length - 1; place >= 0; place--) {
    const read = reads[place]!;
    if (read.end <= start || read.attempt !== reads.at(-1)!.attempt) break;
    parts.unshift(read.bytes.subarray(Math.max(0, start - read.start), Math.max(0, end - read.start)));
  }
  return parts;
}
