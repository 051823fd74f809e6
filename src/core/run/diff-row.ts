import { compareFact, dash, type Fact } from './compare.ts';
import type { RunLog } from './log.ts';
import type { StepSummary } from './summary.ts';

/** One request of a run. */
export interface DiffSide {
  readonly log: RunLog;
  readonly step: number;
}

/** Whether a difference says something: `expected` are ids, dates and times, which no two answers share. */
export type DiffWeight = 'matters' | 'minor' | 'expected';

/** Something that is not the same in two requests. */
export interface DiffRow {
  readonly area: 'outcome' | 'request' | 'headers' | 'body' | 'chunks' | 'usage' | 'timing';
  /** A figure, a header, or a path such as `choices[0].message.content`. */
  readonly what: string;
  /** A value as JSON, a header or a figure; a dash where there is none. */
  readonly first: string;
  readonly second: string;
  readonly weight: DiffWeight;
  /** A sentence. */
  readonly note: string | null;
}

type Cells = readonly [first: string, second: string];

export const row = (
  area: DiffRow['area'],
  what: string,
  [first, second]: Cells,
  weight: DiffWeight = 'matters',
  note: string | null = null,
): DiffRow => ({ area, what, first, second, weight, note });

/** The rows of those facts that differ. */
export const factRows = (
  area: DiffRow['area'],
  which: readonly Fact[],
  one: StepSummary,
  other: StepSummary,
  weight: DiffWeight = 'matters',
): readonly DiffRow[] =>
  which
    .map((fact) => compareFact(fact, one, other))
    .filter(({ isDifferent }) => isDifferent)
    .map(({ label, first, second }) => row(area, label, [first, second], weight));

const weights: readonly DiffWeight[] = ['matters', 'minor', 'expected'];
const areas: readonly DiffRow['area'][] = [
  'outcome',
  'request',
  'headers',
  'body',
  'chunks',
  'usage',
  'timing',
];

/** What matters first; of the same weight area by area. */
export const inOrder = (rows: readonly DiffRow[]): readonly DiffRow[] =>
  rows.toSorted(
    (a, b) =>
      weights.indexOf(a.weight) - weights.indexOf(b.weight) || areas.indexOf(a.area) - areas.indexOf(b.area),
  );

const mostShown = 80;
const shownBefore = 12;

/** Two values as JSON, where one is not there a dash; of two texts where they part, for long ones may begin alike. */
export function valueCells(first: unknown, second: unknown): Cells {
  if (typeof first !== 'string' || typeof second !== 'string') return [jsonOf(first), jsonOf(second)];
  let same = 0;
  while (same < first.length && first[same] === second[same]) same++;
  const from = same - shownBefore;
  const isLong = Math.max(first.length, second.length) > mostShown && from > 0;
  const cut = (text: string) =>
    jsonOf(isLong ? `…${text.slice(from).replace(/^[\udc00-\udfff]/, '')}` : text);
  return [cut(first), cut(second)];
}

function jsonOf(value: unknown): string {
  if (value === undefined) return dash;
  const json = JSON.stringify(value);
  return json.length > mostShown ? `${json.slice(0, mostShown - 1).replace(/[\ud800-\udbff]$/, '')}…` : json;
}
