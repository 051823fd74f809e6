import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beside,
  blank,
  cellWidth,
  clip,
  clipMiddle,
  clipStart,
  cutText,
  fitLine,
  fitRows,
  line,
  lineWidth,
  padEnd,
  padStart,
  span,
  spread,
  within,
} from '../../src/components/line.ts';
import { visible } from '../../src/core/visible.ts';
import { shown } from './shown.ts';

const safeText = fc.string({ unit: 'binary' }).map(visible);
const anyLine = fc.array(safeText.map((text) => span(text)));

test.each([
  ['Hello', 5],
  ['漢字', 4],
  ['👍🏽', 2],
  ['👩‍💻', 2],
  ['e\u0301', 1],
  ['', 0],
])('%s takes %i cells', (text, cells) => {
  expect(cellWidth(text)).toBe(cells);
});

test('a cut never leaves half of a character', () => {
  expect(cutText('漢字', 3)).toBe('漢');
  expect(cutText('ab👩‍💻c', 3)).toBe('ab');
  expect(cutText('ne\u0301e', 2)).toBe('ne\u0301');
  expect(cutText('abc', -1)).toBe('');
});

test('a clipped text says that something is missing', () => {
  expect(clip('finish_reason', 13)).toBe('finish_reason');
  expect(clip('finish_reason', 8)).toBe('finish_…');
  expect(clip('漢字漢字', 4)).toBe('漢…');
  expect(clip('abc', 0)).toBe('');
});

test('a padded text fills its cells, wide characters or not', () => {
  expect(padEnd('漢', 4)).toBe('漢  ');
  expect(padStart('38 ms', 8)).toBe('   38 ms');
  expect(padEnd('longer', 3)).toBe('longer');
});

test('where its end matters, a text is clipped in the middle', () => {
  expect(clipMiddle('run.jsonl › 2 of 2', 18)).toBe('run.jsonl › 2 of 2');
  expect(clipMiddle('run.jsonl › 2 of 2', 12)).toBe('run.… 2 of 2');
  expect(clipMiddle('漢字漢字', 6)).toBe('漢…字');
  expect(clipMiddle('abc', 1)).toBe('…');
  expect(clipMiddle('abc', 0)).toBe('');
});

test('a line is clipped across its spans, and each keeps its style', () => {
  expect(fitLine([span('abc', 'strong'), span('defg', 'ok')], 5)).toEqual([
    span('abc', 'strong'),
    span('d', 'ok'),
    span('…', 'muted'),
    span(''),
  ]);
});

test('a fitted line has exactly the width, whatever is in it', () => {
  fc.assert(
    fc.property(anyLine, fc.integer({ min: 0, max: 60 }), (spans, width) => {
      expect(lineWidth(fitLine(spans, width))).toBe(width);
    }),
  );
});

test('no text clipped to a width is wider', () => {
  fc.assert(
    fc.property(safeText, fc.integer({ min: 0, max: 30 }), (text, width) => {
      expect(cellWidth(clip(text, width))).toBeLessThanOrEqual(width);
      expect(cellWidth(clipMiddle(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});

test('a line that is too long only by its spaces loses nothing', () => {
  expect(within([span('a', 'ok'), span('bc   ')], 3)).toEqual([span('a', 'ok'), span('bc')]);
  expect(shown([within([span('a'), span('bcd')], 3)])).toEqual(['ab…']);
  expect(within(line('abc '), 4)).toEqual(line('abc '));
});

test('two ends stand at their ends, and the right one gives way last', () => {
  expect(shown([spread(line('left'), line('right'), 12)])).toEqual(['left   right']);
  expect(shown([spread(line('a long left'), line('right'), 12)])).toEqual(['a lon… right']);
  expect(shown([spread(line('left'), line('right'), 4)])).toEqual(['rig…']);
  fc.assert(
    fc.property(anyLine, anyLine, fc.integer({ min: 0, max: 60 }), (left, right, width) => {
      expect(lineWidth(spread(left, right, width))).toBe(width);
    }),
  );
});

test('columns of unequal length stand side by side', () => {
  const rows = beside([line('a'), line('too long')], 4, span('│'), [line('x'), line('y'), line('z')]);
  expect(shown(rows)).toEqual(['a   │x', 'too…│y', '    │z']);
});

test('rows are cut or filled to the number asked for', () => {
  expect(fitRows([line('a'), line('b'), line('c')], 2)).toEqual([line('a'), line('b')]);
  expect(fitRows([line('a')], 3)).toEqual([line('a'), blank, blank]);
  expect(fitRows([line('a')], -1)).toEqual([]);
});

test('a line feed in a server’s word does not become a second row', () => {
  expect(shown([line('stop\nstop')])).toEqual(['stop␊stop']);
});

test('of a text cut at its beginning the end is kept, in whole characters', () => {
  const cut = (text: string) => [9, 4, 2, 1, 0].map((width) => clipStart(text, width));
  expect(cut('abcd')).toEqual(['abcd', 'abcd', '…d', '…', '']);
  expect(cut('a漢字')).toEqual(['a漢字', '…字', '…', '…', '']);
  fc.assert(
    fc.property(safeText, fc.nat(20), (text, width) => {
      expect(cellWidth(clipStart(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});
