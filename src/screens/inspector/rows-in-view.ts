import { firstPlace } from '../../core/inspect/body-bytes.ts';
import { within } from '../clamp.ts';

/** A list of `count` rows, or of those of them that are `shown`, and the one that is marked. */
export interface ListedRows {
  readonly count: number;
  readonly shown: readonly number[] | null;
  readonly selected: number | null;
  /** The row that is followed while none is marked. */
  readonly newest: number;
}

/** The row that is marked or followed; null where there is none. */
export function currentRow({ count, shown, selected, newest }: ListedRows): number | null {
  if (count > 0 && selected !== null) return within(selected, count - 1);
  if (!shown) return count > 0 ? newest : null;
  return shown[firstPlace(shown.length, (at) => shown[at]! > newest) - 1] ?? shown[0] ?? null;
}

/** The rows of a list that are in view, and the one that the detail speaks of. */
export interface RowsInView {
  readonly numbers: readonly number[];
  /** Null where there is nothing to speak of. */
  readonly current: number | null;
}

/** The window of `rows` rows around the one that is marked or followed. */
export function rowsInView(list: ListedRows, rows: number): RowsInView {
  const { count, shown } = list;
  const length = shown ? shown.length : count;
  const current = currentRow(list);
  const place = current === null || !shown ? current : firstPlace(length, (at) => shown[at]! >= current);
  const first = within((place ?? 0) - Math.floor(rows / 2), length - rows);
  const numbers = Array.from({ length: Math.max(0, Math.min(rows, length - first)) }, (_, at) =>
    shown ? shown[first + at]! : first + at,
  );
  return { numbers, current };
}
