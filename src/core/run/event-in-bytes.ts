import { plainRange, type SseEvent } from '../api/sse-bytes.ts';
import type { RunEventOf } from './events.ts';

type RowPlace = Pick<RunEventOf<'event'>, 'at' | 'step' | 'index'>;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
/** Where a text is written to be held against bytes. */
const scratch = Buffer.alloc(65_536);

/**
 * An event that is one line `data: ` in one read: its text is not kept beside the bytes, but read from them when it
 * is wanted. It would be half of what a recorded chunk takes, and most texts are never looked at.
 */
export class EventInBytes implements RunEventOf<'event'> {
  readonly type = 'event';
  readonly at: number;
  readonly step: number;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly #read: RunEventOf<'read'>;

  constructor({ at, step, index }: RowPlace, { start, end }: SseEvent, read: RunEventOf<'read'>) {
    this.at = at;
    this.step = step;
    this.index = index;
    this.start = start;
    this.end = end;
    this.#read = read;
  }

  get data(): string {
    return decoder.decode(this.#read.bytes.subarray(...this.#range()));
  }

  /** Whether `data` is that text. */
  says(text: string): boolean {
    if (text.length * 3 > scratch.length) return text === this.data;
    const size = scratch.write(text);
    return scratch.compare(this.#read.bytes, ...this.#range(), 0, size) === 0;
  }

  #range() {
    const { start } = this.#read;
    return plainRange(this.start - start, this.end - start);
  }

  /** Whether this is the read that it came in. */
  isIn(read: RunEventOf<'read'> | null): boolean {
    return this.#read === read;
  }

  toJSON(): RunEventOf<'event'> {
    return { ...this, data: this.data };
  }
}

/**
 * An event of a body as a row of a run.
 *
 * @param read the read that had the last of its bytes
 */
export function eventRow(place: RowPlace, event: SseEvent, read: RunEventOf<'read'>): RunEventOf<'event'> {
  const { start, end, name, data } = event;
  if (data === null) return new EventInBytes(place, event, read);
  return { type: 'event', ...place, start, end, ...(name !== undefined && { name }), data };
}
