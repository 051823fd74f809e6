import { expect, test } from 'vitest';
import { costOf } from '../../../src/core/api/prices.ts';
import type { RunEvent, StepOutcome } from '../../../src/core/run/events.ts';
import { formatBytes, formatMs, usageFigures } from '../../../src/core/run/figures.ts';
import { emptySummary, fold } from '../../../src/core/run/summary.ts';

test('bytes are told in the unit that they are read best in', () => {
  expect([0, 999, 1000, 99_949, 99_951, 999_499, 999_500, 29_300_000, 310_200_000].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '99.9 kB',
    '100 kB',
    '999 kB',
    '1.0 MB',
    '29.3 MB',
    '310 MB',
  ]);
});

type Body = Record<string, unknown>;

/** The summary of one streaming step whose chunks came at the given times. */
function stepOf(
  chunks: readonly (readonly [at: number, chunk: Body])[],
  outcome: StepOutcome,
  body: Body = {},
) {
  const target = { kind: 'practice', baseURL: 'http://127.0.0.1/v1' };
  const request = { kind: 'chat', body: { model: 'gpt-4o-mini', messages: [], stream: true, ...body } };
  const events = [
    { type: 'step-start', at: 100, step: 0, id: 's', label: 's', target, request },
    ...chunks.map(([at, chunk], index) => ({ type: 'chunk', at: at + 100, step: 0, index, chunk })),
    { type: 'step-end', at: 1100, step: 0, outcome },
  ] as unknown as RunEvent[];
  return fold(emptySummary, events).steps[0]!;
}

const text = (content: string) => ({ model: 'gpt-4o-mini-2024-07-18', choices: [{ delta: { content } }] });
const role = { choices: [{ delta: { role: 'assistant', content: '' } }] };
const stop = { choices: [{ delta: {}, finish_reason: 'stop' }] };
const usage = { choices: [], usage: { prompt_tokens: 14, completion_tokens: 26, total_tokens: 40 } };

const rows = (step: Parameters<typeof usageFigures>[0]) =>
  Object.fromEntries(usageFigures(step).map(({ label, value, known }) => [label, [value, known]]));

test('the role chunk is not the first token', () => {
  const step = stepOf(
    [
      [500, role],
      [550, text('a')],
      [600, text('b')],
      [610, stop],
    ],
    'complete',
  );
  expect(step).toMatchObject({
    firstContentMs: 550,
    lastContentMs: 600,
    chunks: 4,
    contentChunks: 2,
    largestGapMs: 50,
  });
});

test('with usage, figures are reported and the speed is in tokens a second', () => {
  const chunks = [
    [500, role],
    [550, text('a')],
    [1050, text('b')],
    [1060, stop],
    [1060, usage],
  ] as const;
  expect(rows(stepOf(chunks, 'complete', { stream_options: { include_usage: true } }))).toEqual({
    prompt: ['14 tokens', 'reported'],
    completion: ['26 tokens', 'reported'],
    total: ['40 tokens', 'reported'],
    finish: ['stop', 'reported'],
    'first token': ['550 ms', 'measured'],
    speed: ['52.0 tokens/s', 'measured'],
    cost: ['free; OpenAI $0.000018 (2026-11)', 'estimated'],
  });
});

test('without usage the box says why, and speaks of chunks, never of tokens it does not know', () => {
  const step = stepOf(
    [
      [500, role],
      [550, text('a')],
      [750, text('b')],
      [760, stop],
    ],
    'complete',
  );
  expect(rows(step)).toMatchObject({
    prompt: ['no count: ask with stream_options', null],
    completion: ['–', null],
    speed: ['10.0 chunks/s', 'measured'],
    cost: ['free: practice', null],
  });
});

test.each([
  ['aborted', 'never came: stopped before it', 'never said: you stopped it'],
  ['cut', 'never came: the stream ended before it', 'never said: the connection broke'],
  ['no-done', 'never came: the stream ended before it', 'never said: the stream just ended'],
] as const)('a stream that was %s before its usage says exactly that', (outcome, prompt, finish) => {
  const step = stepOf(
    [
      [500, role],
      [550, text('a')],
    ],
    outcome,
    { stream_options: { include_usage: true } },
  );
  expect(rows(step)).toMatchObject({ prompt: [prompt, null], finish: [finish, null] });
});

test('a cost is worked out from the list, with cached tokens at their own price', () => {
  const counts = { prompt_tokens: 2000, completion_tokens: 100, total_tokens: 2100 };
  expect(costOf('gpt-4o-mini-2024-07-18', counts)).toBeCloseTo(0.0003 + 0.00006, 10);
  expect(costOf('gpt-4o-mini', { ...counts, prompt_tokens_details: { cached_tokens: 1000 } })).toBeCloseTo(
    0.00015 + 0.000075 + 0.00006,
    10,
  );
  expect(costOf('some-local-model', counts)).toBeNull();
});

test('a duration reads as milliseconds below a second and as seconds above', () => {
  expect([0.4, 38.2, 999.4, 999.6, 1871].map(formatMs)).toEqual([
    '0 ms',
    '38 ms',
    '999 ms',
    '1.00 s',
    '1.87 s',
  ]);
});
