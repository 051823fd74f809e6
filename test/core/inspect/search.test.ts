import { expect, test } from 'vitest';
import { nextHit, Search } from '../../../src/core/inspect/search.ts';
import type { RunEventOf } from '../../../src/core/run/events.ts';
import type { StepRows } from '../../../src/core/run/log.ts';

/** Events of which every third has an `x`. */
const rowsOf = (count: number): StepRows => {
  const events = Array.from({ length: count }, (_, index): RunEventOf<'event'> => {
    const data = index % 3 === 0 ? 'x' : 'o';
    return { type: 'event', at: 0, step: 0, index, start: index, end: index + 1, data };
  });
  return { reads: [], events, chunks: [], response: null };
};

test('hits are told of those events that are there and shown', () => {
  const search = new Search('x');
  search.go(rowsOf(12));
  expect(search.hits(12, null)).toEqual([0, 3, 6, 9]);
  expect(search.hits(9, null)).toEqual([0, 3, 6]);
  expect(search.hits(12, [1, 3, 4, 9, 11])).toEqual([3, 9]);
  expect(search.hits(9, [1, 3, 4, 9, 11])).toEqual([3]);
  expect(search.hits(0, null)).toEqual([]);
});

test('a long stream is looked through in several goes, one that grows from where it ended', () => {
  const search = new Search('x');
  expect(search.go(rowsOf(6000))).toBe(false);
  expect(search.go(rowsOf(6000))).toBe(true);
  expect(search.hits(6000, null)).toHaveLength(2000);
  search.go(rowsOf(6001));
  expect(search.hits(6001, null).at(-1)).toBe(6000);
});

test('the next hit lies behind, or before, and round the end on the other side', () => {
  expect([-1, 3, 4, 9].map((from) => nextHit([3, 6, 9], from, 1))).toEqual([3, 6, 6, 3]);
  expect([-1, 3, 4, 9].map((from) => nextHit([3, 6, 9], from, -1))).toEqual([9, 9, 3, 6]);
  expect(nextHit([], 3, 1)).toBeNull();
});
