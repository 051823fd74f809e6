import { blank, fitRows, type Line, line, span } from '../components/line.ts';
import { within } from './clamp.ts';

/** Rows of which only those are built that are seen. */
export interface Rows {
  readonly count: number;
  /** At most `rows` of them, from row `from` on. */
  readonly window: (from: number, rows: number) => readonly Line[];
}

export const asRows = (lines: readonly Line[]): Rows => ({
  count: lines.length,
  window: (from, rows) => lines.slice(from, from + rows),
});

/** Rows below one another. */
export const stacked = (blocks: readonly Rows[]): Rows => ({
  count: blocks.reduce((sum, { count }) => sum + count, 0),
  window: (from, rows) => {
    const lines: Line[] = [];
    let above = from;
    for (const { count, window } of blocks) {
      if (lines.length === rows) break;
      if (above < count) lines.push(...window(above, rows - lines.length));
      above = Math.max(0, above - count);
    }
    return lines;
  },
});

export interface Scrolled {
  /** Exactly so many rows as were asked for. */
  readonly lines: readonly Line[];
  /** Lines that there are, and lines that are seen at once. */
  readonly content: number;
  readonly window: number;
  /** The first line that is seen. */
  readonly from: number;
}

/** A page with a margin, from line `scroll` on, and how much of it there is beyond. */
export const scrolled = (page: readonly Line[], scroll: number, rows: number): Scrolled =>
  scrolledRows(asRows(page), scroll, rows);

/** The same of a page that may be very long. */
export function scrolledRows(page: Rows, scroll: number, rows: number): Scrolled {
  const padded = stacked([asRows([blank]), page]);
  const hasAll = padded.count <= rows;
  const window = hasAll ? rows : rows - 1;
  const from = within(scroll, padded.count - window);
  const below = padded.count - window - from;
  const more = line(below > 0 ? `   ↓ ${below} more` : `   ↑ ${from} above`, 'muted');
  const seen = padded
    .window(from, window)
    .map((row): Line => (row.length === 0 ? row : [span('   '), ...row]));
  return {
    lines: [...fitRows(seen, window), ...(hasAll ? [] : [more])],
    content: padded.count,
    window,
    from,
  };
}
