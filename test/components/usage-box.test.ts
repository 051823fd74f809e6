import { expect, test } from 'vitest';
import { usageBox, usageBoxRows, usageInWords } from '../../src/components/usage-box.ts';
import { pricesDate } from '../../src/core/api/prices.ts';
import type { RunEvent, StepOutcome } from '../../src/core/run/events.ts';
import { usageFigures } from '../../src/core/run/figures.ts';
import {
  abortedRun,
  attempt,
  chat,
  chunk,
  headers,
  helloHeaders,
  helloRun,
  limitedRun,
  response,
  runStart,
  stepEnd,
  stepOf,
  stepStart,
  thrown,
  usageChunk,
} from '../helpers/logs.ts';
import { boxed, plain, shown } from './shown.ts';

const asked = chat({ stream: true, stream_options: { include_usage: true } });
const streamed = (request = asked, ...rest: readonly RunEvent[]) =>
  stepOf([
    runStart('3e'),
    stepStart(request),
    attempt(1),
    headers(400),
    chunk(0, 500, { role: 'assistant', content: '' }),
    chunk(1, 540, 'a'),
    chunk(2, 740, 'b'),
    ...rest,
  ]);
const figures = (step: ReturnType<typeof stepOf>) =>
  Object.fromEntries(
    usageFigures(step).map(({ label, value, known }) => [label, known ? `${value}, ${known}` : value]),
  );

test('a stream with usage shows what the server reported, what we measured and what we estimated', () => {
  const step = streamed(
    asked,
    chunk(3, 741, {}, { finish: 'stop' }),
    usageChunk(4, 742, 15, 28),
    stepEnd(743),
  );
  expect(shown(usageBox(step, 66, boxed))).toEqual([
    '╭ usage ─────────────────────────────────────────────────────────╮',
    '│ prompt       15 tokens                                reported │',
    '│ completion   28 tokens                                reported │',
    '│ total        43 tokens                                reported │',
    '│ finish       stop                                     reported │',
    '│ first token  540 ms                                   measured │',
    '│ speed        140.0 tokens/s                           measured │',
    `│ cost         free; OpenAI $0.000019 (${pricesDate})        estimated │`,
    '╰────────────────────────────────────────────────────────────────╯',
  ]);
  expect(shown(usageInWords(step, 3))).toEqual([
    'reported   15 + 28 = 43 tokens · stop',
    'measured   first token 540 ms · 140.0 tokens/s',
    `estimated  free; OpenAI $0.000019 (${pricesDate})`,
  ]);
});

test('a stream that was not asked for usage has none, and no tokens are made up', () => {
  expect(shown(usageBox(stepOf(helloRun), 60, boxed))).toEqual([
    '╭ usage ───────────────────────────────────────────────────╮',
    '│ prompt       no count: ask with stream_options           │',
    '│ completion   about 3 tokens                    estimated │',
    '│ total        –                                           │',
    '│ finish       stop                               reported │',
    '│ first token  551 ms                             measured │',
    '│ speed        33.7 chunks/s                      measured │',
    '│ cost         free: practice                              │',
    '╰──────────────────────────────────────────────────────────╯',
  ]);
  expect(shown(usageInWords(stepOf(helloRun), 3))).toEqual([
    'reported   stop · no usage: ask with stream_options',
    'measured   first token 551 ms · 33.7 chunks/s',
    'estimated  about 3 tokens',
  ]);
});

test('a normal answer comes with all of it at once', () => {
  const step = stepOf([
    runStart('2a'),
    stepStart(chat()),
    attempt(1),
    headers(899),
    response(900, 'Hi', { tokens: [10, 1] }),
    stepEnd(901),
  ]);
  expect(figures(step)).toMatchObject({
    prompt: '10 tokens, reported',
    completion: '1 token, reported',
    finish: 'stop, reported',
    'first token': 'with all the rest, 901 ms, measured',
    speed: 'none: it came all at once',
  });
});

test.each<[StepOutcome, string, string]>([
  ['aborted', 'never came: stopped before it', 'never said: you stopped it'],
  ['cut', 'never came: the stream ended before it', 'never said: the connection broke'],
  ['no-done', 'never came: the stream ended before it', 'never said: the stream just ended'],
])('a stream that was %s before its usage says so', (outcome, usage, finish) => {
  expect(figures(streamed(asked, stepEnd(800, outcome)))).toMatchObject({
    prompt: usage,
    completion: '–',
    finish,
    'first token': '540 ms, measured',
    speed: '10.0 chunks/s, measured',
  });
});

test('a stopped stream that would have sent no usage does not blame the stop', () => {
  expect(figures(stepOf(abortedRun))).toMatchObject({
    prompt: 'no count: ask with stream_options',
    completion: 'about 2 tokens, estimated',
    finish: 'never said: you stopped it',
  });
});

test('an error has no answer to count', () => {
  expect(figures(stepOf(limitedRun))).toEqual({
    prompt: 'none: there was no answer',
    completion: '–',
    total: '–',
    finish: 'none: RateLimitError',
    'first token': '–',
    speed: '–',
    cost: 'free: practice',
  });
});

test('what was never sent cost nothing and says so', () => {
  const step = stepOf([
    runStart('1b'),
    stepStart(chat()),
    thrown(2, { className: 'OpenAIError' }),
    stepEnd(3, 'unsent'),
  ]);
  expect(figures(step)).toMatchObject({ prompt: 'none: nothing was sent', finish: 'none: OpenAIError' });
});

test('the card of a model takes no tokens', () => {
  const step = stepOf([
    runStart('1a'),
    stepStart({ kind: 'model', model: 'gpt-4o-mini' }),
    attempt(1, { path: '/v1/models/gpt-4o-mini' }),
    headers(20),
    stepEnd(22),
  ]);
  expect(figures(step)).toMatchObject({ prompt: 'none: no answer was generated', 'first token': '–' });
});

test('a server that sends no usage though asked is told apart from one that was not asked', () => {
  expect(figures(streamed(asked, stepEnd(800))).prompt).toBe('not sent by this server');
});

test('while a run goes on, nothing is claimed yet', () => {
  const { 'first token': first, ...open } = figures(stepOf(helloHeaders));
  expect(first).toBe('…');
  expect(open).toMatchObject({ prompt: '…', finish: '…', speed: '…' });
});

test('the box has its rows before a run, and words where there is no box', () => {
  expect(usageBox(null, 40, boxed)).toHaveLength(usageBoxRows);
  expect(shown(usageInWords(null, 3))).toEqual(['usage comes after the run']);
  expect(shown(usageBox(stepOf(helloRun), 60, plain)).join('\n')).not.toMatch(/[─│╭╮╰╯]/);
});

test('a server’s word in the box is shown, not obeyed', () => {
  const step = streamed(
    chat({ stream: true }),
    chunk(3, 741, {}, { finish: '\u001b[2Jst\nop' }),
    stepEnd(743),
  );
  for (const lines of [usageBox(step, 60, boxed), usageInWords(step, 3)]) {
    expect(shown(lines).join('|')).toContain('␛[2Jst␊op');
    expect(shown(lines).join('|')).not.toMatch(/[\u001b\n]/);
  }
});
