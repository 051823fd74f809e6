import { plainData, type SseEvent } from '../api/sse-bytes.ts';
import type { RunEventOf } from './events.ts';

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
  readonly #bytes: Uint8Array;
  readonly #offset: number;

  /** @param offset where it begins in the bytes of the read */
  constructor(
    { at, step, index, start, end }: Omit<RunEventOf<'event'>, 'type' | 'data' | 'name'>,
    bytes: Uint8Array,
    offset: number,
  ) {
    this.at = at;
    this.step = step;
    this.index = index;
    this.start = start;
    this.end = end;
    this.#bytes = bytes;
    this.#offset = offset;
  }

  get data(): string {
    return plainData(this.#bytes.subarray(this.#offset, this.#offset + this.end - this.start));
  }

  /** Whether these are the bytes that it is read from. */
  isIn(bytes: Uint8Array | null): boolean {
    return this.#bytes === bytes;
  }

  toJSON(): RunEventOf<'event'> {
    return { ...this, data: this.data };
  }
}

/**
 * An event of a body as a row of a run.
 *
 * @param from where the bytes begin in the body
 */
export function eventRow(
  place: Pick<RunEventOf<'event'>, 'at' | 'step' | 'index'>,
  { start, end, name, data }: SseEvent,
  bytes: Uint8Array,
  from: number,
): RunEventOf<'event'> {
  const row = { ...place, start, end };
  if (data === null) return new EventInBytes(row, bytes, start - from);
  return { type: 'event', ...row, ...(name !== undefined && { name }), data };
}
