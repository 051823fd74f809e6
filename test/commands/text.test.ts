import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { FlowingText, table, wrap } from '../../src/commands/text.ts';

const words = fc.array(
  fc.string({ unit: fc.constantFrom('a', 'b', 'é', '漢'), minLength: 1, maxLength: 8 }),
  {
    minLength: 1,
  },
);

test('wrapped text loses no word and fits its width', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 16, max: 60 }), (list, width) => {
      const lines = wrap(list.join(' '), width);
      expect(lines.join(' ').split(' ')).toEqual(list);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});

test.each([
  ['spaces stay, but for the one at a break', 'one  two   three ', ['one  two', 'three ']],
  [
    'a word that is too long stays whole',
    `a ${'x'.repeat(99)} ${'漢'.repeat(50)} b`,
    ['a', 'x'.repeat(99), '漢'.repeat(50), 'b'],
  ],
  ['empty lines stay', '\na\n\n', ['', 'a', '', '']],
])('in wrapped text %s', (_, text, lines) => {
  expect(wrap(text, 8)).toEqual(lines);
});

function flow(pieces: readonly string[], margin: number, width: number): string {
  let out = ' '.repeat(margin);
  const text = new FlowingText(
    (piece) => {
      out += piece;
    },
    margin,
    width,
  );
  for (const piece of pieces) text.write(piece);
  return out;
}

test('an answer that grows piece by piece keeps its words and the width', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 30, max: 60 }), (list, width) => {
      const out = flow(
        list.map((word, index) => (index === 0 ? word : ` ${word}`)),
        4,
        width,
      );
      expect(out.split(/\s+/).filter(Boolean)).toEqual(list);
      for (const line of out.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});

test('a mark that comes after its word stays with it, and empty lines stay empty', () => {
  expect(flow(['Twelve', ' letters', ' here', ':', '\n\n', 'then', ' more', ' words'], 2, 24)).toBe(
    '  Twelve letters\n  here:\n\n  then more words',
  );
});

test('a table keeps its columns, numbers to the right, and wraps the last one', () => {
  const content = {
    head: ['#', 'text'],
    rows: [
      ['9', 'one two three'],
      ['10', 'x'],
    ],
  };
  expect(table(content, 12, [0])).toBe(
    [' #  text', '──  ────────', ' 9  one two', '    three', '10  x'].join('\n'),
  );
});
