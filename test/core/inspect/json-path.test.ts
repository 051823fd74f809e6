import fc from 'fast-check';
import { expect, test } from 'vitest';
import { find } from '../../../src/core/inspect/json-path.ts';

const chunk = {
  id: 'chatcmpl-1',
  choices: [
    { index: 0, delta: { content: 'Hi' }, finish_reason: null },
    { index: 1, delta: {}, finish_reason: 'stop' },
  ],
  usage: null,
  $defs: { 'a.b': 1, 'a b': [2, 3] },
};

/** What is found, as pairs of path and value. */
const found = (value: unknown, path: string) => {
  const result = find(value, path);
  return 'problem' in result ? result.problem : result.matches.map((match) => [match.path, match.value]);
};

test.each<[string, unknown]>([
  ['choices[0].delta.content', [['choices[0].delta.content', 'Hi']]],
  ['$.choices[1].finish_reason', [['choices[1].finish_reason', 'stop']]],
  ['.id', [['id', 'chatcmpl-1']]],
  [' usage ', [['usage', null]]],
  ['$', [['', chunk]]],
  [
    'choices[*].finish_reason',
    [
      ['choices[0].finish_reason', null],
      ['choices[1].finish_reason', 'stop'],
    ],
  ],
  ['choices[*].delta.content', [['choices[0].delta.content', 'Hi']]],
  ['choices.0.index', [['choices[0].index', 0]]],
  ['choices[0].delta.*', [['choices[0].delta.content', 'Hi']]],
  ['$defs["a.b"]', [["$defs['a.b']", 1]]],
  ["$.$defs['a b'][1]", [["$defs['a b'][1]", 3]]],
  ['choices[7].index', []],
  ['choices.length', []],
  ['usage.prompt_tokens', []],
  ['id[0]', []],
  ['constructor', []],
])('%s', (path, matches) => {
  expect(found(chunk, path)).toEqual(matches);
});

test.each([
  ['', 'There is no path: type one such as usage or choices[0].delta.content.'],
  ['choices.', 'After the dot at the end a key is missing.'],
  [
    'choices..content',
    'Two dots in a row lead nowhere: name each key on the way, such as choices[*].delta.content.',
  ],
  ['choices[0', 'The bracket at character 8 is not closed.'],
  ['choices[-1]', "[-1] is no place in a list: write [0] for the first, [*] for all, or ['name'] for a key."],
  [
    'choices[?(@.index)]',
    "[?(@.index)] is no place in a list: write [0] for the first, [*] for all, or ['name'] for a key.",
  ],
  [
    'finish reason',
    "From character 7 on the path cannot be read (' reason'): put dots between keys, and odd ones in ['…'].",
  ],
  [
    'choices*',
    "From character 8 on the path cannot be read ('*'): put dots between keys, and odd ones in ['…'].",
  ],
])('%j makes no sense, and is told so', (path, problem) => {
  expect(find(chunk, path)).toEqual({ problem });
});

test('any text is a path or a sentence', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'$.[]*0-\'"\\ax u{}\n\u202e') }), (path) => {
      const result = find(chunk, path);
      if ('problem' in result) expect(result.problem).toMatch(/^[^\n\u202e]+\.$/);
    }),
    { numRuns: 300 },
  );
});
