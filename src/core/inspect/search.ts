import type { StepRows } from '../run/log.ts';
import { type Sought, soughtBy } from './query.ts';

/** Events looked at in one go: what a long stream takes more is looked at in the next. */
const bite = 5000;

/** A search through the events of a step that answers while it goes on, also while the stream itself does. */
export class Search {
  readonly sought: Sought;
  readonly #hits: number[] = [];
  #seen = 0;

  constructor(query: string) {
    this.sought = soughtBy(query);
  }

  /**
   * The events found so far, by their numbers.
   *
   * @param count of how many events: after a step back in time there are fewer than have been looked at
   * @param shown among which of them; null: all
   */
  hits(count: number, shown: readonly number[] | null): readonly number[] {
    const hits = this.#hits;
    if (shown === null) return (hits.at(-1) ?? 0) < count ? hits : hits.filter((hit) => hit < count);
    let at = 0;
    return shown.filter((index) => {
      while (at < hits.length && hits[at]! < index) at++;
      return index < count && hits[at] === index;
    });
  }

  /** Looks at some more events. True once there are none left to look at. */
  go({ events }: StepRows): boolean {
    const end = Math.min(events.length, this.#seen + bite);
    for (; this.#seen < end; this.#seen++) {
      if (this.sought.isIn(events[this.#seen]!.data)) this.#hits.push(this.#seen);
    }
    return this.#seen >= events.length;
  }
}

/** The next hit behind an event, or before it if `by` is negative; round the end to the other side. */
export function nextHit(hits: readonly number[], from: number, by: 1 | -1): number | null {
  if (by > 0) return hits.find((hit) => hit > from) ?? hits[0] ?? null;
  return hits.findLast((hit) => hit < from) ?? hits.at(-1) ?? null;
}
