import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainData } from '../../../src/core/inspect/explain-event.ts';
import { meaningOf } from '../../../src/core/lessons/field-meanings.ts';

const chunkMeaning = (path: string) => meaningOf(path, 'chat.completion.chunk');

test('the keys of a chunk are laid flat in their order, each with its meaning', () => {
  const chunk = {
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content: 'Hi\n' }, finish_reason: null }],
    x_vendor: 1,
  };
  expect(explainData(JSON.stringify(chunk))).toEqual([
    {
      key: 'object',
      path: 'object',
      value: "'chat.completion.chunk'",
      meaning: 'What kind of object this is. A piece of a stream is a `chat.completion.chunk`.',
    },
    { key: 'choices[0]', path: 'choices[0]', value: '', meaning: 'A piece of one answer.' },
    { key: 'index', path: 'choices[0].index', value: '0', meaning: chunkMeaning('choices[0].index') },
    { key: 'delta', path: 'choices[0].delta', value: '', meaning: chunkMeaning('choices[0].delta') },
    {
      key: 'content',
      path: 'choices[0].delta.content',
      value: "'Hi\\n'",
      meaning: 'The next piece of the text, often one token. Empty at first.',
    },
    {
      key: 'finish_reason',
      path: 'choices[0].finish_reason',
      value: 'null',
      meaning: chunkMeaning('choices[0].finish_reason'),
    },
    { key: 'x_vendor', path: 'x_vendor', value: '1', meaning: null },
  ]);
});

test('an event that does not say what it is, or not the truth, is told by what it holds', () => {
  const meaningsIn = (event: object) => explainData(JSON.stringify(event)).map(({ meaning }) => meaning);
  const index = chunkMeaning('choices[0].index');
  expect(meaningsIn({ choices: [{ index: 0, delta: {} }] })).toContain(index);
  expect(meaningsIn({ choices: [{ index: 0, delta: {} }], object: 'chat.completion' })).toContain(index);
  expect(meaningsIn({ choices: [{ index: 0, message: {} }], object: 'chat.completion' })).toContain(
    meaningOf('choices[0].index', 'chat.completion'),
  );
  expect(meaningsIn({ error: { message: 'x', param: null } })).toContain(meaningOf('error.param'));
  expect(meaningsIn({ message: 'x', type: 'server_error' })).toEqual([
    meaningOf('error.message'),
    meaningOf('error.type'),
  ]);
});

test('what is no JSON, or no object, is one row that says so', () => {
  expect(explainData('[DONE]')).toMatchObject([
    { key: '[DONE]', meaning: expect.stringContaining('end of the stream') },
  ]);
  expect(explainData('{"id": \u001b[2J')).toMatchObject([
    { key: '(no JSON)', value: '\'{"id": \\x1b[2J\'', meaning: expect.stringContaining('SyntaxError') },
  ]);
  expect(explainData('"[DONE]"')).toMatchObject([
    { key: '(no object)', value: "'[DONE]'", meaning: expect.stringContaining('no object') },
  ]);
});

test('an event with very many keys is cut short, and says so', () => {
  const rows = explainData(JSON.stringify({ list: Array.from({ length: 500_000 }, () => 1), id: 'x' }));
  expect(rows).toHaveLength(1001);
  expect(rows.at(-1)).toMatchObject({
    key: '…',
    meaning: expect.stringContaining('more keys than the 1000'),
  });
});

test('whatever an event holds, no row carries a control or breaks its line', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\u001b', '\u202e', '\u0085', '"', '{', '.') });
  const json = fc
    .dictionary(text, fc.oneof(text, fc.dictionary(text, text)))
    .map((each) => JSON.stringify(each));
  fc.assert(
    fc.property(fc.oneof(text, json), (data) => {
      const shown = explainData(data).map(({ key, path, value }) => key + path + value);
      expect(shown.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
    }),
    { numRuns: 100 },
  );
});
