import type { Look } from '../../components/box.ts';
import { type Line, line, type Span, span } from '../../components/line.ts';
import { brokenCharacter, bytesBetween, readAt } from '../../core/inspect/body-bytes.ts';
import { type ByteRange, foundBytes, isWithin } from '../../core/inspect/found-bytes.ts';
import type { Sought } from '../../core/inspect/query.ts';
import type { StepRows } from '../../core/run/log.ts';
import { visible } from '../../core/visible.ts';
import { hardWrap } from './hard-wrap.ts';

/** Bytes of a body, those in it that are the marked piece of the answer, and what is sought in them. */
export interface Stretch extends ByteRange {
  readonly piece: ByteRange | null;
  /** The first place of what is sought. */
  readonly found: ByteRange | null;
  readonly sought: Sought | null;
}

/** More is not laid out as text; as numbers it can be had. */
export const mostText = 65_536;

/** So much is laid out before what was found, where that lies further in. */
const mostBefore = 1024;

/** Where more reads than these meet in one event, their marks would hide it. */
const mostCuts = 8;

/** The bytes as they came, as text: line ends, controls, the marked piece and the ends of reads are visible. */
export function rawText(rows: StepRows, stretch: Stretch, width: number, look: Look): Line[] {
  const { start, bytes } = inReach(rows, stretch);
  const { end, piece, sought } = stretch;
  const found = sought ? [...foundBytes(bytes, sought, start)] : [];
  const edges = [
    ...(look.isPlain ? [] : marksIn(rows, { start, end, piece }, bytes)),
    ...found.flatMap((range) => [range.start, range.end]).map((at) => ({ at: at - start, mark: null })),
    { at: bytes.length, mark: null },
  ].sort((a, b) => a.at - b.at);
  const spans: Span[] = [];
  let from = 0;
  let next = 0;
  for (const { at, mark } of edges) {
    while (next < found.length && found[next]!.end <= start + from) next++;
    const byte = start + from;
    const isPiece = !look.isPlain && isWithin(piece, byte);
    const style = isWithin(found[next], byte) ? 'found' : isPiece ? 'selected' : 'text';
    // No `span` yet: it would show line feeds its own way.
    spans.push({ text: textOf(bytes.subarray(from, at)), style });
    if (mark) spans.push(mark);
    from = at;
  }
  const before = start - stretch.start;
  const after = end - start - bytes.length;
  const isLong = end - stretch.start > mostText;
  return [
    ...(before > 0 ? [line(`… ${before} B before, ${asNumbers}`, 'muted')] : []),
    ...textRows(spans).flatMap((row) => hardWrap(row, width)),
    ...(after > 0 ? [line(`… ${after} B ${isLong ? `more, ${asNumbers}` : 'were not kept'}`, 'muted')] : []),
  ];
}

const asNumbers = 'all there as hexadecimal numbers';

/** The bytes that are laid out, all of them or those around what was found, in whole characters. */
function inReach({ reads }: StepRows, { start, end, found }: Stretch) {
  if (end - start <= mostText) return { start, bytes: bytesBetween(reads, start, end) };
  const isFar = found !== null && found.end - start > mostText;
  const from = isFar ? found.start - mostBefore : start;
  const bytes = bytesBetween(reads, from, Math.min(end, from + mostText));
  const first = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  const last = bytes.length - (brokenCharacter(bytes)?.have ?? 0);
  return { start: from + Math.max(0, first), bytes: bytes.subarray(Math.max(0, first), last) };
}

interface Mark {
  readonly at: number;
  readonly mark: Span;
}

/** The marks between the bytes, in their order: around the piece, and where one read ends and the next begins. */
function marksIn(
  { reads }: StepRows,
  { start, end, piece }: Pick<Stretch, 'start' | 'end' | 'piece'>,
  bytes: Uint8Array,
): Mark[] {
  const first = readAt(reads, start);
  const last = Math.min(reads.length - 1, readAt(reads, end - 1));
  const cuts =
    last - first > mostCuts ? [] : reads.slice(first + 1, last + 1).map((read) => read.start - start);
  // A mark inside of a character would break it: it stands before the whole of it.
  const atCharacter = (at: number) => at - (brokenCharacter(bytes.subarray(0, at))?.have ?? 0);
  return [
    ...(piece
      ? [
          { at: piece.start - start, mark: span('▌', 'accent') },
          { at: piece.end - start, mark: span('▐', 'accent') },
        ]
      : []),
    ...cuts.map((at) => ({ at: atCharacter(at), mark: span('┆', 'warn') })),
  ].filter(({ at }) => at >= 0 && at <= bytes.length);
}

/** Text of a server that a terminal may have: a joiner at its beginning joins nothing, and is seen. */
function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString().replaceAll('\t', '␉');
  return visible(` ${text}`).slice(1);
}

/** A row for each line; its end is shown, and those of blank lines stand behind it. */
function textRows(spans: readonly Span[]): Line[] {
  const rows: Span[][] = [[]];
  for (const { text, style } of spans) {
    for (const [piece] of text.matchAll(/[^\n]*\n(?:␍?\n)*|[^\n]+/g)) {
      rows.at(-1)!.push({ text: piece.replaceAll('\n', '⏎'), style });
      if (piece.endsWith('\n')) rows.push([]);
    }
  }
  return rows.at(-1)!.length === 0 ? rows.slice(0, -1) : rows;
}
