import { type EventKind, eventKinds, eventsOfKind } from '../../core/inspect/kinds.ts';
import { nextHit, Search } from '../../core/inspect/search.ts';
import type { StepRows } from '../../core/run/log.ts';

/** What is looked for among the events of a request: those of a kind, and those that have something in them. */
export class Finding {
  filter: EventKind | null = null;
  search: Search | null = null;

  /** The events that the filter leaves; null: all of them. */
  shown(rows: StepRows): readonly number[] | null {
    return this.filter ? eventsOfKind(rows, this.filter) : null;
  }

  /** The next kind, all behind the last; kinds of which there are none are passed over. */
  turnFilter(rows: StepRows): void {
    const kinds = eventKinds.filter((kind) => eventsOfKind(rows, kind).length > 0);
    const at = this.filter === null ? -1 : kinds.indexOf(this.filter);
    this.filter = kinds[at + 1] ?? null;
  }

  /**
   * Searches in bites, so that a long stream does not hold up the keys.
   *
   * @param rowsNow gives what there is to look at
   * @param onBite is called behind each bite
   * @returns whether it was this search to the end, and no other one by then
   */
  async look(query: string, rowsNow: () => StepRows, onBite: () => void): Promise<boolean> {
    const search = new Search(query);
    this.search = search;
    while (search === this.search) {
      const isDone = search.go(rowsNow());
      onBite();
      if (isDone) return true;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return false;
  }

  /** What was found of the events that are listed, those too that have come since. */
  hits(rows: StepRows): readonly number[] {
    this.search?.go(rows);
    return this.search?.hits(rows.events.length, this.shown(rows)) ?? [];
  }

  /** The next of them behind an event, or before it; null where there is none. */
  hit(rows: StepRows, from: number, by: 1 | -1): number | null {
    return nextHit(this.hits(rows), from, by);
  }

  forget(): void {
    this.filter = null;
    this.search = null;
  }
}
