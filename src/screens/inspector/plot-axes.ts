import { type Line, line, padStart, type Span, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { placeLabels } from '../../core/inspect/plot.ts';

/** Rows that a plot takes below its columns: the axis and what stands along it. */
export const axisRows = 2;

/** Cells for the numbers along the upright axis, and for the axes. */
export const gutter = 9;

/** What stands along the two axes of a plot. */
export interface Axes {
  readonly top: string;
  readonly bottom: string;
  /** The cell of the marked chunk, and what is written below it; null where it is not on the plot. */
  readonly mark: { readonly cell: number; readonly text: string } | null;
  readonly first: string;
  readonly last: string;
  readonly lastCell: number;
  /** Cells that are marked as stalls. */
  readonly stalls: readonly number[];
}

/** Rows of columns of `width` cells with their axes, and `axisRows` rows more; `styleOf` says how a cell is drawn. */
export function withAxes(
  rows: readonly string[],
  axes: Axes,
  width: number,
  styleOf: (cell: number) => Style,
): Line[] {
  const { mark, stalls } = axes;
  const room = width - gutter;
  const foot = Array.from({ length: room }, () => '─');
  for (const cell of stalls) foot[cell] = '!';
  if (mark) foot[mark.cell] = '▲';
  const labels = [
    // What the mark says need not be said twice.
    ...(mark && mark.cell === 0 ? [] : [{ text: axes.first, cell: axes.first.length - 1 }]),
    ...(mark ? [mark] : []),
    { text: axes.last, cell: axes.lastCell },
  ];
  return [
    ...rows.map((row, index): Line => {
      const label = index === 0 ? axes.top : '';
      return [span(`${padStart(label, gutter - 2)} ${label ? '┤' : '│'}`, 'muted'), ...styled(row, styleOf)];
    }),
    [
      span(`${padStart(axes.bottom, gutter - 2)} └`, 'muted'),
      ...styled(foot.join(''), (cell) => footStyle(foot[cell]!)),
    ],
    line(' '.repeat(gutter) + placeLabels(labels, room), 'muted'),
  ];
}

const footStyle = (char: string): Style => (char === '▲' ? 'accent' : char === '!' ? 'warn' : 'muted');

/** A row in spans of one style each. */
export function styled(row: string, styleOf: (cell: number) => Style): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (let cell = 1; cell <= row.length; cell++) {
    if (cell < row.length && styleOf(cell) === styleOf(from)) continue;
    spans.push(span(row.slice(from, cell), styleOf(from)));
    from = cell;
  }
  return spans;
}
