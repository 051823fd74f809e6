import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineWidth, span } from '../../src/components/line.ts';
import { WrappedText, wrapParagraph, wrapText } from '../../src/components/wrap.ts';
import { visible } from '../../src/core/visible.ts';
import { shown, widest } from './shown.ts';

const pieces = fc.array(
  fc
    .string({
      unit: fc.oneof(
        fc.constantFrom(' ', '\n', '漢', '👩‍💻'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
    })
    .map(visible),
);

test('a paragraph breaks between words', () => {
  expect(shown(wrapParagraph('Each one carries only what is new.', 12))).toEqual([
    'Each one',
    'carries only',
    'what is new.',
  ]);
});

test('what stands between backticks is set as code, also in the middle of a word', () => {
  expect(wrapParagraph('its `delta`, no more', 40)).toEqual([
    [span('its '), span('delta', 'accent'), span(', no more')],
  ]);
});

test('code that breaks over two lines stays code', () => {
  expect(wrapParagraph('ask with `stream: true` now', 16)).toEqual([
    [span('ask with '), span('stream:', 'accent')],
    [span('true', 'accent'), span(' now')],
  ]);
});

test('a word longer than a line goes on in the next', () => {
  expect(shown(wrapParagraph('see platform.openai.com', 10))).toEqual(['see', 'platform.o', 'penai.com']);
});

test('a paragraph keeps all its words and no line is wider than asked for', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }).map(visible),
      fc.integer({ min: 2, max: 40 }),
      (text, width) => {
        const lines = wrapParagraph(text, width);
        expect(widest(lines)).toBeLessThanOrEqual(width);
        const bare = (all: string) => all.replace(/[ \n␊`]/g, '');
        expect(bare(shown(lines).join(''))).toBe(bare(text));
      },
    ),
  );
});

test.each([1, 0, -5])('a paragraph in %i cells ends all the same', (width) => {
  expect(shown(wrapParagraph('ab 漢', width)).join('')).toBe('ab漢');
});

test('a character wider than a line stands whole in one of its own', () => {
  const lines = ['a', '👍', '漢', '👍'];
  expect(shown(wrapText('a👍漢👍', 1))).toEqual(lines);
  expect(shown(wrapParagraph('a👍漢👍', 1))).toEqual(lines);
  expect(shown(wrapParagraph('ab`漢`', 3))).toEqual(['ab', '漢']);
});

test('an answer wraps at its spaces and keeps its line feeds', () => {
  expect(shown(wrapText('Roses are red,\n\nviolets are blue', 10))).toEqual([
    'Roses are',
    'red,',
    '',
    'violets',
    'are blue',
  ]);
});

test('an answer wraps the same however it is split into chunks', () => {
  fc.assert(
    fc.property(pieces, fc.integer({ min: 2, max: 20 }), (parts, width) => {
      const grown = new WrappedText(width);
      for (const part of parts) grown.append(part);
      expect(grown.window(0, grown.count)).toEqual(wrapText(parts.join(''), width));
    }),
  );
});

test('no line of an answer is wider than asked for, and only the spaces at breaks are left out', () => {
  fc.assert(
    fc.property(pieces, fc.integer({ min: 2, max: 20 }), (parts, width) => {
      const text = parts.join('');
      const lines = wrapText(text, width);
      for (const row of lines) expect(lineWidth(row)).toBeLessThanOrEqual(width);
      const bare = (all: string) => all.replace(/[ \n]/g, '');
      expect(bare(shown(lines).join(''))).toBe(bare(text));
      expect(lines.length).toBeGreaterThanOrEqual(text.split('\n').length);
    }),
  );
});

test('a window shows only the lines asked for', () => {
  const text = new WrappedText(3);
  text.append('a\nb\nc\nd');
  expect(shown(text.window(1, 2))).toEqual(['b', 'c']);
  expect(shown(text.window(3, 5))).toEqual(['d']);
  expect(text.window(9, 2)).toEqual([]);
});

test('a long text wraps in one go as it does in pieces', () => {
  for (const word of ['wörd ', '语言', 'a', '👩‍👩‍👧', 'e\u0301x ']) {
    const [whole, grown] = [new WrappedText(12), new WrappedText(12)];
    whole.append(word.repeat(400));
    for (let count = 0; count < 400; count++) grown.append(word);
    expect(whole.window(0, whole.count), word).toEqual(grown.window(0, grown.count));
  }
});
