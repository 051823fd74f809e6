import { expect, test } from 'vitest';
import { jsonLines } from '../../../src/core/inspect/json-lines.ts';

const drawn = (...args: Parameters<typeof jsonLines>) =>
  jsonLines(...args).map(({ depth, key, text }) => `${'  '.repeat(depth)}${key ? `${key}: ` : ''}${text}`);

const chunk = {
  id: 'c1',
  created: 7,
  choices: [{ index: 0, delta: { content: 'Hi', refusal: null }, logprobs: null, finish_reason: null }],
  usage: null,
};

test('choices are open, nulls share a line, and a list and its only item are one step', () => {
  expect(drawn(chunk)).toEqual([
    '{',
    '  "id": "c1"',
    '  "created": 7',
    '  "choices": [{',
    '    "index": 0',
    '    "delta": {',
    '      "content": "Hi"',
    '      null: refusal',
    '    }',
    '    null: logprobs, finish_reason',
    '  }]',
    '  null: usage',
    '}',
  ]);
  expect(jsonLines(chunk).map(({ path }) => path)).toContain('choices[0].delta.content');
});

test('what is as in the object before is only named; lists and objects are never', () => {
  const before = { value: { ...chunk, created: 6 }, name: '#3' };
  expect(drawn(chunk, before).slice(0, 4)).toEqual([
    '{',
    '  as in #3: id',
    '  "created": 7',
    '  "choices": [{',
  ]);
});

test('several items stand one below the other, plain values in one line', () => {
  expect(drawn({ a: [{ b: 1 }, { b: [] }], bytes: [72, 105], mixed: ['x', { y: 1 }], none: {} })).toEqual([
    '{',
    '  "a": [',
    '    {',
    '      "b": 1',
    '    }',
    '    {',
    '      "b": []',
    '    }',
    '  ]',
    '  "bytes": [72, 105]',
    '  "mixed": ["x", { 1 key }]',
    '  "none": {}',
    '}',
  ]);
});

test('below the sixth step, and where there is very much, it is only counted', () => {
  expect(drawn({ a: { b: { c: { d: { e: { f: { g: 1, h: 2 }, list: [{ x: 1 }] } } } } } })).toContain(
    '            "f": {',
  );
  expect(drawn({ a: { b: { c: { d: { e: { f: { g: {}, h: { i: 1 } } } } } } } }).join('\n')).toContain(
    '"h": { 1 key }',
  );
  const logprobs = { content: [{ token: 'a', top_logprobs: [{ token: 'a' }, { token: 'b' }] }] };
  expect(drawn({ choices: [{ logprobs }] })).toContain('        "top_logprobs": [ 2 items ]');
  expect(drawn({ text: 'x'.repeat(5000) })[1]).toMatch(/^ {2}"text": "x{4000}" and 1000 characters more$/);
  expect(drawn({ list: Array(70).fill(1) })[1]).toMatch(/1, and 6 more\]$/);
  expect(drawn(Array(1000).fill({})).at(-1)).toBe('… more, not laid out here');
});

test('whatever a server sends is safe on a terminal', () => {
  const odd = { 'a\u001b[2J\n': '\u001b]0;x\u0007\n', '\u202e': null, list: ['\u009b'] };
  const lines = drawn(odd, { value: { '\u001b': 1 }, name: '#0' });
  expect(lines.join('')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  for (const plain of [null, 'x', 3, true, undefined]) expect(drawn(plain)).toHaveLength(1);
});
