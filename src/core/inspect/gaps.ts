import { readingOf } from '../run/chunk-in-bytes.ts';
import type { RunEventOf } from '../run/events.ts';
import { firstOf } from '../run/reading.ts';
import { firstPlace } from './body-bytes.ts';
import { perStep } from './per-step.ts';
import { groupSize } from './plot.ts';
import { SortedValues } from './sorted-values.ts';

/** Where the bins of the histogram begin, in milliseconds; the last has no end. */
export const binStartsMs = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;

/** A gap is a stall if it is longer than so many times the median of the others, and than `leastStallMs`. */
export const stallFactor = 10;
export const leastStallMs = 250;

/** A gap, by the chunk that ended it. */
export interface Gap {
  readonly index: number;
  readonly ms: number;
}

/** How many of the longest gaps are kept by name. */
const namedGaps = 8;

/** The gaps between the chunks of one step. Each chunk is looked at once, however often their statistics are asked for. */
export class Gaps {
  readonly chunks: readonly RunEventOf<'chunk'>[];
  readonly #sorted = new SortedValues();
  readonly #bins: number[] = binStartsMs.map(() => 0);
  /** Level k holds the longest of each 2^k gaps, so that a plot of any length never looks at them all. */
  readonly #longestOf: number[][] = [];
  /** For each chunk, how many chunks with text there were up to it. */
  readonly #texts: number[] = [];
  #longest: readonly Gap[] = [];

  constructor(chunks: readonly RunEventOf<'chunk'>[]) {
    this.chunks = chunks;
    this.catchUp();
  }

  /** Takes in the chunks that came since. */
  catchUp(): void {
    const fresh: number[] = [];
    for (let index = this.#texts.length; index < this.chunks.length; index++) {
      const { content } = firstOf(readingOf(this.chunks[index]!));
      this.#texts.push((this.#texts[index - 1] ?? 0) + (content ? 1 : 0));
      const ms = this.before(index);
      if (ms === null) continue;
      fresh.push(ms);
      this.#bins[binOf(ms)]!++;
      this.#addToLevels(index - 1, ms);
      this.#addToLongest({ index, ms });
    }
    this.#sorted.addMany(fresh);
  }

  /** How many gaps there are: one less than chunks. */
  get count(): number {
    return this.#sorted.size;
  }

  /** Milliseconds between a chunk and the one before it; null for the first. */
  before(index: number): number | null {
    const chunk = this.chunks[index];
    const previous = this.chunks[index - 1];
    return chunk && previous ? Math.max(0, chunk.at - previous.at) : null;
  }

  /** The middle one, or the mean of the two in the middle; null without gaps. */
  get medianMs(): number | null {
    return this.#medianOf(this.count);
  }

  /** The least that 95 of 100 gaps do not exceed (nearest rank); null without gaps. */
  get p95Ms(): number | null {
    return this.#sorted.at(Math.ceil(this.count * 0.95) - 1) ?? null;
  }

  /** The longest ones, the longest first. */
  get longest(): readonly Gap[] {
    return this.#longest;
  }

  /** A gap that is longer than this is a stall; null where there is nothing to compare with. */
  get stallMs(): number | null {
    // Of the others: what is long enough to be asked about is among the longer half, whichever it is.
    const median = this.#medianOf(this.count - 1);
    return median === null ? null : Math.max(leastStallMs, stallFactor * median);
  }

  /** How many gaps are stalls. */
  get stalls(): number {
    return this.stallMs === null ? 0 : this.#sorted.countAbove(this.stallMs);
  }

  /** How many gaps there are in each bin. */
  get bins(): readonly number[] {
    return this.#bins;
  }

  /** The gaps in at most `cells` values: the longest of each `size` that follow one another, so that none is lost. */
  series(cells: number): { readonly values: readonly number[]; readonly size: number } {
    const size = groupSize(this.count, cells);
    const isHalf = Number.isInteger(Math.log2(size / 3));
    const parts = isHalf ? 3 : 1;
    const level = this.#longestOf[Math.log2(size / parts)] ?? [];
    const values = Array.from({ length: Math.ceil(level.length / parts) }, (_, cell) =>
      Math.max(...level.slice(cell * parts, (cell + 1) * parts)),
    );
    return { values, size };
  }

  /** How many chunks with text there were up to a chunk, itself included. */
  textsUpTo(index: number): number {
    return this.#texts[Math.min(index, this.#texts.length - 1)] ?? 0;
  }

  /** How many chunks with text had come by so many milliseconds since the run began. */
  textsAt(ms: number): number {
    return this.textsUpTo(firstPlace(this.#texts.length, (index) => this.chunks[index]!.at > ms) - 1);
  }

  /** The chunk that brought the so-manieth text, from 1; the number of chunks where there were not so many. */
  chunkOfText(count: number): number {
    return firstPlace(this.#texts.length, (index) => this.#texts[index]! >= count);
  }

  #medianOf(count: number): number | null {
    if (count < 1) return null;
    const low = this.#sorted.at(Math.ceil(count / 2) - 1)!;
    const high = this.#sorted.at(Math.floor(count / 2))!;
    return (low + high) / 2;
  }

  #addToLevels(place: number, ms: number): void {
    for (let level = 0, at = place; ; level++, at >>= 1) {
      const below = this.#longestOf[level - 1];
      if (below?.length === 1) return;
      this.#longestOf[level] ??= below ? [below[0]!] : [];
      const values = this.#longestOf[level]!;
      values[at] = Math.max(values[at] ?? 0, ms);
    }
  }

  #addToLongest(gap: Gap): void {
    if (this.#longest.length === namedGaps && gap.ms <= this.#longest.at(-1)!.ms) return;
    this.#longest = [...this.#longest, gap].sort((a, b) => b.ms - a.ms).slice(0, namedGaps);
  }
}

/** The bin of the histogram that a gap falls into. */
export const binOf = (ms: number): number => binStartsMs.findLastIndex((start) => ms >= start);

/** The gaps of a step as far as it has come. */
export const gapsOf = perStep((known: Gaps | undefined, log, step) => {
  const { chunks } = log.rows(step);
  // A step that has not begun has no list of its own yet.
  const gaps = known?.chunks === chunks ? known : new Gaps(chunks);
  gaps.catchUp();
  return gaps;
});
