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
 * A chunk as a row that may let go of its object; null where it is not, character by character, what its event says.
 *
 * @param event the event that it came in, as far as is known
 */
export const chunkInBytes = (
  row: RunEventOf<'chunk'>,
  event: RunEventOf<'event'> | undefined,
): RunEventOf<'chunk'> | null =>
  event instanceof EventInBytes && event.says(JSON.stringify(row.chunk))
    ? new ChunkInBytes(row, event)
    : null;

/** Lets go of the object of a row that can make it again; of any other row nothing. */
export function letGo(row: object): void {
  if (row instanceof ChunkInBytes) row.letGo();
}
