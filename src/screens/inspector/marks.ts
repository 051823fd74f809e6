import { within } from '../clamp.ts';
import type { TabName } from './tab.ts';

/** What the rows of a tab are. */
export type Listed = 'events' | 'request' | 'response' | 'diff';

export function listedIn(tab: TabName): Listed {
  return tab === 'request' || tab === 'response' || tab === 'diff' ? tab : 'events';
}

/** What is marked, by what the tabs list: events in most of them, headers and differences in the others. */
export type Marks = Readonly<Partial<Record<Listed, number | null>>>;

/** A list through which a mark goes. */
export interface MarkedList {
  readonly listed: Listed;
  /** How many rows it has. */
  readonly count: number;
  /** The rows of it that a filter leaves; null: all of them. */
  readonly shown: readonly number[] | null;
}

/** Where a mark comes to that goes on by so many rows. */
export function movedMark(mark: number | null, by: number, { listed, count, shown }: MarkedList) {
  const last = count - 1;
  if (!shown) {
    // Events are followed from their end, what else is listed is read from its beginning.
    const unmarked = listed === 'events' ? last + (by < 0 ? 1 : 0) : -1;
    return within((mark ?? unmarked) + by, last);
  }
  const at = mark === null ? shown.length : shown.findIndex((index) => index >= mark);
  return shown[within((at < 0 ? shown.length : at) + by, shown.length - 1)] ?? null;
}
