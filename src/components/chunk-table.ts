import { deltaText } from '../core/run/delta-text.ts';
import { formatMs } from '../core/run/figures.ts';
import type { StepRows } from '../core/run/log.ts';
import { readAnswer } from '../core/run/reading.ts';
import { visible } from '../core/visible.ts';
import { cellWidth, clip, type Line, line, padEnd, padStart, span } from './line.ts';

/** The widths of number, time, gap and finish_reason; narrower where the delta would get too little. */
const columnsFor = (width: number): readonly [number, number, number, number] =>
  width >= 64 ? [5, 10, 10, 16] : [3, 9, 8, 14];

/** The heading of the table and `rows` of its chunks, from chunk `from` on; `selected` is the marked one. */
export function chunkTable(
  { chunks }: StepRows,
  offsetMs: number,
  from: number,
  rows: number,
  width: number,
  selected: number | null,
): Line[] {
  const [numberCells, atCells, gapCells, reasonCells] = columnsFor(width);
  const row = (number: string, time: string, gap: string, reason: string) =>
    `${padStart(number, numberCells)}${padStart(time, atCells)}${padStart(gap, gapCells)}   ${padEnd(clip(reason, reasonCells - 1), reasonCells)}`;
  const lines: Line[] = [line(clip(`${row('#', 'at', 'gap', 'finish_reason')}delta`, width), 'muted')];
  for (const { index, at, chunk } of chunks.slice(from, from + rows)) {
    const before = chunks[index - 1];
    const { finishReason, content } = readAnswer(chunk);
    const cells = row(
      String(index),
      formatMs(at - offsetMs),
      before ? formatMs(at - before.at) : '–',
      finishReason ? visible(finishReason) : '–',
    );
    const delta = clip(deltaText(chunk), width - cellWidth(cells));
    lines.push(
      index === selected
        ? line(padEnd(cells + delta, width), 'selected')
        : [span(cells), span(delta, content ? 'assistant' : 'muted')],
    );
  }
  return lines;
}

/** Enough to see a pattern; each cell more is drawn anew with every chunk. */
const sparkCells = 30;
const bars = '▁▂▃▄▅▆▇█';

/** The gaps between the last chunks as bars, with their median and the largest. */
export function gapLine(
  { chunks }: StepRows,
  largestMs: number | null,
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
  const words = `median ${formatMs(median)} · largest ${formatMs(largestMs ?? 0)}`;
  const room = isPlain ? 0 : Math.max(0, Math.min(sparkCells, width - words.length - 9));
  const shown = gaps.slice(Math.max(0, gaps.length - room));
  const top = Math.max(...shown, 1);
  const spark = shown.map((gap) => bars[Math.min(7, Math.floor((gap / top) * 8))]).join('');
  return [span('gaps  ', 'muted'), span(spark, 'accent'), span(spark ? '   ' : ''), span(words, 'muted')];
}
