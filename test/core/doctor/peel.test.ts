import { expect, test } from 'vitest';
import { faultsOf, peel } from '../../../src/core/doctor/peel.ts';
import { key, keyOf } from './world.ts';

test.each([
  ['nothing wrong', key, []],
  ['a trailing space', `${key} `, ['has white space around it']],
  ['a line feed at the end', `${key}\n`, ['has a line break around it']],
  ['a straight quote', `${key}"`, ['has a stray quote at its edge']],
  ['typographic quotes', `“${key}”`, ['has a stray quote at its edge']],
  ['Bearer', `Bearer ${key}`, ['begins with the word Bearer']],
  ['a whole header', `Authorization: Bearer ${key}`, ['begins with the word Bearer']],
  ['its own name', `OPENAI_API_KEY=${key}`, ['has its own name in the value again']],
  [
    'its own name, and quotes',
    `export OPENAI_API_KEY="${key}"`,
    ['has a stray quote at its edge', 'has its own name in the value again'],
  ],
  ['quotes within quotes', `'"${key}"'`, ['has a stray quote at its edge']],
])('%s is taken off and said', (_, value, says) => {
  const peeled = peel(value);
  expect(peeled.faults.map((fault) => fault.says)).toEqual(says);
  expect(peeled.core).toBe(key);
  expect(faultsOf(value)).toEqual(peeled.faults);
});

test.each([
  ['a line break', `${key.slice(0, 30)}\n${key.slice(30)}`, ['is broken over two lines']],
  ['a space', `${key.slice(0, 30)} ${key.slice(30)}`, ['has a space in the middle']],
  ['an unseen character', `sk-\u200b${key.slice(3)}`, ['holds a character that cannot be sent (U+200B)']],
  ['a Cyrillic letter', `sk-рroj-${key.slice(8)}`, ['holds a character that cannot be sent (U+0440)']],
  ['a semicolon of the code around it', `${key};`, ['holds a mark that no key has (;)']],
  ['two keys', key + key, ['holds two keys, one behind the other']],
  ['two different keys', key + keyOf('abc', 'sk-svcacct-'), ['holds two keys, one behind the other']],
])('%s within a key', (_, value, says) => {
  expect(faultsOf(value).map((fault) => fault.says)).toEqual(says);
});

test('a key of another server may hold any mark', () => {
  expect(faultsOf('user:pass/word==')).toEqual([]);
});
