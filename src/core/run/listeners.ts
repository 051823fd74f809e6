import type { Clock } from '../clock.ts';

/** Milliseconds between two notifications while changes come: 20 a second are read as one movement. */
export const frameMs = 1000 / 20;
/** The same while they pour in faster than anyone reads. */
export const floodFrameMs = 1000 / 7;

/** Those who want to hear of changes: of a flood of them at most once a frame, of an ending at once. */
export class Listeners {
  readonly #all = new Set<() => void>();
  readonly #clock: Clock;
  readonly #prepare: () => void;
  #cancel: (() => void) | null = null;
  #toldMs = Number.NEGATIVE_INFINITY;

  /** @param prepare is called before they are told */
  constructor(clock: Clock, prepare: () => void) {
    this.#clock = clock;
    this.#prepare = prepare;
  }

  get count(): number {
    return this.#all.size;
  }

  /** The returned function takes the listener away again. */
  add(listener: () => void): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }

  /** @param pauseMs how long to wait at least from the last time to the next */
  tellSoon(pauseMs = frameMs): void {
    if (this.#cancel || this.#all.size === 0) return;
    const wait = Math.max(0, this.#toldMs + pauseMs - this.#clock.now());
    this.#cancel = this.#clock.after(wait, () => this.tellNow());
  }

  tellNow(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#toldMs = this.#clock.now();
    this.#prepare();
    for (const listener of this.#all) listener();
  }
}
