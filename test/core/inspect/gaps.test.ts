import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binOf, binStartsMs, Gaps, gapsOf } from '../../../src/core/inspect/gaps.ts';
import type { RunEventOf } from '../../../src/core/run/events.ts';
import { chunk, helloRun, helloWords, logOf, runStart } from '../../helpers/logs.ts';

const chunksAt = (...times: readonly number[]) =>
  times.map((at, index) => chunk(index, at, 'a') as RunEventOf<'chunk'>);

/** Chunks with these gaps between them. */
const withGaps = (...gaps: readonly number[]) =>
  new Gaps(chunksAt(...[0, ...gaps].map((_, at) => gaps.slice(0, at).reduce((sum, ms) => sum + ms, 0))));

test('the gaps of a stream have a median, a 95th percentile and a longest', () => {
  const gaps = gapsOf(logOf(helloRun), 0);
  expect([gaps.count, gaps.medianMs, gaps.p95Ms]).toEqual([4, 38.5, 51]);
  expect(gaps.longest).toEqual(
    [39, 51, 38, 1].map((ms, at) => ({ index: at + 1, ms })).sort((a, b) => b.ms - a.ms),
  );
  expect([0, 1, 2, 4, 5].map((index) => gaps.before(index))).toEqual([null, 39, 51, 1, null]);
  expect(withGaps(...Array.from({ length: 100 }, (_, at) => at + 1)).p95Ms).toBe(95);
});

test('without two chunks there is nothing to say of gaps', () => {
  for (const gaps of [new Gaps([]), new Gaps(chunksAt(5)), gapsOf(logOf([]), 0)]) {
    expect([gaps.count, gaps.medianMs, gaps.p95Ms, gaps.stallMs, gaps.stalls]).toEqual([
      0,
      null,
      null,
      null,
      0,
    ]);
    expect(gaps.series(10)).toEqual({ values: [], size: 1 });
  }
});

test('a stall is longer than ten times the median of the others, and than 250 ms', () => {
  expect([withGaps(20, 20, 20, 250).stallMs, withGaps(20, 20, 20, 250).stalls]).toEqual([250, 0]);
  expect(withGaps(20, 20, 20, 251).stalls).toBe(1);
  expect([withGaps(40, 40, 40, 400).stallMs, withGaps(40, 40, 40, 400).stalls]).toEqual([400, 0]);
  expect(withGaps(40, 401, 40, 900, 40, 40).stalls).toBe(2);
  // Of two gaps the longer one would else be half of its own measure.
  expect(withGaps(39, 5000).stalls).toBe(1);
  expect(withGaps(5000).stalls).toBe(0);
});

test('the histogram counts each gap in one bin', () => {
  expect([0, 0.9, 1, 4.999, 5, 499, 10_000, 90_000].map((ms) => binStartsMs[binOf(ms)])).toEqual([
    0, 0, 1, 2, 5, 200, 10_000, 10_000,
  ]);
  expect(withGaps(0, 0.5, 20, 49, 50, 12_000).bins).toEqual([2, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 1]);
});

test('text adds up over chunks and over time', () => {
  const gaps = gapsOf(logOf(helloRun), 0);
  expect([0, 1, 2, 3, 4, 9].map((index) => gaps.textsUpTo(index))).toEqual([0, 1, 2, 3, 3, 3]);
  expect([0, 550, 551, 601, 700].map((ms) => gaps.textsAt(ms))).toEqual([0, 0, 1, 1, 3]);
});

test('while a run goes on, what came since is taken in', () => {
  const log = logOf(helloWords);
  expect(gapsOf(log, 0).medianMs).toBe(45);
  for (const event of helloRun.slice(helloWords.length)) log.append(event);
  expect(gapsOf(log, 0).medianMs).toBe(38.5);
});

test('a step looked at before it began is not mistaken for an empty one', () => {
  const log = logOf([runStart('3b')]);
  expect(gapsOf(log, 0).count).toBe(0);
  for (const event of helloRun.slice(1)) log.append(event);
  expect(gapsOf(log, 0).count).toBe(4);
});

test('however it is fed, it says what sorting all gaps says', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      sizes,
      fc.integer({ min: 1, max: 90 }),
      fc.infiniteStream(fc.nat(3000)),
      (parts, cells, random) => {
        let at = 0;
        const chunks: RunEventOf<'chunk'>[] = [];
        const gaps = new Gaps(chunks);
        for (const size of parts) {
          for (let more = 0; more < size; more++) {
            at += random.next().value;
            chunks.push(...chunksAt(at));
          }
          gaps.catchUp();
        }
        const all = chunks.slice(1).map((each, index) => each.at - chunks[index]!.at);
        const sorted = all.toSorted((a, b) => a - b);
        expect(gaps.count).toBe(all.length);
        expect(gaps.p95Ms).toBe(sorted[Math.ceil(all.length * 0.95) - 1] ?? null);
        const middle = [sorted[(all.length - 1) >> 1]!, sorted[all.length >> 1]!];
        expect(gaps.medianMs).toBe(all.length === 0 ? null : (middle[0]! + middle[1]!) / 2);
        expect(gaps.stalls).toBe(all.filter((ms) => gaps.stallMs !== null && ms > gaps.stallMs).length);
        expect(gaps.longest.map(({ ms }) => ms)).toEqual(sorted.toReversed().slice(0, 8));
        const { values, size } = gaps.series(cells);
        expect(values).toEqual(
          Array.from({ length: Math.ceil(all.length / size) }, (_, cell) =>
            Math.max(...all.slice(cell * size, (cell + 1) * size)),
          ),
        );
        expect(values.length).toBeLessThanOrEqual(cells);
        expect(size === 1 || values.length >= cells / 2).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});
