import { commonEnds, remember } from '../core/api/remember.ts';
import { boundaryBefore, boundaryFrom } from '../core/graphemes.ts';
import { blank, type Line, line } from './line.ts';
import { aroundCursor, cellsOf, type Shown, type ShownGrapheme, shownGraphemes } from './shown-grapheme.ts';
import { type TextRow, wrapFrom } from './text-rows.ts';
import type { Style } from './theme.ts';

/** The last cell of a row is kept for the cursor, which may stand behind the text. */
const roomIn = (width: number): number => Math.max(1, width - 1);

type Layout = (text: string) => readonly TextRow[];

/** By width. Frames drawn while an answer arrives lay out texts that have not changed since. */
const layouts = new Map<number, Layout>();

/**
 * The rows of a text in an area `width` cells wide, at least 2. A row takes one cell less than the area, for the
 * sake of the cursor behind it.
 */
export function layOutText(text: string, width: number): readonly TextRow[] {
  let layOut = layouts.get(width);
  if (!layOut) {
    layOut = remember(layOutIn(roomIn(width)));
    if (layouts.size >= 4) layouts.clear();
    layouts.set(width, layOut);
  }
  return layOut(text);
}

/** Lays out of a text that differs little from the last one only the rows that may differ. */
function layOutIn(room: number): Layout {
  let last: { readonly text: string; readonly rows: readonly TextRow[] } = {
    text: '',
    rows: [{ start: 0, end: 0 }],
  };
  return (text) => {
    const same = commonEnds(last.text, text);
    const shift = text.length - last.text.length;
    // What a row holds depends at most on the first character two rows below, and that on an accent put behind it.
    let old = Math.max(0, rowOfCursor(last.rows, same.start) - 3);
    const rows = last.rows.slice(0, old);
    let rest: readonly TextRow[] = [];
    for (const row of wrapFrom(text, last.rows[old]!.start, room)) {
      while (old < last.rows.length && last.rows[old]!.start + shift < row.start) old++;
      if (row.start >= text.length - same.end && last.rows[old]?.start === row.start - shift) {
        rest = last.rows.slice(old);
        break;
      }
      rows.push(row);
    }
    for (const { start, end } of rest) rows.push({ start: start + shift, end: end + shift });
    last = { text, rows };
    return rows;
  };
}

/** The row that a cursor is on. */
export function rowOfCursor(rows: readonly TextRow[], cursor: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (rows[middle]!.start <= cursor) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The cursor so many rows down, or up if `by` is negative, as near as can be to a column: `goalCells`, or the
 * cursor's own for null. The returned one, given back for the next such move, keeps the column over shorter rows.
 * Above the first row is the start of the text, below the last its end.
 */
export function moveRows(
  text: string,
  cursor: number,
  by: number,
  width: number,
  goalCells: number | null,
): { cursor: number; goalCells: number } {
  const rows = layOutText(text, width);
  const from = rowOfCursor(rows, cursor);
  const goal = goalCells ?? cellsOf(graphemesIn(text, rows[from]!, width).filter(({ end }) => end <= cursor));
  const target = from + by;
  if (target < 0) return { cursor: 0, goalCells: goal };
  if (target >= rows.length) return { cursor: text.length, goalCells: goal };
  return { cursor: offsetAt(text, rows, target, width, goal), goalCells: goal };
}

const graphemesIn = (text: string, row: TextRow, width: number): readonly ShownGrapheme[] => [
  ...shownGraphemes(text, row, roomIn(width)),
];

/** The last place in a row for a cursor that is not beyond a column. */
function offsetAt(
  text: string,
  rows: readonly TextRow[],
  index: number,
  width: number,
  goal: number,
): number {
  const row = rows[index]!;
  let cells = 0;
  let last = row.start;
  for (const grapheme of graphemesIn(text, row, width)) {
    if (cells + grapheme.cells > goal) return grapheme.start;
    cells += grapheme.cells;
    last = grapheme.start;
  }
  // The end of a row in the middle of a word is the start of the next row; that of one with a carriage return
  // before the line feed is inside of a grapheme.
  return rows[index + 1]?.start === row.end ? last : boundaryBefore(text, row.end);
}

/**
 * Exactly `rows` rows of a text, from row `from` on or as near to it as keeps the cursor in sight. A cursor of null
 * is none: the text is not being edited.
 */
export function textArea(view: {
  readonly text: string;
  readonly cursor: number | null;
  readonly width: number;
  readonly rows: number;
  readonly style?: Style;
  readonly from?: number;
}): { readonly lines: Line[]; readonly from: number } {
  const { text, cursor, width, style = 'text' } = view;
  const rows = layOutText(text, width);
  const count = Math.max(0, view.rows);
  const cursorRow = cursor === null ? null : rowOfCursor(rows, cursor);
  let from = view.from ?? 0;
  if (cursorRow !== null) from = Math.max(Math.min(from, cursorRow), cursorRow - count + 1);
  from = Math.max(0, Math.min(from, rows.length - count));
  const lines = Array.from({ length: count }, (_, index) => {
    const row = rows[from + index];
    if (!row) return blank;
    const graphemes = graphemesIn(text, row, width);
    const { before, under, after } = aroundCursor(graphemes, from + index === cursorRow ? cursor : null);
    return [...shownLine(before, style), ...shownLine(under, 'cursor'), ...shownLine(after, style)];
  });
  return { lines, from };
}

const shownLine = (all: readonly Shown[], style: Style = 'text'): Line =>
  line(all.map(({ shown }) => shown).join(''), style);

/** A text in one line of at most `width` cells, line feeds as `⏎`: what is around the cursor, or the beginning. */
export function textField(view: {
  readonly text: string;
  readonly cursor: number | null;
  readonly width: number;
}): Line {
  const { text, cursor, width } = view;
  if (width < 1) return blank;
  // Each grapheme takes a cell at least: what stands further away from the cursor is out of sight.
  const start = boundaryFrom(text, cursor ?? 0, -width - 1);
  const end = boundaryFrom(text, cursor ?? 0, width + 2);
  const graphemes = [...shownGraphemes(text, { start, end }, width)];
  const { before, under, after } = aroundCursor(graphemes, cursor);
  const room = width - cellsOf(under);
  // The cursor is in the middle, unless one end of the text is near.
  const roomBefore = Math.min(cellsOf(before), Math.max(Math.floor(room / 2), room - cellsOf(after)));
  return [
    ...shownLine(nearest(before.toReversed(), roomBefore).toReversed()),
    ...shownLine(under, 'cursor'),
    ...shownLine(nearest(after, room - roomBefore)),
  ];
}

/** As many as fit into `room` cells, and an ellipsis for the others. */
function nearest(all: readonly Shown[], room: number): readonly Shown[] {
  if (cellsOf(all) <= room) return all;
  if (room < 1) return [];
  let used = 1;
  const end = all.findIndex(({ cells }) => {
    used += cells;
    return used > room;
  });
  return [...all.slice(0, end), { shown: '…', cells: 1 }];
}
