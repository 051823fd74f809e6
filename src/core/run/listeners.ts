import type { Clock } from '../clock.ts';

/** Milliseconds between two notifications while changes pour in: 20 a second are read as one movement. */
export const frameMs = 1000 / 20;

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

  tellSoon(): void {
    if (this.#cancel || this.#all.size === 0) return;
    const wait = Math.max(0, this.#toldMs + frameMs - this.#clock.now());
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
