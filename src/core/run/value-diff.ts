/** A place where two JSON values are not the same; undefined where one has nothing there. */
export interface ValueDifference {
  /** Such as `choices[0].message.content`. */
  readonly path: string;
  readonly first: unknown;
  readonly second: unknown;
}

/** Deeper than that two values are the same only if their JSON is. */
const deepest = 64;

/**
 * Where two JSON values differ, in the order of the first.
 *
 * @param isWhole says of a path that what stands there is taken as one value
 */
export function* valueDifferences(
  first: unknown,
  second: unknown,
  { path = '', depth = 0, isWhole = (_path: string): boolean => false } = {},
): Generator<ValueDifference> {
  if (Object.is(first, second)) return;
  const inner = (at: string) => ({ path: path + at, depth: depth + 1, isWhole });
  if (depth === deepest) {
    if (JSON.stringify(first) !== JSON.stringify(second)) yield { path, first, second };
  } else if (isWhole(path)) {
    if (!isSame(first, second)) yield { path, first, second };
  } else if (isRecord(first) && isRecord(second)) {
    for (const key of new Set([...Object.keys(first), ...Object.keys(second)])) {
      yield* valueDifferences(own(first, key), own(second, key), inner(path === '' ? key : `.${key}`));
    }
  } else if (Array.isArray(first) && Array.isArray(second)) {
    for (let at = 0; at < Math.max(first.length, second.length); at++) {
      yield* valueDifferences(first[at], second[at], inner(`[${at}]`));
    }
  } else yield { path, first, second };
}

export const isSame = (first: unknown, second: unknown): boolean =>
  valueDifferences(first, second).next().done === true;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (record: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(record, key) ? record[key] : undefined;
