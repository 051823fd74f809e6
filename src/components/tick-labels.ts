import { type Line, mergeSpans, type Span, span } from './line.ts';

/** What is written at a tick of a line above. */
export interface TickLabel {
  readonly name: string;
  /** The name where there is little room. */
  readonly short: string;
  /** Empty where the place says it. */
  readonly time: string;
  /** The column of the tick. */
  readonly cell: number;
  /** Where not all have room, those with the least go first. */
  readonly weight: number;
}

/** A stretch of a row that a label takes: beside its tick, or the tick drawn down through it. */
interface Piece {
  readonly row: 0 | 1;
  readonly from: number;
  readonly to: number;
  readonly label: TickLabel;
  readonly side: 'left' | 'right' | null;
}

/**
 * Labels in two rows below a line, each beside its tick, which is drawn down to it: none can be read as another's.
 * The rows have `widths` cells.
 */
export function tickLabels(labels: readonly TickLabel[], widths: readonly [number, number]): Line[] {
  const placeAll = (some: readonly TickLabel[]) => (some.length > most ? null : place(some, widths, []));
  let left = labels;
  let placed = placeAll(left);
  if (!placed) {
    left = labels.map((label) => ({ ...label, name: label.short }));
    placed = placeAll(left);
  }
  while (!placed) {
    const least = Math.min(...left.map(({ weight }) => weight));
    left = left.filter(({ weight }) => weight > least);
    placed = placeAll(left);
  }
  return widths.map((width, row) =>
    drawn(
      placed.filter((piece) => piece.row === row),
      placed,
      width,
    ),
  );
}

/** With each more there are four times as many ways to place them, and a file may tell of any number of tries. */
const most = 6;

/** In the order in which they are tried: what ends at its tick leaves the room behind it to those that follow. */
const places = [
  { row: 0, side: 'left' },
  { row: 1, side: 'right' },
  { row: 0, side: 'right' },
  { row: 1, side: 'left' },
] as const;

/** The first way to place all labels, from left to right; null where there is none. */
function place(
  [label, ...others]: readonly TickLabel[],
  widths: readonly [number, number],
  placed: readonly Piece[],
): readonly Piece[] | null {
  if (!label) return placed;
  for (const { row, side } of places) {
    const { cell } = label;
    const size = textOf(label).length + 1;
    const [from, to] = side === 'left' ? [cell - size, cell] : [cell, cell + size];
    const pieces: readonly Piece[] = [
      ...(row === 1 ? [{ row: 0, from: cell, to: cell, label, side: null } as const] : []),
      { row, from, to, label, side },
    ];
    if (from < 0 || to >= widths[row]) continue;
    if (pieces.some((piece) => placed.some((before) => isInTheWay(before, piece)))) continue;
    const all = place(others, widths, [...placed, ...pieces]);
    if (all) return all;
  }
  return null;
}

const textOf = ({ name, time }: TickLabel): string => (time === '' ? name : `${name} ${time}`);

/** Whether what is placed leaves no room for what comes next, which has the same tick or one further right. */
function isInTheWay(placed: Piece, next: Piece): boolean {
  if (placed.row !== next.row) return false;
  if (placed.label.cell === next.label.cell) {
    return next.side !== null && (placed.side === next.side || placed.side === 'right');
  }
  // A text right beside another tick could be read as that one's.
  const gap = placed.side === 'right' || next.side === 'left' ? 1 : 0;
  return placed.to + gap >= next.from;
}

/** What joins a tick to its labels, by where they are: to the left, to the right, below. */
const joints: Readonly<Record<string, string>> = {
  left: '┘',
  right: '└',
  'left right': '┴',
  below: '│',
  'left below': '┤',
  'right below': '├',
  'left right below': '┼',
};

function drawn(pieces: readonly Piece[], all: readonly Piece[], width: number): Line {
  const spans: Span[] = [];
  let end = 0;
  const put = (text: string, at: number, style: Span['style']) => {
    spans.push(span(' '.repeat(at - end)), span(text, style));
    end = at + text.length;
  };
  const words = ({ name, time }: TickLabel, at: number) => {
    put(name, at, 'muted');
    if (time !== '') put(time, end + 1, 'text');
  };
  for (const cell of new Set(pieces.map(({ label }) => label.cell))) {
    const here = pieces.filter(({ label }) => label.cell === cell);
    const left = here.find(({ side }) => side === 'left');
    const right = here.find(({ side }) => side === 'right');
    const isBelow = all.some(({ row, label }) => label.cell === cell && row > here[0]!.row);
    const arms = [left && 'left', right && 'right', isBelow && 'below'].filter(Boolean).join(' ');
    if (left) words(left.label, left.from);
    put(joints[arms]!, cell, 'muted');
    if (right) words(right.label, cell + 2);
  }
  return mergeSpans([...spans, span(' '.repeat(Math.max(0, width - end)))]);
}
