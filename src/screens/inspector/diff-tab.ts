import { clip, clipMiddle, fitRows, type Line, line, padEnd, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { wrapText } from '../../components/wrap.ts';
import { type DiffRow, type DiffSide, diffRuns } from '../../core/run/diff.ts';
import type { PastRun } from '../../core/session.ts';
import { visible } from '../../core/visible.ts';
import { windowOf } from '../window.ts';
import { type RequestOfRun, requestLabel } from './request-of-run.ts';
import type { TabLayout, TabView } from './tab.ts';

const styles: Readonly<Record<DiffRow['weight'], Style>> = {
  matters: 'warn',
  minor: 'text',
  expected: 'muted',
};

interface KnownDiff {
  /** The two requests, and how many events there were of their runs. */
  readonly of: readonly unknown[];
  readonly rows: readonly DiffRow[];
}

let known: KnownDiff | null = null;

/** The diff of two requests, remembered: every key draws it anew, and long streams are long to compare. */
function diffOf(first: DiffSide, second: DiffSide): readonly DiffRow[] {
  const of = [first, second].flatMap(({ log, step }) => [log, step, log.events.length]);
  if (!known || of.some((part, at) => part !== known!.of[at])) known = { of, rows: diffRuns(first, second) };
  return known.rows;
}

/** Two runs held against each other, what matters first; below, the marked difference in full. */
export function diffTab(
  view: TabView,
  run: PastRun,
  other: RequestOfRun | null,
  isGoingOn: boolean,
): TabLayout {
  const { step, selected, width, rows } = view;
  const scroll = view.scroll ?? 0;
  if (!other) return only('d chooses the run to compare this one with.', rows);
  if (isGoingOn) return only('The run is still going on: what differs is told once it is over.', rows);
  const diff = diffOf({ log: run.log, step }, { log: other.run.log, step: other.step });
  if (diff.length === 0) return only('Nothing differs.', rows);
  const at = Math.min(selected ?? 0, diff.length - 1);
  const head = headLines({ run, step }, other, diff.length, width, rows);
  const detailRows = Math.min(10, Math.max(3, Math.floor(rows / 3)));
  const listRows = Math.max(1, rows - detailRows - head.length - 1);
  const { from } = windowOf(diff.length, at, listRows);
  const detail = detailOf(diff[at]!, width);
  return {
    lines: fitRows(
      [
        ...head,
        ...fitRows(
          diff.slice(from, from + listRows).map((row, index) => rowLine(row, from + index === at, width)),
          listRows,
        ),
        line('─'.repeat(width), 'muted'),
        ...fitRows(detail.slice(scroll), detailRows),
      ],
      rows,
    ),
    content: detail.length,
    window: detailRows,
    from: scroll,
    markable: diff.length,
  };
}

const only = (sentence: string, rows: number): TabLayout => ({
  lines: fitRows([line(sentence, 'muted')], rows),
  content: 0,
  window: rows,
  from: 0,
  markable: 0,
});

/** From so many rows on there is room to name the two requests. */
const namedFrom = 10;

/** Which request is A and which is B, and the headings of their columns. */
function headLines(
  first: RequestOfRun,
  second: RequestOfRun,
  count: number,
  width: number,
  rows: number,
): readonly Line[] {
  const named = (side: string, request: RequestOfRun): Line => [
    span(`   ${side}  `, 'accent'),
    span(clipMiddle(visible(requestLabel(request)), width - 6)),
  ];
  const cells = cellsOf(width);
  return [
    ...(rows >= namedFrom ? [named('A', first), named('B', second)] : []),
    [
      span(
        padEnd(`   ${count === 1 ? '1 difference' : `${count} differences`}, ! matters`, nameCells),
        'muted',
      ),
      span(` ${padEnd('A', cells)} B`, 'accent'),
    ],
  ];
}

/** Cells of the mark, the weight, the area and the name of a difference. */
const nameCells = 34;

/** Cells for each of the two values. */
const cellsOf = (width: number): number => Math.max(6, Math.floor((width - nameCells - 2) / 2));

function rowLine({ area, what, first, second, weight }: DiffRow, isMarked: boolean, width: number): Line {
  const cells = cellsOf(width);
  const one = (text: string) => padEnd(clip(visible(text).replaceAll('\n', '⏎'), cells), cells);
  return [
    span(isMarked ? '›' : ' ', 'accent'),
    span(weight === 'matters' ? '! ' : '  ', 'warn'),
    span(padEnd(area, 9), 'muted'),
    span(padEnd(clip(visible(what), 21), 22), isMarked ? 'selected' : styles[weight]),
    span(` ${one(first)}`, styles[weight]),
    span(` ${one(second)}`, styles[weight]),
  ];
}

function detailOf({ what, first, second, weight, note }: DiffRow, width: number): Line[] {
  const said = { matters: 'it matters', minor: 'a small thing', expected: 'it always differs' }[weight];
  const side = (name: string, text: string): Line[] =>
    wrapText(visible(text), width - 4).map((row, index) => [
      span(index === 0 ? ` ${name}  ` : '    ', 'accent'),
      ...row,
    ]);
  return [
    [span(` ${visible(what)}`, 'strong'), span(`  ${said}`, 'muted')],
    ...side('A', first),
    ...side('B', second),
    ...(note ? wrapText(note, width - 1, 'muted').map((row): Line => [span(' '), ...row]) : []),
  ];
}
