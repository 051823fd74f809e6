import { firstPlace } from '../../core/inspect/body-bytes.ts';
import { within } from '../clamp.ts';

/** The rows of a list that are in view, and the one that the detail speaks of. */
export interface RowsInView {
  readonly numbers: readonly number[];
  /** Null where there is nothing to speak of. */
  readonly current: number | null;
}

/**
 * The window of `rows` rows around the marked one of `count`, or of those that are `shown`; with none marked, the
 * newest.
 */
export function rowsInView(
  count: number,
  shown: readonly number[] | null,
  selected: number | null,
  rows: number,
): RowsInView {
  const length = shown ? shown.length : count;
  const numberAt = (place: number) => (shown ? shown[place]! : place);
  const marked = selected === null ? null : within(selected, count - 1);
  const place = marked === null || !shown ? marked : firstPlace(length, (at) => shown[at]! >= marked);
  const from = place === null ? length - rows : place - Math.floor(rows / 2);
  const first = within(from, length - rows);
  const numbers = Array.from({ length: Math.max(0, Math.min(rows, length - first)) }, (_, at) =>
    numberAt(first + at),
  );
  return { numbers, current: marked !== null && count > 0 ? marked : (numbers.at(-1) ?? null) };
}
