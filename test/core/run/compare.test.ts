import { expect, test } from 'vitest';
import { compareRows, textsApart } from '../../../src/core/run/compare.ts';
import { chat, helloRun, response, runStart, stepEnd, stepOf, stepStart } from '../../helpers/logs.ts';

const streamed = stepOf(helloRun);
const whole = stepOf([runStart('x'), stepStart(chat()), response(600, 'Hello World!'), stepEnd(600)]);

test('figures of two runs stand side by side, and what differs is marked', () => {
  const rows = Object.fromEntries(
    compareRows(streamed, whole).map(({ label, first, second, isDifferent }) => [
      label,
      [first, second, isDifferent],
    ]),
  );
  expect(rows.chunks).toEqual(['5', 'one body', true]);
  expect(rows['first text']).toEqual(['551 ms', '600 ms', false]);
  expect(rows.end).toEqual(['643 ms', '600 ms', false]);
  expect(rows.ended).toEqual(['stop', 'stop', false]);
});

test('what one of them does not say is a dash, and no difference', () => {
  for (const { first, isDifferent } of compareRows(null, whole)) {
    expect([first, isDifferent]).toEqual(['–', false]);
  }
  const prompt = compareRows(streamed, whole).find(({ label }) => label === 'prompt tokens');
  expect(prompt).toMatchObject({ first: '–', isDifferent: false });
});

test.each([
  ['', '', ''],
  ['abc', 'abc', 'Both texts are the same, to the last of 3 characters.'],
  ['abc', 'xbc', 'The texts differ from the start on: A has “abc”, B has “xbc”.'],
  ['a👍🏽b', 'a👍🏽c', 'The texts are the same for 3 characters; then A has “b”, B has “c”.'],
  ['ab', 'abc', 'The texts are the same for 2 characters; then A has nothing more, B has “c”.'],
])('%j and %j', (first, second, sentence) => {
  expect(textsApart(first, second)).toBe(sentence);
});
