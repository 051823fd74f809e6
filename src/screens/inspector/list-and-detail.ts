import { rule } from '../../components/box.ts';
import { firstFound } from '../../components/found.ts';
import { beside, fitRows, type Line, line, span, within } from '../../components/line.ts';
import { within as clamped } from '../clamp.ts';
import type { TabLayout, TabView } from './tab.ts';

/** So many lines, of which only those are laid out that are in view. */
export interface Block {
  readonly count: number;
  /** The first of them in which something sought is marked; -1 for none. */
  readonly found: number;
  readonly lines: (from: number, rows: number) => readonly Line[];
}

export const blockOf = (lines: readonly Line[]): Block => ({
  count: lines.length,
  found: firstFound(lines),
  lines: (from, rows) => lines.slice(from, from + rows),
});

/** From this width on, the detail stands beside the list; below it is under it. */
const wideColumns = 90;

/**
 * A list and the detail of its marked row in exactly the rows of the view. A screen reader reads row by row: for it the
 * one stands below the other at every width.
 */
export function listAndDetail(
  view: TabView,
  list: (width: number, rows: number) => readonly Line[],
  detail: (width: number, rows: number) => readonly Block[],
): Omit<TabLayout, 'markable'> {
  const { width, rows, look } = view;
  if (width >= wideColumns && !look.isPlain) {
    const left = Math.min(76, Math.max(50, Math.floor(width * 0.5)));
    const right = scrolledBlocks(detail(width - left - 2, rows), view.scroll, width - left - 2, rows);
    const both = beside(fitRows(list(left - 1, rows), rows), left, span('│ ', 'muted'), right.lines);
    return { ...right, lines: both };
  }
  const top = Math.max(3, Math.floor(rows * 0.4));
  const divider = rows >= 12 ? [rule(width, look)] : [];
  const bottom = rows - top - divider.length;
  const below = scrolledBlocks(detail(width, bottom), view.scroll, width, bottom);
  const listed = fitRows(list(width, top), top).map((row) => within(row, width));
  return { ...below, lines: [...listed, ...divider, ...below.lines] };
}

/**
 * Blocks one below the other in exactly `rows` rows, with how much there is beyond: from line `scroll` on; from the top
 * if it is null, or from where one sees the first place of what is sought.
 */
export function scrolledBlocks(
  blocks: readonly Block[],
  scroll: number | null,
  width: number,
  rows: number,
): Omit<TabLayout, 'markable'> {
  const content = blocks.reduce((sum, { count }) => sum + count, 0);
  const hasAll = content <= rows;
  const window = hasAll ? rows : Math.max(1, rows - 1);
  const from = clamped(scroll ?? sightOf(blocks, window), content - window);
  const below = content - window - from;
  const more = line(below > 0 ? `↓ ${below} more` : `↑ ${from} above`, 'muted');
  const lines: Line[] = [];
  let top = 0;
  for (const { count, lines: linesOf } of blocks) {
    const first = Math.max(0, from - top);
    const room = window - lines.length;
    if (first < count && room > 0) lines.push(...linesOf(first, Math.min(room, count - first)));
    top += count;
  }
  const shown = [...fitRows(lines, window), ...(hasAll || rows < 2 ? [] : [more])];
  return {
    lines: fitRows(
      shown.map((row) => within(row, width)),
      rows,
    ),
    content,
    window,
    from,
  };
}

/** Lines that are left to be seen above what was found. */
const above = 2;

/** From which line on the first place of what is sought is in view. */
function sightOf(blocks: readonly Block[], window: number): number {
  let top = 0;
  for (const { count, found } of blocks) {
    if (found >= 0) return top + found < window ? 0 : top + found - Math.min(above, window - 1);
    top += count;
  }
  return 0;
}
