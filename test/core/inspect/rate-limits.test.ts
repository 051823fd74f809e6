import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rateLimits } from '../../../src/core/inspect/rate-limits.ts';
import type { HeaderList } from '../../../src/core/run/events.ts';

const requests = (limit: string, remaining: string, reset?: string): HeaderList => [
  ['x-ratelimit-limit-requests', limit],
  ['x-ratelimit-remaining-requests', remaining],
  ...(reset === undefined ? [] : [['x-ratelimit-reset-requests', reset] as const]),
];

test('the limits of an answer are read, requests before tokens', () => {
  const headers: HeaderList = [
    ['x-ratelimit-limit-tokens', '200000'],
    ['x-ratelimit-remaining-tokens', '199977'],
    ['x-ratelimit-reset-tokens', '6ms'],
    ...requests('10000', '9999', '8.64s'),
  ];
  expect(rateLimits(headers)).toEqual([
    { what: 'requests', limit: 10000, remaining: 9999, resetMs: 8640 },
    { what: 'tokens', limit: 200000, remaining: 199977, resetMs: 6 },
  ]);
});

test.each<[string, number | null]>([
  ['0s', 0],
  ['1s', 1000],
  ['12ms', 12],
  ['6m0s', 360_000],
  ['1m6.499s', 66_499],
  ['1h2m3.5s', 3_723_500],
  ['500µs', 0.5],
  [' 1s ', 1000],
  ['60', null],
  ['', null],
  ['soon', null],
  ['-1s', null],
  ['1s and more', null],
  ['1.2.3s', null],
])('it is whole again in %j', (reset, resetMs) => {
  const [limit] = rateLimits(requests('500', '499', reset));
  expect(limit?.remaining).toBe(499);
  if (resetMs === null) expect(limit?.resetMs).toBeNull();
  else expect(limit?.resetMs).toBeCloseTo(resetMs, 6);
});

test.each([
  ['500', ''],
  ['', '499'],
  ['500', '501'],
  ['0', '0'],
  ['-500', '-1'],
  ['500, 500', '499'],
  ['5e2', '499'],
  ['NaN', 'NaN'],
  ['9'.repeat(400), '1'],
])('a limit of %j with a rest of %j is none that a meter could show', (limit, remaining) => {
  expect(rateLimits(requests(limit, remaining, '1s'))).toEqual([]);
});

test('whatever the headers say, what is read can be shown', () => {
  const value = fc.oneof(fc.string(), fc.nat().map(String), fc.constantFrom('1h', '9e9s', 'Infinity'));
  fc.assert(
    fc.property(value, value, value, (limit, remaining, reset) => {
      for (const read of rateLimits(requests(limit, remaining, reset))) {
        expect(read.remaining / read.limit).toBeGreaterThanOrEqual(0);
        expect(read.remaining / read.limit).toBeLessThanOrEqual(1);
        expect(read.resetMs === null || Number.isFinite(read.resetMs)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
