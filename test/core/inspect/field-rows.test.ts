import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldRows } from '../../../src/core/inspect/field-rows.ts';
import { find } from '../../../src/core/inspect/json-path.ts';

const body = {
  id: 'chatcmpl-1',
  choices: [
    { index: 0, message: { content: 'Hello!', refusal: null, annotations: [] }, finish_reason: 'stop' },
  ],
  stop: ['a', 'b'],
  usage: { total_tokens: 43, details: {} },
};

test('every field is a row with its path', () => {
  expect(fieldRows(body).map(({ path, value }) => [path, value])).toEqual([
    ['id', "'chatcmpl-1'"],
    ['choices[0]', null],
    ['choices[0].index', '0'],
    ['choices[0].message', null],
    ['choices[0].message.content', "'Hello!'"],
    ['choices[0].message.refusal', 'null'],
    ['choices[0].message.annotations', '[]'],
    ['choices[0].finish_reason', "'stop'"],
    ['stop', null],
    ['stop[0]', "'a'"],
    ['stop[1]', "'b'"],
    ['usage', null],
    ['usage.total_tokens', '43'],
    ['usage.details', '{}'],
  ]);
});

test('a key that could be taken for a path is quoted in the path', () => {
  const odd = { 'usage.total_tokens': 1, 'a\u001b[2J': { '': [true] } };
  expect(fieldRows(odd).map(({ path, key }) => [path, key])).toEqual([
    ["['usage.total_tokens']", 'usage.total_tokens'],
    ["['a\\x1b[2J']", 'a␛[2J'],
    ["['a\\x1b[2J']['']", ''],
    ["['a\\x1b[2J'][''][0]", '[0]'],
  ]);
});

test('no more rows are laid out than are asked for, however many fields there are', () => {
  const list = Array.from({ length: 500_000 }, (_, index) => index);
  expect(fieldRows({ list, after: 1 }, 3).map(({ path }) => path)).toEqual(['list', 'list[0]', 'list[1]']);
  const objects = list.map((index) => ({ index }));
  expect(fieldRows({ objects, after: 1 }, 3).map(({ path }) => path)).toEqual([
    'objects[0]',
    'objects[0].index',
    'objects[1]',
  ]);
});

test('what is no object is one row', () => {
  expect(fieldRows('[DONE]')).toEqual([{ path: '', key: '(no object)', depth: 0, value: "'[DONE]'" }]);
});

test('the path of every row of every object leads back to that row, and is safe for a terminal', () => {
  const unit = fc.constantFrom(...'$*0.[]\'"\\ax \n\u001b\u202e\u200d🙂', '\ud83d');
  const names = fc.string({ unit, maxLength: 3 });
  const trees = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2 },
      fc.constantFrom(1, 'x', null),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(names, tie('tree'), { maxKeys: 3 }),
    ),
  })).tree;
  fc.assert(
    fc.property(trees, (tree) => {
      if (typeof tree !== 'object' || tree === null) return;
      const rows = fieldRows(tree);
      const found = rows.flatMap(({ path }) => {
        const result = find(tree, path);
        return 'matches' in result ? result.matches : [];
      });
      expect(found.map(({ path }) => path)).toEqual(rows.map(({ path }) => path));
      expect(found.map(({ path }) => path).join()).not.toMatch(/\p{Cc}/u);
      const scalars = found.flatMap(({ value }, index) =>
        typeof value === 'object' && value !== null ? [] : [[rows[index]!.value, value]],
      );
      expect(scalars).toEqual(scalars.map(([, value]) => [value === 'x' ? "'x'" : String(value), value]));
    }),
    { numRuns: 60 },
  );
});
