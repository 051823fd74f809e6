import { expect, test } from 'vitest';
import { compareRows, textsApart } from '../../../src/core/run/compare.ts';
import type { StepSummary } from '../../../src/core/run/summary.ts';
import {
  chat,
  chunk,
  helloRun,
  response,
  runStart,
  stepEnd,
  stepOf,
  stepStart,
  usageChunk,
} from '../../helpers/logs.ts';

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

test('a speed is another from a tenth on, and what is still to come is no difference', () => {
  const until = (lastMs: number) =>
    stepOf([
      runStart('x'),
      stepStart(chat({ stream: true })),
      chunk(0, 100, 'Hi'),
      chunk(1, lastMs, ' you'),
      usageChunk(2, lastMs, 5, 20),
      stepEnd(lastMs),
    ]);
  const rowOf = (label: string, other: StepSummary) =>
    compareRows(until(1100), other).find((row) => row.label === label);
  expect(rowOf('speed', until(1150))).toMatchObject({ second: '19.0 tokens/s', isDifferent: false });
  expect(rowOf('speed', until(1600))).toMatchObject({ second: '13.3 tokens/s', isDifferent: true });
  const uncounted = stepOf(helloRun);
  expect(rowOf('speed', uncounted)).toMatchObject({ second: '33.7 chunks/s', isDifferent: false });
  expect(rowOf('completion tokens', uncounted)).toMatchObject({ second: 'about 3', isDifferent: false });
  const started = stepOf([runStart('x'), stepStart(chat({ stream: true }))]);
  expect(rowOf('ended', started)).toEqual({
    label: 'ended',
    first: 'complete',
    second: '…',
    isDifferent: false,
  });
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

test('two texts go by the names that they are given', () => {
  expect(textsApart('aab', 'aac', ['the one', 'the other'])).toBe(
    'The texts are the same for 2 characters; then the one has “b”, the other has “c”.',
  );
});
