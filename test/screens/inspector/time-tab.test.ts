import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { timeTab } from '../../../src/screens/inspector/time-tab.ts';
import { textFigures } from '../../../src/screens/inspector/time-words.ts';
import { plain, shown, stylesOf } from '../../components/shown.ts';
import {
  abortedRun,
  attempt,
  chat,
  chunk,
  headers,
  helloHeaders,
  helloRun,
  helloWords,
  limitedRun,
  logOf,
  response,
  retriedRun,
  runStart,
  stepEnd,
  stepOf,
  stepStart,
  usageChunk,
} from '../../helpers/logs.ts';
import { viewOf } from './tab-view.ts';

const draw = (events: readonly RunEvent[], more: Partial<Parameters<typeof timeTab>[0]> = {}) =>
  timeTab(viewOf(logOf(events), { width: 76, rows: 30, ...more }));
const frame = (...args: Parameters<typeof draw>) => shown(draw(...args).lines);

test('a stream has its moments, its gaps, their lengths and its text over time, with one chunk marked on each', () => {
  expect(frame(helloRun, { selected: 2, width: 110, rows: 24 })).toEqual([
    '├───────────────────────────────────────────────────────────────────────┼──────┼─────┼───────●─────┤    643 ms',
    '│                                                        headers 470 ms ┘      │     │ last 640 ms ┘       end',
    '└ sent 2 ms                                                       event 512 ms ┘     └ first 551 ms',
    '',
    "▲ #2 of 0–4 · at 602 ms · 51 ms after #1   ' World'",
    '',
    'gaps    median 39 ms · p95 51 ms · largest 51 ms before #2',
    'stalls  none over 380 ms',
    '        A stall is over 10 × the median of the others, and over 250 ms.',
    '  60 ms ┤      ▃▃▃▃▃',
    '        │▅▅▅▅▅ █████ ▄▄▄▄▄',
    '        │█████ █████ █████',
    '        │█████ █████ █████ ▁▁▁▁▁',
    '   0 ms └──────▲──────────────────────────────────────────────────────────────────────────────────────────────',
    '         #1   #2               #4',
    '',
    'how many gaps of which length, in ms and s                  text    3 chunks with text · 3 tokens estimated',
    '                     ███                                          3 ┤                                        █',
    '                     ███                                            │                            ▅▅▅▅▅▅▅▅▅▅▅▅█',
    '     ███             ███ ███                                        │            ▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃▃█████████████',
    '     ███             ███ ███                                        │            █████████████████████████████',
    '  <1   1   2   5  10  20  50 100 200 500  1s  2s  5s 10s          0 └────────────────────────────▲────────────',
    '   ·   1   ·   ·   ·   2   1   ·   ·   ·   ·   ·   ·   ·             512 ms                 602 ms      643 ms',
    '',
  ]);
});

test('without colour or bars, the same is said in words', () => {
  expect(frame(helloRun, { selected: 2, rows: 14, look: plain })).toEqual([
    'sent 2 ms',
    'headers 470 ms',
    'first event 512 ms',
    'first content 551 ms',
    'last content 640 ms',
    'end 643 ms',
    "chunk 2 of 0–4 · at 602 ms · 51 ms after #1   ' World'",
    'gaps    median 39 ms · p95 51 ms · largest 51 ms before #2',
    'stalls  none over 380 ms',
    '        A stall is over 10 × the median of the others, and over 250 ms.',
    'gaps by length: 1 ms to 2 ms: 1 · 20 ms to 50 ms: 2 · 50 ms to 100 ms: 1',
    'text    3 chunks with text · 3 tokens estimated',
    'half of it by 602 ms',
    '',
  ]);
});

test('what has no room is scrolled to', () => {
  const small = draw(helloRun, { rows: 15, scroll: 99 });
  expect([small.content, small.window, small.markable]).toEqual([21, 14, 5]);
  expect(shown(small.lines).slice(-2)).toEqual([
    '         512 ms                                                641 ms 643 ms',
    '↑ 7 above',
  ]);
  expect(frame(helloRun, { rows: 15 }).at(-1)).toBe('↓ 7 more');
});

const stream = [runStart('3b'), stepStart(chat({ stream: true })), headers(10)];
const steady = Array.from({ length: 20 }, (_, at) => chunk(at, 20 + at * 20, 'a'));

test('a stall is named, and seen in the plot among however many gaps', () => {
  const late = Array.from({ length: 400 }, (_, at) => chunk(20 + at, 3400 + at * 20, 'a'));
  const rows = frame([...stream, ...steady, ...late, stepEnd(11_400)]);
  expect(rows).toContain('stalls  1 over 250 ms: 3.00 s before #20');
  expect(rows.find((row) => row.startsWith(' 3.00 s ┤'))).toBe(' 3.00 s ┤  █');
  expect(rows.find((row) => row.startsWith('   0 ms └'))).toMatch(/^ {3}0 ms └──!─+▲─*$/);
  const marked = draw([...stream, ...steady, ...late, stepEnd(11_400)], { selected: 20 });
  expect(stylesOf(marked.lines, ' · a stall')).toEqual(['warn']);
});

test('a stream that says nothing more until it is stopped has stalled', () => {
  const rows = frame([...stream, ...steady, stepEnd(5400, 'aborted')]);
  expect(rows[1]).toMatch(/stopped$/);
  expect(rows).toContain('stalls  1 over 250 ms: 5.00 s after the last chunk, until it was stopped');
});

test('while a stream goes on, time goes on too, and the newest chunk is marked', () => {
  let now = 0;
  const log = logOf(helloWords, { now: () => now, wallMs: () => 0, after: () => () => {} });
  now = 1000;
  const rows = shown(timeTab(viewOf(log, { width: 76, rows: 30 })).lines);
  expect(rows[0]).toMatch(/^├─+┼─┼──┼──●─+ +1\.00 s$/);
  expect(rows[1]).toMatch(/so far$/);
  expect(rows).toContain("▲ #2 of 0–2 · at 602 ms · 51 ms after #1   ' World'");
  expect(rows).toContain('stalls  1 over 390 ms: 398 ms after the last chunk, so far');
});

test('before the first chunk the places of the plots are kept', () => {
  const rows = frame(helloHeaders);
  expect(rows).toContain('waiting for the first chunk');
  expect(rows).toContain('gaps    median – · p95 – · largest –');
  expect(rows.indexOf('how many gaps of which length, in ms and s')).toBe(
    frame(helloRun).indexOf('how many gaps of which length, in ms and s'),
  );
});

test('where there is nothing to plot it is said why', () => {
  const one = [...stream, chunk(0, 20, 'Hi')];
  const over = frame([...one, stepEnd(30)]);
  expect(over.slice(4, 6)).toEqual([
    "▲ #0 of 0–0 · at 20 ms   'Hi'",
    'Only one chunk came. A gap lies between two, so there is nothing to plot.',
  ]);
  expect(over.join('\n')).not.toContain('how many gaps');
  const going = frame(one);
  expect(going).toContain('A gap lies between two chunks, and one has come so far.');
  expect(going.indexOf('how many gaps of which length, in ms and s')).toBe(
    frame(helloRun).indexOf('how many gaps of which length, in ms and s'),
  );
  expect(frame(stream)).toContain('A gap lies between two chunks, and none has come yet.');
  const atOnce = frame([...one, chunk(1, 20, '!'), stepEnd(20)]);
  expect(atOnce).toContain('All chunks came at the same moment: every gap is 0 ms.');
  expect(frame([...stream, stepEnd(30)])).toContain('The stream brought no chunk, so there are no gaps.');
  expect(frame([...one, stepEnd(30)], { look: plain })).toContain(
    'Only one chunk came. A gap lies between two, so there is nothing to plot.',
  );
});

test('how a stream ended is said at the end of its line', () => {
  expect(frame(abortedRun, { width: 60 }).slice(0, 3)).toEqual([
    '├──────────────────────┼─┼─┼─●✗                       610 ms',
    '│       headers 470 ms ┘ │ │ └ last 602 ms           stopped',
    '└ sent 2 ms event 512 ms ┘ └ first 551 ms',
  ]);
  expect(frame([...helloWords, stepEnd(620, 'cut')])[1]).toMatch(/cut$/);
  expect(frame([...helloWords, stepEnd(620, 'no-done')])[1]).toMatch(/no \[DONE\]$/);
});

test('in little room names are shorter, and those of the tries and the first event are left out', () => {
  expect(frame(helloRun, { width: 44 }).slice(0, 3)).toEqual([
    '├───────────────┼┼┼──●                643 ms',
    ' headers 470 ms ┘││  └ last 640 ms       end',
    '    event 512 ms ┘└ first 551 ms',
  ]);
  expect(frame(limitedRun, { width: 34 }).slice(0, 3)).toEqual([
    '✗·····✗··········├✗         1.54 s',
    '   headers 1.54 s ┘          error',
    '',
  ]);
});

test('of a great many tries none has its name, and none is waited for', () => {
  // The first of them have room on both sides, the last have none.
  const times = [...Array.from({ length: 15 }, (_, index) => index * 200), ...Array(8).fill(2990)];
  const tries = times.map((at, index) => attempt(at, { attempt: index }));
  const rows = frame([runStart('3d'), stepStart(chat()), ...tries, stepEnd(3000, 'error')], { width: 300 });
  expect(rows.slice(1, 3).join('').trim()).toBe('error');
});

test('tries and the waits between them are on the line', () => {
  expect(frame(limitedRun)).toEqual([
    '✗················✗·······························├✗                   1.54 s',
    '│   try 2 511 ms ┘                  try 3 1.52 s ┘│                    error',
    '└ sent 1 ms                                       └ headers 1.54 s',
    '',
    'No chunk came, so there are no gaps. Response says why.',
    ...Array.from({ length: 25 }, () => ''),
  ]);
  expect(frame(retriedRun)[0]).toMatch(/^├✗·+├─┼●┤/);
});

test('an event that is no chunk can be marked, too', () => {
  const data = '{"error":{"message":"Sorry."}}';
  const event: RunEvent = { type: 'event', at: 700, step: 0, index: 3, start: 3, end: 4, data };
  const rows = frame([...helloWords, event, stepEnd(701, 'error')], { selected: 3 });
  expect(rows).toContain(`▲ #3 of 0–3 · at 700 ms · 98 ms after #2   error: 'Sorry.'`);
});

test('an event that came before the chunk in front of it was handed over has no gap', () => {
  const event: RunEvent = { type: 'event', at: 601, step: 0, index: 3, start: 3, end: 4, data: '[DONE]' };
  const rows = frame([...helloWords, event, stepEnd(603)], { selected: 3 });
  expect(rows).toContain('▲ #3 of 0–3 · at 601 ms   [DONE]');
});

test('tokens are only told as the total that the server reported', () => {
  const rows = frame([...stream, ...steady, usageChunk(20, 420, 15, 28), stepEnd(421)]);
  expect(rows).toContain('text    20 chunks with text · 28 tokens reported');
});

test.each([
  [58, 'text    299000 chunks with text · 299000 tokens estimated'],
  [50, 'text    299000 chunks · 299000 tokens estimated'],
  [40, 'text    299000 · 299000 tokens estimated'],
])('how much text there was is told whole also of a long run, in %i cells', (width, said) => {
  const long = { contentChunks: 299_000, estimatedCompletionTokens: 299_000 };
  expect(shown([textFigures({ step: { ...stepOf(helloRun), ...long } }, width)])).toEqual([said]);
});

test('what did not come in chunks has no gaps', () => {
  const whole = [runStart('2a'), stepStart(chat()), headers(700), response(704, 'Hi'), stepEnd(705)];
  expect(frame(whole).slice(3, 5)).toEqual(['', 'It came as a whole, not in chunks: there are no gaps.']);
  expect(frame(whole.slice(0, 3))[4]).toBe(
    'A whole answer comes at once: no chunks, and no gaps between them.',
  );
  expect(frame([runStart('2a')])[0]).toBe('This request has not begun.');
});
