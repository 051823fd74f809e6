import { EventInBytes } from './event-in-bytes.ts';
import type { RunEventOf } from './events.ts';

/**
 * A chunk whose JSON is, character by character, the text of the event that it came in. Once it is no longer new its
 * object is let go, and made again from the event when it is wanted.
 */
class ChunkInBytes implements RunEventOf<'chunk'> {
  readonly type = 'chunk';
  readonly at: number;
  readonly step: number;
  readonly index: number;
  readonly #event: EventInBytes;
  #chunk: unknown;

  constructor({ at, step, index, chunk }: RunEventOf<'chunk'>, event: EventInBytes) {
    this.at = at;
    this.step = step;
    this.index = index;
    this.#event = event;
    this.#chunk = chunk;
  }

  get chunk(): unknown {
    return this.#chunk === undefined ? JSON.parse(this.#event.data) : this.#chunk;
  }

  letGo(): void {
    this.#chunk = undefined;
  }

  toJSON(): RunEventOf<'chunk'> {
    return { ...this, chunk: this.chunk };
  }
}

/**
 * A chunk as a row of a run, which may let go of its object.
 *
 * @param json what `JSON.stringify` makes of it
 * @param event the event that it came in, as far as is known
 */
export const chunkRow = (
  row: RunEventOf<'chunk'>,
  json: string,
  event: RunEventOf<'event'> | undefined,
): RunEventOf<'chunk'> =>
  event instanceof EventInBytes && event.says(json) ? new ChunkInBytes(row, event) : row;

/** Lets go of the object of a row that can make it again; of any other row nothing. */
export function letGo(row: object): void {
  if (row instanceof ChunkInBytes) row.letGo();
}
