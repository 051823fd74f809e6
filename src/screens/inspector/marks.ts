import { firstPlace } from '../../core/inspect/body-bytes.ts';
import { within } from '../clamp.ts';
import { currentRow, type ListedRows } from './rows-in-view.ts';
import type { TabName } from './tab.ts';

/** What the rows of a tab are. */
export type Listed = 'events' | 'request' | 'response' | 'diff';

export function listedIn(tab: TabName): Listed {
  return tab === 'request' || tab === 'response' || tab === 'diff' ? tab : 'events';
}

/** What is marked, by what the tabs list: events in most of them, headers and differences in the others. */
export type Marks = Readonly<Partial<Record<Listed, number | null>>>;

/** The row that is looked at before any is marked: of the differences the first, of headers none. */
const unmarked = { request: -1, response: -1, diff: 0 } as const;

/** Where the mark of a list that is read from its beginning comes to, by so many rows further. */
export const movedDown = (
  mark: number | null,
  by: number,
  listed: Exclude<Listed, 'events'>,
  count: number,
) => within((mark ?? unmarked[listed]) + by, count - 1);

/** The same among events: from the one that is marked or followed, through those that are shown. */
export function movedAmong(list: ListedRows, by: number): number | null {
  const { count, shown } = list;
  const current = currentRow(list);
  if (current === null || !shown) return current === null ? null : within(current + by, count - 1);
  const place = firstPlace(shown.length, (at) => shown[at]! >= current);
  return shown[within(place + by, shown.length - 1)] ?? null;
}
