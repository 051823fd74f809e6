import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueRange } from '../../../src/core/inspect/value-range.ts';

const rangeText = (json: string, ...path: (string | number)[]) => {
  const range = valueRange(json, path);
  return range && json.slice(range.start, range.end);
};

test('the text of a delta is found among other texts that look the same', () => {
  const json = '{"id":"content","choices":[{"delta":{"role":"Hi","content":"Hi \\"you\\" \\\\"}}]}';
  expect(rangeText(json, 'choices', 0, 'delta', 'content')).toBe('"Hi \\"you\\" \\\\"');
  expect(rangeText(json, 'choices', 0, 'delta', 'refusal')).toBeNull();
  expect(rangeText(json, 'choices', 1)).toBeNull();
  expect(rangeText(json, 'id', 'content')).toBeNull();
});

test('it begins where the JSON does, and goes to the end of a text that breaks off', () => {
  expect(valueRange('data: [1, 2]', [1], 6)).toEqual({ start: 10, end: 11 });
  expect(rangeText('{"a":"bc', 'a')).toBe('"bc');
  for (const odd of ['', '{', '{"a"', '{"a":', '{"a",', '{a:1}', '[', '[,', '}{', '{"a":}', '"a"']) {
    expect(rangeText(odd, 'a', 0), odd).toBeNull();
  }
});

test('every value of any JSON is found at its path', () => {
  const key = fc.constantFrom('a', 'b', 'content', 'c d');
  const trees = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      fc.jsonValue({ maxDepth: 0 }),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
    ),
  })).tree;
  function check(json: string, value: unknown, path: (string | number)[]): void {
    expect(JSON.parse(rangeText(json, ...path)!)).toEqual(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      check(json, inner, [...path, Array.isArray(value) ? Number(name) : name]);
    }
  }
  fc.assert(
    fc.property(trees, fc.constantFrom(0, 2), (tree, indent) => {
      const json = JSON.stringify(tree, null, indent);
      check(json, JSON.parse(json), []);
    }),
  );
});
