import { expect, test } from 'vitest';
import { stepStrip } from '../../src/components/step-strip.ts';
import type { Step, StepComparison } from '../../src/core/lessons/types.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import {
  attempt,
  chat,
  chunk,
  headers,
  logOf,
  response,
  runStart,
  stepEnd,
  stepStart,
  thrown,
  usageChunk,
} from '../helpers/logs.ts';
import { shown, stylesOf } from './shown.ts';

const stepsOf = (...labels: readonly string[]): Step[] =>
  labels.map((label) => ({ id: label, label, request: chat() }));

interface Seen {
  readonly compare: StepComparison;
  readonly labels: readonly string[];
  readonly events?: readonly RunEvent[];
  readonly selected?: number;
  readonly nowMs?: number;
  readonly width?: number;
  readonly isPlain?: boolean;
}

const strip = ({ compare, labels, events = [], selected = 0, nowMs, width = 60, isPlain = false }: Seen) =>
  stepStrip({
    steps: stepsOf(...labels),
    summaries: logOf([runStart('x'), ...events]).summary.steps,
    compare,
    selected,
    nowMs: nowMs ?? null,
    width,
    isPlain,
  });

/** A normal answer of one step. */
const answered = (step: number, at: number, endAt: number, more: Parameters<typeof response>[2] = {}) => [
  stepStart(chat(), { step, at }),
  attempt(at, { step }),
  headers(endAt - 1, 200, { step }),
  response(endAt - 1, 'a', { ...more, step }),
  stepEnd(endAt, 'complete', step),
];

test('before a run the steps stand there with nothing claimed', () => {
  expect(shown(strip({ compare: 'finish-reason', labels: ['short', 'a longer one'] }))).toEqual([
    '                  finish_reason           tokens     time',
    '› · short',
    '  · a longer one',
  ]);
});

test('finish_reason by finish_reason, with tokens and time', () => {
  const events = [
    ...answered(0, 0, 300, { finish: 'length', tokens: [14, 10] }),
    ...answered(1, 300, 1500, { finish: 'stop', tokens: [17, 21] }),
    stepStart(chat(), { step: 2, at: 1500 }),
  ];
  const lines = strip({ compare: 'finish-reason', labels: ['cut', 'whole', 'next'], events, selected: 1 });
  expect(shown(lines)).toEqual([
    '           finish_reason           tokens     time',
    '  ✓ cut    length            14 + 10 = 24   300 ms',
    '› ✓ whole  stop              17 + 21 = 38   1.20 s',
    '  … next   …                            –        …',
  ]);
  expect(stylesOf(lines, 'length')).toEqual(['warn']);
  expect(stylesOf(lines, 'stop')).toEqual(['ok']);
});

test('outcome by outcome: what was thrown after how many tries', () => {
  const events = [
    ...answered(0, 0, 200),
    stepStart(chat({ stream: true }), { step: 1, at: 200 }),
    attempt(200, { step: 1 }),
    headers(210, 429, { step: 1 }),
    attempt(710, { step: 1, attempt: 1 }),
    headers(720, 429, { step: 1, attempt: 1 }),
    thrown(721, { className: 'RateLimitError' }, 1),
    stepEnd(722, 'error', 1),
    stepStart(chat(), { step: 2, at: 722 }),
    thrown(723, { className: 'OpenAIError' }, 2),
    stepEnd(724, 'unsent', 2),
    stepStart(chat(), { step: 3, at: 724 }),
    attempt(724, { step: 3 }),
    stepEnd(800, 'aborted', 3),
  ];
  expect(
    shown(strip({ compare: 'outcome', labels: ['calm', 'limited', 'no key', 'stopped'], events })),
  ).toEqual([
    '             what came of it      HTTP   tries     time',
    '› ✓ calm     stop                  200       1   200 ms',
    '  ✗ limited  RateLimitError        429       2   522 ms',
    '  ✗ no key   OpenAIError             –       –     2 ms',
    '  ✗ stopped  stopped                 –       1    76 ms',
  ]);
});

test('the time keeps clear of the figure before it, and comes nearer before a column is lost', () => {
  const events = answered(0, 0, 300, { finish: 'length', tokens: [14, 10] });
  const row = (compare: 'finish-reason' | 'outcome', width: number) =>
    shown(strip({ compare, labels: ['cut'], events, width }))[1];
  expect(row('finish-reason', 48)).toBe('› ✓ cut  length            14 + 10 = 24   300 ms');
  expect(row('finish-reason', 47)).toBe('› ✓ cut  length            14 + 10 = 24  300 ms');
  expect(row('outcome', 47)).toBe('› ✓ cut  length              200      1  300 ms');
  expect(row('outcome', 45)).toBe('› ✓ cut  length              200     1 300 ms');
});

test('prompt tokens grow as bars, in words without drawing', () => {
  const events = [...answered(0, 0, 1, { tokens: [34, 6] }), ...answered(1, 1, 2, { tokens: [68, 6] })];
  const labels = ['turn 1', 'turn 2', 'turn 3'];
  expect(shown(strip({ compare: 'prompt-tokens', labels, events, width: 48 }))).toEqual([
    '            prompt + answer = total tokens',
    `› ✓ turn 1  ${'█'.repeat(10)} 34 + 6 = 40`,
    `  ✓ turn 2  ${'█'.repeat(20)} 68 + 6 = 74`,
    '  · turn 3',
  ]);
  expect(shown(strip({ compare: 'prompt-tokens', labels, events, isPlain: true }))[2]).toBe(
    '  ✓ turn 2  68 + 6 = 74',
  );
});

test('two ways of the same request on one clock', () => {
  const events = [
    ...answered(0, 0, 1000),
    stepStart(chat({ stream: true }), { step: 1, at: 1000 }),
    attempt(1000, { step: 1 }),
    headers(1200, 200, { step: 1 }),
    chunk(0, 1250, 'a', { step: 1 }),
    chunk(1, 1950, 'b', { step: 1 }),
    stepEnd(2000, 'complete', 1),
  ];
  const labels = ['normal', 'streaming'];
  expect(shown(strip({ compare: 'time', labels, events, width: 44 }))).toEqual([
    '               ░ waiting  █ text arriving',
    `› ✓ normal     ${'░'.repeat(19)}█   1.00 s`,
    `  ✓ streaming  ${'░'.repeat(5)}${'█'.repeat(15)}   1.00 s`,
  ]);
  expect(shown(strip({ compare: 'time', labels, events, isPlain: true })).slice(1)).toEqual([
    '› ✓ normal     first text 1.00 s, end 1.00 s',
    '  ✓ streaming  first text 250 ms, end 1.00 s',
  ]);
});

test('usage or none, by chunks', () => {
  const stream = (step: number, at: number, ...rest: readonly RunEvent[]) => [
    stepStart(chat({ stream: true }), { step, at }),
    attempt(at, { step }),
    chunk(0, at, 'a', { step }),
    ...rest,
    stepEnd(at + 9, 'complete', step),
  ];
  const events = [...stream(0, 0), ...stream(1, 10, usageChunk(1, 12, 15, 28, 1))];
  expect(shown(strip({ compare: 'usage', labels: ['without', 'with'], events }))).toEqual([
    '             chunks   usage',
    '› ✓ without       1   not sent',
    '  ✓ with          2   15 + 28 = 43',
  ]);
});

test('a long label gives way, and a server’s word stays one word in its cell', () => {
  const events = answered(0, 0, 10, { finish: '\u001b[2Jst\nop' });
  const lines = strip({
    compare: 'finish-reason',
    labels: ['a label that is far too long'],
    events,
    width: 40,
  });
  expect(shown(lines)[1]).toBe('› ✓ a label that is…  ␛[2Jst␊op        10 ms');
});
