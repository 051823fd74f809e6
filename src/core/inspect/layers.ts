import type { StepRows } from '../run/log.ts';
import { brokenCharacter, bytesBetween, firstPlace, readAt } from './body-bytes.ts';

/**
 * One row of the layers of a stream, aligned by their bytes: it begins where a read or a stretch begins. A stretch is
 * an event, or the bytes between two events that belong to none: comments, blank lines, an event that is not whole.
 */
export interface LayerRow {
  /** The read in which the row's bytes came, by its place; null where no read is known. */
  readonly read: number | null;
  readonly isReadStart: boolean;
  /** The event by its place; null for bytes that belong to none. */
  readonly event: number | null;
  /** Bytes of the whole stretch, the end excluded. */
  readonly start: number;
  readonly end: number;
  readonly isStart: boolean;
  readonly isEnd: boolean;
  /** How many reads the whole stretch came in. */
  readonly reads: number;
  /** What the read before this row ended inside of, if this row begins inside an event. */
  readonly cut: 'event' | 'character' | null;
  /** Reads that are left out here: a row for each would fill the screen with one event. */
  readonly leftOut: number;
}

/**
 * The layers around `count` events from place `from` on: what is between them, and behind the last event what has come
 * since. The cost depends on `count` alone.
 */
export function layersOf(rows: StepRows, from: number, count: number): LayerRow[] {
  const { events, reads } = rows;
  const first = Math.min(Math.max(0, from), events.length);
  const last = Math.min(events.length, from + count);
  const layers: LayerRow[] = [];
  let at = events[first - 1]?.end ?? 0;
  for (let place = first; place < last; place++) {
    const { start, end } = events[place]!;
    if (start > at) addStretch(layers, rows, null, at, start);
    addStretch(layers, rows, place, start, end);
    at = end;
  }
  const bodyEnd = reads.at(-1)?.end ?? 0;
  if (last === events.length && bodyEnd > at) addStretch(layers, rows, null, at, bodyEnd);
  return layers;
}

/** So many reads of a stretch have rows of their own, beside the one it begins in. */
const mostReads = 3;

function addStretch(
  layers: LayerRow[],
  { reads }: StepRows,
  event: number | null,
  start: number,
  end: number,
): void {
  const first = readAt(reads, start);
  const last = Math.min(reads.length - 1, readAt(reads, end - 1));
  const within = Math.max(0, last - first);
  const stretch = { event, start, end, reads: within + 1, leftOut: 0 };
  layers.push({
    ...stretch,
    read: first < reads.length ? first : null,
    isReadStart: reads[first]?.start === start,
    isStart: true,
    isEnd: within === 0,
    cut: null,
  });
  for (let read = first + 1; read <= last; read++) {
    const leftOut = within > mostReads && read === first + 2 ? within - 2 : 0;
    layers.push({
      ...stretch,
      read,
      isReadStart: true,
      isStart: false,
      isEnd: read === last,
      cut: event === null ? null : brokenBefore(reads, reads[read]!.start) ? 'character' : 'event',
      leftOut,
    });
    if (leftOut > 0) read += leftOut - 1;
  }
}

const brokenBefore = (reads: StepRows['reads'], byte: number) =>
  brokenCharacter(bytesBetween(reads, Math.max(0, byte - 3), byte));

/** What a read holds, and where it ends. */
export interface ReadSpan {
  /** The first and the last event of which it holds bytes; null if there is none. */
  readonly events: { readonly first: number; readonly last: number } | null;
  /** `between` two events, inside an `event`, inside a `character`, or in bytes that are no event, or not yet one. */
  readonly ends: 'between' | 'event' | 'character' | 'open';
  /** The bytes that are there of the character it ends inside of. */
  readonly broken: { readonly have: number; readonly need: number } | null;
}

/** Looks at one read, by its place. */
export function readSpan({ reads, events }: StepRows, place: number): ReadSpan {
  const { start, end } = reads[place]!;
  const first = firstPlace(events.length, (at) => events[at]!.end > start);
  const last = firstPlace(events.length, (at) => events[at]!.start >= end, first) - 1;
  const broken = brokenBefore(reads, end);
  const isInside = last >= first && events[last]!.end > end;
  const isOpen = end > (events.at(-1)?.end ?? 0) && !endsBlank(bytesBetween(reads, end - 4, end));
  return {
    events: last >= first ? { first, last } : null,
    ends: broken ? 'character' : isInside ? 'event' : isOpen ? 'open' : 'between',
    broken,
  };
}

/** A blank line ends an event, and a comment, too. */
const endsBlank = (bytes: Uint8Array): boolean =>
  /\n\r?\n$|\r\r$/.test(Buffer.from(bytes).toString('latin1'));
