import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimatePrompt, tokenPieces } from '../../../src/core/api/prompt-tokens.ts';
import { remember } from '../../../src/core/api/remember.ts';
import { countTokens } from '../../../src/core/api/tokens.ts';
import type { ChatBody } from '../../../src/core/run/request.ts';
import recorded from '../../fixtures/tokens.json' with { type: 'json' };

const estimate = (model: string, messages: unknown, more: object = {}) =>
  estimatePrompt({ model, messages, ...more } as unknown as ChatBody);

describe.each(['gpt-4o-mini', 'gpt-5-nano'] as const)('a prompt to %s', (model) => {
  test.each(recorded[model].cases)('$prompt_tokens tokens, as recorded', async (pair) => {
    expect((await estimate(model, pair.messages)).total).toBe(pair.prompt_tokens);
  });
});

test('a dated name is counted as its family', async () => {
  const [pair] = recorded['gpt-5-nano'].cases;
  expect((await estimate('gpt-5-nano-2025-08-07', pair!.messages)).total).toBe(pair!.prompt_tokens);
});

test('the parts are told apart, and add up', async () => {
  const parts = await estimate(
    'gpt-4o-mini',
    [
      { role: 'user', content: [{ type: 'text', text: 'Say hello.' }] },
      { role: 'user', content: '' },
    ],
    {
      tools: [{ type: 'function', function: { name: 'look' } }],
      response_format: { type: 'json_schema', json_schema: { name: 'a' } },
    },
  );
  const hello = 3 + 1 + 3;
  // 12 around the functions, 7 for one, and `look:`.
  expect(parts).toEqual({
    messages: [{ tokens: hello }, { tokens: 4 }],
    tools: 12 + 7 + 2,
    schema: await countTokens('{"name":"a"}'),
    frame: 3,
    total: hello + 4 + 21 + parts.schema + 3,
    isNear: false,
  });
});

test.each([
  ['gpt-5-2025-08-07', false],
  ['gpt-4', true],
  ['llama3', true],
])('for %s the count is only near: %s, since not every model cuts its tokens so', async (model, isNear) => {
  expect((await estimate(model, [])).isNear).toBe(isNear);
});

test('whatever a body holds, it is counted and never throws', async () => {
  const junk = fc.record(
    {
      messages: fc.jsonValue(),
      tools: fc.jsonValue(),
      response_format: fc.oneof(fc.jsonValue(), fc.record({ type: fc.constant('json_schema') })),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(junk, async ({ messages, ...more }) => {
      expect((await estimate('gpt-4o-mini', messages, more)).total).toBeGreaterThanOrEqual(3);
    }),
  );
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '\uFEFF',
    '\uFFFD',
    '🧑‍🚀 日本語',
    '\ud83d half',
    '𓀀𓀁',
    ' '.repeat(2100),
    '日'.repeat(2100),
  ),
);

test('the pieces of a text are its bytes and its characters, none lost', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const pieces = await tokenPieces(text);
      expect(Buffer.concat(pieces.map(({ bytes }) => bytes))).toEqual(Buffer.from(text.toWellFormed()));
      expect(pieces.map((piece) => piece.text).join('')).toBe(text.toWellFormed());
      expect(await countTokens(text)).toBe(pieces.length);
    }),
  );
});

test('what is counted while it is typed is what is counted at once', async () => {
  const unit = fc.constantFrom(...' \n\n/!1', 'word', 'To', ' and', "'s", '漢字', '👍🏽', '\ud83d', '  ');
  const change = fc.tuple(fc.nat(80), fc.nat(4), fc.string({ unit, maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit, maxLength: 40 }), fc.array(change), async (first, changes) => {
      let text = first;
      for (const [at, drop, put] of changes) {
        text = text.slice(0, at) + put + text.slice(at + drop);
        expect(await countTokens(text)).toBe((await tokenPieces(text)).length);
      }
    }),
  );
});

test('a token that ends inside a character has no text of its own', async () => {
  const pieces = await tokenPieces('a 🧑‍🚀');
  expect(pieces.map(({ text }) => text)).toContain('');
  expect(pieces.every(({ text }) => text.isWellFormed() && !text.includes('\uFFFD'))).toBe(true);
});

test('a text without a gap is counted in time that goes with its length', async () => {
  const exact = (await countTokens('日本語'.repeat(300))) * 200;
  expect(Math.abs((await countTokens('日本語'.repeat(60_000))) - exact)).toBeLessThan(400);
});

test('what is remembered is bounded by characters, the oldest going first', () => {
  const made: string[] = [];
  const length = remember((text) => made.push(text) && text.length, 6);
  for (const text of ['aa', 'bb', 'cc', 'aa', 'dd', 'aa', 'bb']) expect(length(text)).toBe(text.length);
  expect(made).toEqual(['aa', 'bb', 'cc', 'dd', 'bb']);
  for (const text of ['longer', 'longest', 'longest', 'aa']) expect(length(text)).toBe(text.length);
  expect(made.slice(5)).toEqual(['longer', 'longest', 'aa']);
});
