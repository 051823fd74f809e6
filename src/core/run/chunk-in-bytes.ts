import { EventInBytes } from './event-in-bytes.ts';
import type { RunEventOf } from './events.ts';
import type { StepRows } from './log.ts';
import { type Reading, read } from './reading.ts';

type Chunk = RunEventOf<'chunk'>;

/**
 * A chunk whose JSON is, character by character, the text of the event that it came in. Its object is not kept but made
 * again from the event when it is wanted, and what it says only as long as it is new.
 */
class ChunkInBytes implements Chunk {
  readonly type = 'chunk';
  readonly at: number;
  readonly step: number;
  readonly index: number;
  readonly #event: EventInBytes;
  #reading: Reading | null;

  constructor({ at, step, index }: Chunk, event: EventInBytes, reading: Reading) {
    this.at = at;
    this.step = step;
    this.index = index;
    this.#event = event;
    this.#reading = reading;
  }

  get chunk(): unknown {
    return JSON.parse(this.#event.data);
  }

  get reading(): Reading {
    return this.#reading ?? read(this.chunk);
  }

  letGo(): void {
    this.#reading = null;
  }

  toJSON(): Chunk {
    return { ...this, chunk: this.chunk };
  }
}

/**
 * A chunk as a row that holds no object; null where it is not, character by character, what its event says.
 *
 * @param event the event that it came in, as far as is known
 */
export const chunkInBytes = (row: Chunk, event: RunEventOf<'event'> | undefined): Chunk | null =>
  event instanceof EventInBytes && event.says(JSON.stringify(row.chunk))
    ? new ChunkInBytes(row, event, read(row.chunk))
    : null;

/** What a chunk says. */
export const readingOf = (row: Chunk): Reading =>
  row instanceof ChunkInBytes ? row.reading : read(row.chunk);

/** What an answer says, in one response or in many chunks. */
export const readingsOf = ({
  response,
  chunks,
}: Pick<StepRows, 'response' | 'chunks'>): readonly Reading[] =>
  response ? [read(response.body)] : chunks.map(readingOf);

/** Lets go of what a row can make again; of any other row nothing. */
export function letGo(row: object): void {
  if (row instanceof ChunkInBytes) row.letGo();
}
