import type { Look } from '../../components/box.ts';
import { type Line, line, type Span, span } from '../../components/line.ts';
import { brokenCharacter, bytesBetween, readAt } from '../../core/inspect/body-bytes.ts';
import type { StepRows } from '../../core/run/log.ts';
import { visible } from '../../core/visible.ts';
import { hardWrap } from './hard-wrap.ts';

/** Bytes of a body, and those in it that are the marked piece of the answer. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly piece: { readonly start: number; readonly end: number } | null;
}

/** More is not laid out as text; as numbers it can be had. */
export const mostText = 65_536;

/** Where more reads than these meet in one event, their marks would hide it. */
const mostCuts = 8;

/** The bytes as they came, as text: line ends, controls, the marked piece and the ends of reads are visible. */
export function rawText(rows: StepRows, stretch: Stretch, width: number, look: Look): Line[] {
  const { start, end, piece } = stretch;
  const came = bytesBetween(rows.reads, start, Math.min(end, start + mostText));
  const isLong = end - start > mostText;
  const bytes = isLong ? came.subarray(0, came.length - (brokenCharacter(came)?.have ?? 0)) : came;
  const spans: Span[] = [];
  let from = 0;
  for (const { at, mark } of [
    ...(look.isPlain ? [] : marksIn(rows, stretch, bytes)),
    { at: bytes.length, mark: null },
  ]) {
    const isPiece =
      !look.isPlain && piece !== null && start + from >= piece.start && start + from < piece.end;
    // No `span` yet: it would show line feeds its own way.
    spans.push({ text: textOf(bytes.subarray(from, at)), style: isPiece ? 'selected' : 'text' });
    if (mark) spans.push(mark);
    from = at;
  }
  const lines = textRows(spans).flatMap((row) => hardWrap(row, width));
  const missing = end - start - bytes.length;
  if (missing <= 0) return lines;
  const why = isLong ? 'B more, all there as hexadecimal numbers' : 'B were not kept';
  return [...lines, line(`… ${missing} ${why}`, 'muted')];
}

interface Mark {
  readonly at: number;
  readonly mark: Span;
}

/** The marks between the bytes, in their order: around the piece, and where one read ends and the next begins. */
function marksIn({ reads }: StepRows, { start, end, piece }: Stretch, bytes: Uint8Array): Mark[] {
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
  ]
    .filter(({ at }) => at <= bytes.length)
    .sort((a, b) => a.at - b.at);
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
