import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countPrompt, loadTokenizer } from '../../../src/core/practice/tokens.ts';
import recorded from '../../fixtures/tokens.json' with { type: 'json' };

const tokenizer = await loadTokenizer();

test.each(recorded['gpt-4o-mini'].cases)('$prompt_tokens prompt tokens, as recorded', (pair) => {
  expect(countPrompt(tokenizer, pair.messages)).toBe(pair.prompt_tokens);
});

test('a name costs its own tokens and one more', () => {
  const [plain, named] = [undefined, 'Ada'].map((name) =>
    countPrompt(tokenizer, [{ role: 'user', content: 'Hi', name }]),
  );
  expect(named).toBe(plain! + tokenizer.count('Ada') + 1);
});

test('text that looks like a control token is counted as text', () => {
  expect(tokenizer.count('<|endoftext|>')).toBe(7);
  expect(tokenizer.count('<|im_start|>')).toBeGreaterThan(1);
});

test('the pieces of any text joined are the text, and none is empty or half a character', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('\uFEFF', 'a\uFEFFb', '𓀀𓀁', '\uFFFD', '🧑‍🚀 日本語', '\ud83d half'),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      const pieces = tokenizer.pieces(text);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text.toWellFormed());
      expect(pieces.reduce((sum, piece) => sum + piece.tokens, 0)).toBe(tokenizer.count(text.toWellFormed()));
      expect(pieces.every((piece) => piece.text !== '' && piece.text.isWellFormed())).toBe(true);
    }),
  );
});
