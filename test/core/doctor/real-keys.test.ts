import { expect, test } from 'vitest';
import { findRealKeys, maskRealKeys } from '../../../src/core/doctor/real-keys.ts';
import { key, keyOf, otherKey } from './world.ts';

const random = key.slice(8);

test.each([
  ['of a project', key],
  ['of a user, as they used to be', keyOf('aB3dE5fG7hI9jK1lM3nOT3BlbkFJ5pQ7rS9tU1vW3xY5zA7b', 'sk-')],
  ['of a service account', keyOf(random, 'sk-svcacct-')],
  ['of an admin', keyOf(random, 'sk-admin-')],
  ['of Anthropic', keyOf(random, 'sk-ant-api03-')],
  ['in lower case', keyOf('9f86d081884c7d659a2feaa0c55ad015', 'sk-')],
  ['with hyphens in it', keyOf('Qm7Zt2Lw9Xe4Rb6Nv1Mk8-h3Gf5Ds0_ZcPoIuYy')],
])('a key %s is found wherever it stands', (_, found) => {
  for (const text of [
    found,
    `key = "${found}";`,
    `Bearer ${found}\n`,
    `?key=${found}&x=1`,
    `"a\\n${found}"`,
  ]) {
    expect(findRealKeys(text)).toEqual([{ key: found, line: 1 }]);
  }
});

test.each([
  'sk-...',
  'sk-proj-...',
  'sk-proj-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'sk-fake-key-12345',
  'sk-practice-first-token',
  'sk-your-api-key-goes-here-and-nowhere-else',
  'sk-abcdefghijklmnopqrstuvwxyz0123456789abcdefgh',
  'sk-proj-1234567890abcdefghijklmnopqrstuvwxyz1234',
  'sk-proj-aaaaaaaaaaaaaaaa1111111111111111aaaaaaaa',
  'sk-a-class-name-of-a-style-sheet-with-many-words-2',
  'sk-********************************************',
  keyOf('aB3dE5fG7hI9jK1', 'sk-proj-'),
  keyOf(random, 'sk-practice'),
  keyOf(random, 'task-'),
  keyOf(random, 'disk-sk-'),
])('%s is none', (text) => {
  expect(findRealKeys(`const a = '${text}';`)).toEqual([]);
});

test('lines are counted, also with several keys on one', () => {
  expect(findRealKeys(`\n${key} ${otherKey}\r\n\n${key}`).map(({ line }) => line)).toEqual([2, 2, 4]);
});

test('they are masked where they stand', () => {
  expect(maskRealKeys(`a ${key} b sk-...`)).toBe(`a sk-proj...${key.slice(-4)} b sk-...`);
});
