import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withFound } from '../../src/components/found.ts';
import { soughtBy } from '../../src/core/inspect/query.ts';

const textOf = (spans: readonly { text: string }[]) => spans.map(({ text }) => text).join('');

test('what is sought is marked wherever it stands, also over several spans, capitals aside', () => {
  const spans = [
    { text: '"content"', style: 'name' },
    { text: ': ', style: 'muted' },
    { text: '"Content and discontent"', style: 'string' },
  ] as const;
  expect(withFound(spans, soughtBy('CONTENT').text)).toEqual([
    { text: '"', style: 'name' },
    { text: 'content', style: 'found' },
    { text: '"', style: 'name' },
    { text: ': ', style: 'muted' },
    { text: '"', style: 'string' },
    { text: 'Content', style: 'found' },
    { text: ' and dis', style: 'string' },
    { text: 'content', style: 'found' },
    { text: '"', style: 'string' },
  ]);
  expect(withFound(spans, soughtBy('": "').text).filter(({ style }) => style === 'found')).toEqual([
    { text: '"', style: 'found' },
    { text: ': ', style: 'found' },
    { text: '"', style: 'found' },
  ]);
  expect(withFound(spans, null)).toBe(spans);
  expect(withFound(spans, soughtBy('zebra').text)).toBe(spans);
});

test('a character of several code points is marked whole: half of it takes other cells', () => {
  const marked = withFound([{ text: 'ab 👩‍💻 zz 👍🏽', style: 'string' }], soughtBy('👩').text);
  expect(marked).toEqual([
    { text: 'ab ', style: 'string' },
    { text: '👩‍💻', style: 'found' },
    { text: ' zz 👍🏽', style: 'string' },
  ]);
});

test('whatever is sought, no text is lost, and what is marked is what is sought', () => {
  const piece = fc.string({
    unit: fc.constantFrom('a', 'b', 'é', '😀', '.', '(', '\\', '$'),
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), piece, (texts, query) => {
      const spans = texts.map((text) => ({ text, style: 'text' as const }));
      const { text: sought } = soughtBy(query);
      fc.pre(sought !== null);
      const marked = withFound(spans, sought);
      expect(textOf(marked)).toBe(texts.join(''));
      const found = textOf(marked.filter(({ style }) => style === 'found'));
      expect(found).toBe(query.repeat(texts.join('').split(query).length - 1));
    }),
  );
});
