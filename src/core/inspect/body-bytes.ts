import type { StepRows } from '../run/log.ts';

type Reads = StepRows['reads'];

/** The first place from `from` on at which `isThere` holds, of those that are sorted by it; `count` if at none. */
export function firstPlace(count: number, isThere: (place: number) => boolean, from = 0): number {
  let low = from;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isThere(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The place of the read that holds a byte of the body; the number of reads if none does. Where an attempt broke off
 * half-way, its reads come first and count the bytes of another body.
 */
export function readAt(reads: Reads, byte: number): number {
  const attempt = reads.at(-1)?.attempt;
  const first =
    reads[0]?.attempt === attempt ? 0 : firstPlace(reads.length, (at) => reads[at]!.attempt === attempt);
  return firstPlace(reads.length, (at) => reads[at]!.end > byte, first);
}

/** The bytes of a body from `start` to before `end`, as far as they came. Costs what is asked for, not what is there. */
export function bytesBetween(reads: Reads, start: number, end: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let place = readAt(reads, start); place < reads.length; place++) {
    const read = reads[place]!;
    if (read.start >= end) break;
    pieces.push(read.bytes.subarray(Math.max(0, start - read.start), end - read.start));
  }
  return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

/** How much of a UTF-8 character is there where some bytes end; null where they end with a whole one. */
export function brokenCharacter(bytes: Uint8Array): { readonly have: number; readonly need: number } | null {
  for (let have = 1; have <= 3; have++) {
    const byte = bytes.at(-have);
    if (byte === undefined) return null;
    if (byte >= 0x80 && byte < 0xc0) continue;
    const need = byte >= 0xf5 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return need > have ? { have, need } : null;
  }
  return null;
}
