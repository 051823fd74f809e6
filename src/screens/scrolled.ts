import { blank, fitRows, type Line, line, span } from '../components/line.ts';
import { within } from './clamp.ts';

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
export function scrolled(page: readonly Line[], scroll: number, rows: number): Scrolled {
  const padded = [blank, ...page].map((row): Line => (row.length === 0 ? row : [span('   '), ...row]));
  const hasAll = padded.length <= rows;
  const window = hasAll ? rows : rows - 1;
  const from = within(scroll, padded.length - window);
  const below = padded.length - window - from;
  const more = line(below > 0 ? `   ↓ ${below} more` : `   ↑ ${from} above`, 'muted');
  return {
    lines: [...fitRows(padded.slice(from, from + window), window), ...(hasAll ? [] : [more])],
    content: padded.length,
    window,
    from,
  };
}
