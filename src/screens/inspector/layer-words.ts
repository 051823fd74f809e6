import { clip, type Line, line } from '../../components/line.ts';
import { looseText, textWithFinish } from '../../core/inspect/event-text.ts';
import { type LayerRow, type ReadSpan, readSpan } from '../../core/inspect/layers.ts';
import { formatMs } from '../../core/run/figures.ts';
import type { StepRows } from '../../core/run/log.ts';
import type { LayersView } from './layer-columns.ts';

/** The layers in words, an event a row: for a reader who does not see brackets. */
export function layerWords({ rows, layers, marked, hasReads, isOver }: LayersView, width: number): Line[] {
  const lines = layers.flatMap((row): Line[] => {
    if (!row.isStart) return [];
    const bytes = `${row.end - row.start} B`;
    if (row.event === null) {
      return [line(clip(`  ${bytes}, ${looseText(rows, row.start, row.end, isOver)}`, width))];
    }
    const isIt = row.event === marked?.index;
    const cut = row.isEnd ? '' : isBroken(rows, row) ? ', split inside a character' : ', split';
    const chunk = rows.chunks[row.event] ? `chunk ${row.event}: ` : '';
    const reads = hasReads ? `, ${readsOf(row.read, row.reads)}` : '';
    const wire = `${isIt ? '›' : ' '} event ${row.event}, ${bytes}${reads}${cut}`;
    const text = `${wire}; ${chunk}${textWithFinish(rows, row.event, isOver)}`;
    return [line(clip(text, width), isIt && marked.isMarked ? 'selected' : 'text')];
  });
  return [
    line(hasReads ? 'events, their reads and their chunks' : 'events and their chunks', 'muted'),
    ...lines,
  ];
}

/** Of more reads than these, an event has bytes that came one by one: what matters is said of each read. */
const mostReads = 8;

function isBroken(rows: StepRows, { read, reads }: LayerRow): boolean {
  const ends = Array.from({ length: Math.min(reads - 1, mostReads) }, (_, at) => read! + at);
  return ends.some((place) => readSpan(rows, place).ends === 'character');
}

/** The reads of a stretch by their numbers. */
export function readsOf(first: number | null, count: number): string {
  if (first === null) return 'no read known';
  return count === 1 ? `read ${first}` : `reads ${first}–${first + count - 1}`;
}

/** A read in a sentence: its bytes, its time, what it holds and where it ends. */
export function readSentence(rows: StepRows, place: number, offsetMs: number): string {
  const { start, end, at } = rows.reads[place]!;
  const span = readSpan(rows, place);
  const events = span.events;
  const held =
    events === null
      ? 'holds no event'
      : events.first === events.last
        ? `holds event ${events.first}`
        : `holds events ${events.first}–${events.last}`;
  const ends = rows.events.length > 0 ? endOf(span) : null;
  return `read ${place}: ${end - start} B at ${formatMs(at - offsetMs)}, ${held}${ends ? `, ends ${ends}` : ''}`;
}

function endOf({ ends, broken, events }: ReadSpan): string | null {
  switch (ends) {
    case 'between':
      return events && `with event ${events.last}`;
    case 'event':
      return `inside event ${events!.last}`;
    case 'character':
      return `inside a character: ${broken!.have} of its ${broken!.need} bytes`;
    case 'open':
      return 'in bytes that are no whole event';
  }
}
