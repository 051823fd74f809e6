import { type EventText, eventText } from '../core/inspect/event-text.ts';
import { readingOf } from '../core/run/chunk-in-bytes.ts';
import { deltaOf } from '../core/run/delta-text.ts';
import { formatMs } from '../core/run/figures.ts';
import type { StepRows } from '../core/run/log.ts';
import { visible } from '../core/visible.ts';
import { withFound } from './found.ts';
import { cellWidth, clip, type Line, line, padEnd, padStart, span } from './line.ts';
import type { Style } from './theme.ts';

/** The widths of number, time, gap and finish_reason; narrower where the delta would get too little. */
const columnsFor = (width: number): readonly [number, number, number, number] =>
  width >= 64 ? [5, 10, 10, 16] : [3, 9, 8, 14];

/** The heading and the cells before the delta, in columns for a table of so many cells. */
function columns(width: number, numberCells = 0) {
  const [narrowest, atCells, gapCells, reasonCells] = columnsFor(width);
  const first = Math.max(narrowest, numberCells);
  const row = (number: string, time: string, gap: string, reason: string) =>
    `${padStart(number, first)}${padStart(time, atCells)}${padStart(gap, gapCells)}   ${padEnd(clip(reason, reasonCells - 1), reasonCells)}`;
  const heading = line(clip(`${row('#', 'at', 'gap', 'finish_reason')}delta`, width), 'muted');
  return { row, heading };
}

/** The heading of the table and `rows` of its chunks, from chunk `from` on; `selected` is the marked one. */
export function chunkTable(
  { chunks }: StepRows,
  offsetMs: number,
  from: number,
  rows: number,
  width: number,
  selected: number | null,
): Line[] {
  const { row, heading } = columns(width);
  const lines: Line[] = [heading];
  for (const chunk of chunks.slice(from, from + rows)) {
    const { index, at } = chunk;
    const before = chunks[index - 1];
    const reading = readingOf(chunk);
    const first = reading.choices[0];
    const cells = row(
      String(index),
      formatMs(at - offsetMs),
      before ? formatMs(at - before.at) : '–',
      first?.finishReason ? visible(first.finishReason) : '–',
    );
    const delta = clip(deltaOf(reading), width - cellWidth(cells));
    lines.push(
      index === selected
        ? line(padEnd(cells + delta, width), 'selected')
        : [span(cells), span(delta, first?.content ? 'assistant' : 'muted')],
    );
  }
  return lines;
}

/** How the row of a table stands out: as the marked one, or only as the one that is spoken of. */
export interface MarkedRow {
  readonly index: number;
  readonly isMarked: boolean;
}

/** The events of a step, when it began and whether it is over. */
export interface EventsOfStep {
  readonly rows: StepRows;
  readonly offsetMs: number;
  readonly isOver: boolean;
  /** A text that is marked in them; null for none. */
  readonly sought: RegExp | null;
}

const eventStyles: Readonly<Record<EventText['kind'], Style>> = {
  content: 'assistant',
  tool: 'tool',
  error: 'error',
  other: 'muted',
};

/**
 * The heading of a table and a row for each of the events with those numbers: like the table of chunks, but also with
 * what is no chunk, such as `[DONE]`. Times are those of the chunk; the SDK hands it over a moment after its event came,
 * so that an event without one may have come before the chunks above it: its row then has no time.
 */
export function eventTable(
  { rows, offsetMs, isOver, sought }: EventsOfStep,
  numbers: readonly number[],
  width: number,
  marked: MarkedRow | null,
): Line[] {
  const count = Math.max(rows.events.length, rows.chunks.length);
  const { row, heading } = columns(width, Math.max(4, String(count).length + 2));
  const lines = numbers.map((index): Line => {
    const chunk = rows.chunks[index];
    const before = rows.chunks[index - 1];
    const at = timeInOrder(rows, index);
    const { text, kind, finish } = eventText(rows, index, isOver);
    const cells = row(
      String(index),
      at === undefined ? '–' : formatMs(at - offsetMs),
      // Where times are not known, neither is what lies between them.
      chunk && before ? formatMs(chunk.at - offsetMs - (before.at - offsetMs)) : '–',
      finish ?? '–',
    );
    const delta = clip(text, width - cellWidth(cells));
    const end = withFound([span(delta, eventStyles[kind])], sought);
    if (index !== marked?.index) return [span(cells), ...end];
    const pointed = `›${cells.slice(1)}`;
    return marked.isMarked ? line(padEnd(pointed + delta, width), 'selected') : [span(pointed), ...end];
  });
  return [heading, ...lines];
}

/** The time of a row; of an event that has no chunk, where it is not before those above it. */
function timeInOrder({ events, chunks }: StepRows, index: number): number | undefined {
  const chunk = chunks[index];
  if (chunk) return chunk.at;
  const event = events[index];
  return event && event.at >= (chunks.at(-1)?.at ?? 0) ? event.at : undefined;
}

/** Enough to see a pattern; each cell more is drawn anew with every chunk. */
const sparkCells = 30;
const bars = '▁▂▃▄▅▆▇█';

/** So long without a chunk is said while it lasts. */
const longWaitMs = 1000;

/**
 * The gaps between the last chunks as bars, with their median and the largest.
 *
 * @param waitedMs how long the next one has not come; null where none is waited for
 */
export function gapLine(
  { chunks }: StepRows,
  largestMs: number | null,
  waitedMs: number | null,
  width: number,
  isPlain: boolean,
): Line {
  if (chunks.length < 2) return line('gaps  –', 'muted');
  // The last few hundred say what a learner needs; all of a long stream each frame would cost too much.
  const recent = chunks.slice(-400);
  const gaps = recent.slice(1).map(({ at }, index) => at - recent[index]!.at);
  const sorted = gaps.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
  const isStill = waitedMs !== null && waitedMs >= Math.max(longWaitMs, largestMs ?? 0);
  const last = isStill ? `nothing for ${formatMs(waitedMs)}` : `largest ${formatMs(largestMs ?? 0)}`;
  const words = `median ${formatMs(median)} · ${last}`;
  const room = isPlain ? 0 : Math.max(0, Math.min(sparkCells, width - words.length - 9));
  const shown = gaps.slice(Math.max(0, gaps.length - room));
  const top = Math.max(...shown, 1);
  const spark = shown.map((gap) => bars[Math.min(7, Math.floor((gap / top) * 8))]).join('');
  return [
    span('gaps  ', 'muted'),
    span(spark, 'accent'),
    span(spark ? '   ' : ''),
    span(words, isStill ? 'warn' : 'muted'),
  ];
}
