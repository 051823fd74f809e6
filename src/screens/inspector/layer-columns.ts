import type { MarkedRow } from '../../components/chunk-table.ts';
import { clip, type Line, padEnd, padStart, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { eventText, looseText, textWithFinish } from '../../core/inspect/event-text.ts';
import type { LayerRow } from '../../core/inspect/layers.ts';
import { formatMs } from '../../core/run/figures.ts';
import type { StepRows } from '../../core/run/log.ts';

export interface LayersView {
  readonly rows: StepRows;
  readonly layers: readonly LayerRow[];
  readonly marked: MarkedRow | null;
  readonly offsetMs: number;
  /** Whether it is known in which reads the bytes came. */
  readonly hasReads: boolean;
  /** Whether the stream has ended: its brackets then close. */
  readonly isOver: boolean;
}

/** From this width on, the reads have their times. */
const timesFrom = 54;

/** Reads, events and chunks in three columns, each row where a read or an event begins; the heading first. */
export function layerColumns(view: LayersView, width: number): Line[] {
  const { rows, layers } = view;
  // As much at least: the columns would jump while a stream grows.
  const numberCells = Math.max(2, String(Math.max(rows.reads.length, rows.events.length) - 1).length);
  const largest = Math.max(...layers.map((row) => Math.max(row.end - row.start, readSize(rows, row))));
  const sizeCells = Math.max(4, String(largest).length);
  const timeCells = width >= timesFrom ? 9 : 0;
  const readCells = view.hasReads ? 5 + numberCells + timeCells + sizeCells + 2 : 0;
  const eventCells = 7 + numberCells + sizeCells;
  const chunkCells = width - readCells - eventCells - 2;
  const size = (bytes: number) => `${padStart(String(bytes), sizeCells)} B`;

  function readCell(row: LayerRow, at: number, edge: string): string {
    if (row.leftOut > 0) return `⋮ ${row.leftOut} more reads`;
    const bracket = row.isReadStart || edge === '└' ? edge : '│';
    const isNamed = row.isReadStart || layers[at - 1]?.read !== row.read;
    if (row.read === null || !isNamed) return bracket;
    const time = timeCells > 0 ? padStart(formatMs(rows.reads[row.read]!.at - view.offsetMs), timeCells) : '';
    return `${bracket} ${padEnd(String(row.read), numberCells)}${time} ${size(readSize(rows, row))}`;
  }

  function eventCell(row: LayerRow, edge: string): string {
    if (row.event === null) {
      return row.isStart ? `· ${padEnd('', numberCells)} ${size(row.end - row.start)}` : '';
    }
    if (!row.isStart) {
      return `${edge === '└' ? '└' : '│'}${padStart(row.isEnd ? '┘' : '│', eventCells - 1)}`;
    }
    const number = padEnd(String(row.event), numberCells);
    return `${edge} ${number} ${size(row.end - row.start)}${row.isEnd ? '' : ' ┐'}`;
  }

  const heading = `${view.hasReads ? padEnd('reads', readCells) : ''}${padEnd('events', eventCells + 2)}chunks`;
  const drawn = layers.map((row, at): Line => {
    const edge = edgeOf(view, row, at);
    const read = view.hasReads ? padEnd(readCell(row, at, edge), readCells) : '';
    const event = padEnd(eventCell(row, edge), eventCells);
    const isIt = row.event !== null && row.event === view.marked?.index;
    const chunk = `${isIt && row.isStart ? ' ›' : '  '}${clip(chunkText(view, row, chunkCells), chunkCells)}`;
    return [
      span(read, isReadOf(view, row) ? 'title' : 'text'),
      ...(isIt && view.marked!.isMarked
        ? [span(event + padEnd(chunk, chunkCells + 2), 'selected')]
        : [span(event, row.event === null ? 'muted' : 'text'), span(chunk, chunkStyle(view, row))]),
    ];
  });
  return [[span(heading, 'muted')], ...drawn];
}

const readSize = ({ reads }: StepRows, { read }: LayerRow): number =>
  read === null ? 0 : reads[read]!.end - reads[read]!.start;

/** The bracket of a row: the first, the last of a stream that is over, or one between. */
function edgeOf({ rows, layers, isOver }: LayersView, row: LayerRow, at: number): string {
  const isFirst = row.start === 0 && row.isStart;
  const isLast = isOver && at === layers.length - 1 && row.isEnd && row.end >= (rows.events.at(-1)?.end ?? 0);
  return isFirst ? (isLast ? '─' : '┌') : isLast ? '└' : '├';
}

/** Whether a row is of one of the reads that brought the marked event. */
function isReadOf({ layers, marked }: LayersView, { read }: LayerRow): boolean {
  if (!marked?.isMarked || read === null) return false;
  return layers.some((row) => row.event === marked.index && row.read === read);
}

function chunkText({ rows, isOver }: LayersView, row: LayerRow, cells: number): string {
  if (row.leftOut > 0) return '';
  if (row.event === null) return row.isStart ? looseText(rows, row.start, row.end, isOver) : '';
  if (row.cut !== null) return cells >= 21 ? `split mid-${row.cut}` : `mid-${row.cut}`;
  const text = textWithFinish(rows, row.event, isOver);
  return rows.chunks[row.event] ? `#${row.event} ${text}` : text;
}

function chunkStyle({ rows, isOver }: LayersView, row: LayerRow): Style {
  if (row.event === null) return 'muted';
  if (row.cut !== null) return 'warn';
  const { kind } = eventText(rows, row.event, isOver);
  return kind === 'content' ? 'assistant' : kind === 'other' ? 'muted' : kind;
}
