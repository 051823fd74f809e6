import { Assembly, type AssemblyStep } from '../run/assembly.ts';
import type { RunEventOf } from '../run/events.ts';
import type { RunLog } from '../run/log.ts';

type Fields = Readonly<Record<string, unknown>>;

/** So many chunks lie between two copies of the object: what has to be added again to come to any of them. */
const stride = 256;

/** A longer list only grows at its end: items that are put together from pieces have an index below this. */
const mostPieced = 128;

/** The first items of a list that goes on growing. */
class Beginning {
  readonly #list: readonly unknown[];
  readonly #length: number;

  constructor(list: readonly unknown[]) {
    this.#list = list;
    this.#length = list.length;
  }

  items(): readonly unknown[] {
    return this.#list.slice(0, this.#length);
  }
}

type Chunks = readonly RunEventOf<'chunk'>[];

/**
 * How the object that the chunks of a stream add up to stood after each of them. Each chunk is added once, and a few
 * hundred again to go back to one: never all.
 */
export class Standing {
  readonly #newest = new Assembly();
  readonly #copies: unknown[] = [];
  #chunks: Chunks = [];
  #last: { readonly index: number; readonly object: Fields } | null = null;

  /** Takes in the chunks that came since. */
  catchUp(chunks: Chunks): void {
    if (chunks.length > this.#newest.count) this.#chunks = chunks;
    while (this.#newest.count < chunks.length) {
      this.#newest.add(chunks[this.#newest.count]!.chunk);
      if (this.#newest.count % stride === 0) this.#copies.push(copyOf(this.#newest.object));
    }
  }

  /** Whether these are its chunks, or the first of them. */
  isOf(chunks: Chunks): boolean {
    const last = Math.min(chunks.length, this.#newest.count) - 1;
    return last < 0 || chunks[last] === this.#chunks[last];
  }

  /** The object after a chunk; it is not to be changed. */
  after(index: number): Fields {
    if (index >= this.#newest.count - 1) return this.#newest.object;
    if (this.#last?.index === index) return this.#last.object;
    const assembly = new Assembly();
    const copies = Math.floor((index + 1) / stride);
    if (copies > 0) assembly.add(restored(this.#copies[copies - 1]));
    for (let at = copies * stride; at <= index; at++) assembly.add(this.#chunks[at]!.chunk);
    this.#last = { index, object: assembly.object };
    return assembly.object;
  }

  /** What `count` chunks from chunk `from` on added. */
  steps(from: number, count: number): readonly AssemblyStep[] {
    return this.#newest.steps(from, count);
  }
}

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const mapFields = (fields: Fields, change: (value: unknown) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, change(value)]));

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > mostPieced ? new Beginning(value) : value.map(copyOf);
  return isRecord(value) ? mapFields(value, copyOf) : value;
}

function restored(value: unknown): unknown {
  if (value instanceof Beginning) return value.items();
  if (Array.isArray(value)) return value.map(restored);
  return isRecord(value) ? mapFields(value, restored) : value;
}

const standingOfRun = new WeakMap<Chunks[number], Standing>();

/**
 * How the object of a step stood after each of the chunks that have come, or later ones: the logs of a replay share
 * their chunks with that of the run, and none is added up anew when time goes back.
 */
export function standingOf(log: RunLog, step: number): Standing {
  const { chunks } = log.rows(step);
  const [first] = chunks;
  const known = first && standingOfRun.get(first);
  const standing = known?.isOf(chunks) ? known : new Standing();
  standing.catchUp(chunks);
  if (first) standingOfRun.set(first, standing);
  return standing;
}
