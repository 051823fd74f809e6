import { type Line, padStart } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { binOf, type Gaps } from '../../core/inspect/gaps.ts';
import { columns, roundTop } from '../../core/inspect/plot.ts';
import { formatMs } from '../../core/run/figures.ts';
import { gutter, styled, withAxes } from './plot-axes.ts';

/** The gaps from the first to the last, a column each or the longest of several; `marked` is a chunk. */
export function gapPlot(gaps: Gaps, marked: number | null, width: number, height: number): Line[] {
  const room = width - gutter;
  const { values, size } = gaps.series(room);
  // Few gaps get broad columns with a space between.
  const cells = Math.max(1, Math.min(6, Math.floor(room / Math.max(1, values.length))));
  const top = roundTop(gaps.longest[0]?.ms ?? 1);
  const wide = (char: string) => (cells === 1 ? char : `${char.repeat(cells - 1)} `);
  const rows = columns(values, top, height).map((row) => [...row].map(wide).join(''));
  const stallMs = gaps.stallMs ?? Number.POSITIVE_INFINITY;
  const isStall = (value: number) => value > stallMs;
  const place = marked === null || marked < 1 || marked > gaps.count ? null : Math.floor((marked - 1) / size);
  return withAxes(
    rows,
    {
      top: formatMs(top),
      bottom: '0 ms',
      mark: place === null ? null : { cell: place * cells, text: `#${marked}` },
      first: gaps.count === 0 || place === 0 ? '' : '#1',
      last: gaps.count < 2 || marked === gaps.count ? '' : `#${gaps.count}`,
      lastCell: Math.max(0, values.length * cells - 1),
      stalls: values.flatMap((value, cell) => (isStall(value) ? [cell * cells] : [])),
    },
    width,
    (cell) => {
      const column = Math.floor(cell / cells);
      return column === place ? 'strong' : isStall(values[column] ?? 0) ? 'warn' : 'accent';
    },
  );
}

/** Cells for a bin of the histogram. */
const binCells = 4;
const binLabels = ['<1', '1', '2', '5', '10', '20', '50', '100', '200', '500', '1s', '2s', '5s', '10s'];
export const histogramCells = binCells * binLabels.length;

/** How many gaps there are of which length: bins that begin at 1, 2, 5, 10 and so on milliseconds. */
export function gapHistogram(gaps: Gaps, marked: number | null, width: number, height: number): Line[] {
  const shown = Math.min(binLabels.length, Math.max(2, Math.floor(width / binCells)));
  const isCut = shown < binLabels.length;
  // What has no column of its own is counted in the last.
  const bins = gaps.bins.slice(0, shown);
  for (const count of gaps.bins.slice(shown)) bins[shown - 1]! += count;
  const labels = binLabels
    .slice(0, shown)
    .map((text, bin) => (isCut && bin === shown - 1 ? `${text}+` : text));
  const ms = marked === null ? null : gaps.before(marked);
  const own = ms === null ? -1 : Math.min(shown - 1, binOf(ms));
  const either = (ownStyle: Style, style: Style) => (cell: number) =>
    Math.floor(cell / binCells) === own ? ownStyle : style;
  const rows = columns(bins, Math.max(1, ...bins), height);
  const broad = (char: string) => ` ${char.repeat(binCells - 1)}`;
  const cellsOf = (texts: readonly string[]) => texts.map((text) => padStart(text, binCells)).join('');
  return [
    ...rows.map((row) => styled([...row].map(broad).join(''), either('strong', 'accent'))),
    styled(cellsOf(labels), either('selected', 'muted')),
    styled(cellsOf(bins.map(shortCount)), either('strong', 'text')),
  ];
}

/** A count in three characters. */
function shortCount(count: number): string {
  if (count === 0) return '·';
  if (count < 1000) return String(count);
  if (count < 100_000) return `${Math.floor(count / 1000)}k`;
  return count < 1_000_000 ? `.${Math.floor(count / 100_000)}M` : `${Math.floor(count / 1_000_000)}M`;
}
