import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countPrompt } from '../../../src/core/practice/model/count.ts';
import { endOfText, loadTokenizer, speaker } from '../../../src/core/practice/model/tokens.ts';
import recorded from '../../fixtures/tokens.json' with { type: 'json' };

const tokenizer = await loadTokenizer();

const framings = { 'gpt-4o-mini': 'chatml', 'gpt-5-nano': 'harmony' } as const;

describe.each(Object.entries(framings))('a prompt to %s', (model, framing) => {
  test.each(recorded[model as keyof typeof framings].cases)('$prompt_tokens tokens, as recorded', (pair) => {
    expect(countPrompt(tokenizer, framing, pair)).toBe(pair.prompt_tokens);
  });
});

test('a name costs its own tokens and one more', () => {
  const [plain, named] = [undefined, 'Ada'].map((name) =>
    countPrompt(tokenizer, 'chatml', { messages: [{ role: 'user', content: 'Hi', ...(name && { name }) }] }),
  );
  expect(named).toBe(plain! + tokenizer.count('Ada') + 1);
});

test('text that looks like a control token is counted as text', () => {
  expect(tokenizer.count('<|endoftext|>')).toBe(7);
  expect(tokenizer.count('<|im_start|>')).toBeGreaterThan(1);
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('\uFEFF', 'a\uFEFFb', '𓀀𓀁', '\uFFFD', '🧑‍🚀 日本語', '\ud83d half'),
);

test('any text said token by token comes out whole, and never half a character', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { say, end } = speaker(tokenizer);
      const said = tokenizer.encode(text).map(say);
      expect(said.join('') + end()).toBe(text.toWellFormed());
      expect(said.every((piece) => piece.isWellFormed())).toBe(true);
    }),
  );
});

test('a token has the bytes of its text', () => {
  const bytes = tokenizer.encode('Grüße 🧑‍🚀').flatMap((id) => [...tokenizer.bytes(id)]);
  expect(Buffer.from(bytes).toString('utf8')).toBe('Grüße 🧑‍🚀');
  expect(tokenizer.bytes(endOfText)).toHaveLength(0);
});

test('a word without an end takes time by its length, and is counted but for the seams', () => {
  const letters = 'abcdefghij'.repeat(40_000);
  const exact = tokenizer.count('abcdefghij'.repeat(100)) * 400;
  expect(Math.abs(tokenizer.count(letters) - exact)).toBeLessThan(800);
});
