import { expect, test } from 'vitest';
import { columns, groupSize, meter, placeLabels, roundTop } from '../../../src/core/inspect/plot.ts';

test('columns stand on the bottom row, and the least above nothing is seen', () => {
  expect(columns([0, 0.001, 1, 4, 8, 9], 8, 2)).toEqual(['    ██', ' ▁▂███']);
  expect(columns([], 8, 1)).toEqual(['']);
});

test('a meter is full only if all is there, and empty only if nothing is', () => {
  expect([0, 0.001, 0.5, 0.999, 1].map((share) => meter(share, 4))).toEqual([
    '░░░░',
    '▏░░░',
    '██░░',
    '███▉',
    '████',
  ]);
});

test('the top of an axis is a round number that holds what there is', () => {
  expect([0, 0.2, 1, 1.1, 51, 60, 61, 100, 101, 3094].map(roundTop)).toEqual([
    1, 1, 1, 1.5, 60, 60, 80, 100, 150, 4000,
  ]);
});

test('values share cells only where there is no room for each', () => {
  expect([0, 9, 10, 11, 21, 31, 41, 100_000].map((count) => groupSize(count, 10))).toEqual([
    1, 1, 1, 2, 3, 4, 6, 12_288,
  ]);
});

test('labels stand below their cells, make way for each other, and never leave the line', () => {
  const label = (text: string, cell: number) => ({ text, cell });
  expect(placeLabels([label('a', 0), label('bc', 5), label('end', 9)], 10)).toBe('a   bc end');
  expect(placeLabels([label('long', 1), label('too', 2), label('end', 9)], 12)).toBe('long too end');
  expect(placeLabels([label('#1', 0), label('#12', 9), label('#12345', 9)], 10)).toBe('#1 #12');
});
