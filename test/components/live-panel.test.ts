import { expect, test } from 'vitest';
import { livePanel, markableRows, type PanelView } from '../../src/components/live-panel.ts';
import { findKeys } from '../../src/core/api/keys.ts';
import { experiments, findExperiment } from '../../src/core/lessons/index.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import {
  abortedRun,
  attempt,
  chat,
  chunk,
  headers,
  helloHeaders,
  helloRun,
  helloStream,
  helloWords,
  limitedRun,
  logOf,
  response,
  retriedRun,
  runStart,
  stepEnd,
  stepStart,
  thrown,
} from '../helpers/logs.ts';
import { boxed, plain, shown, stylesOf, widest } from './shown.ts';

const keys = findKeys({ env: {}, cwd: '/project', readFile: () => '' });

function panel(id: string, events: readonly RunEvent[] | null, more: Partial<PanelView> = {}) {
  const log = events && logOf(events);
  const experiment = findExperiment(id)!;
  const summary = log?.summary ?? null;
  const size = { width: 54, rows: 36 };
  return livePanel({
    experiment,
    log,
    summary,
    selected: 0,
    cursor: null,
    keys,
    endpoint: { kind: 'practice', baseURL: '' },
    nowMs: null,
    look: boxed,
    ...size,
    ...more,
  });
}

const whole = [
  runStart('2c'),
  stepStart(chat()),
  attempt(1),
  headers(500),
  response(700, 'Hello!'),
  stepEnd(701),
];
const hostile = [
  runStart('3b'),
  stepStart(chat({ stream: true })),
  attempt(1),
  headers(400),
  chunk(0, 500, { role: 'assistant\n\u001b[2J' as 'assistant' }),
  chunk(1, 510, '\u001b]0;title\u0007漢字\u202e👩‍💻\r\n'.repeat(20), { finish: 'st\nop\u009b' }),
  thrown(520, { className: 'Api\nError', message: 'no\u001b[2J\n'.repeat(20), code: 'a\nb', status: 200 }),
  stepEnd(521, 'error'),
];

test('a run that is over: request, phases, answer, chunks, gaps and usage', () => {
  expect(shown(panel('3b', helloRun, { rows: 34 }))).toEqual([
    'POST /v1/chat/completions                  200  stream',
    '├─────────────────┼──┼───┤                      643 ms',
    '│  headers 470 ms ┘  │   └ last 640 ms',
    '└ sent               └ first 551 ms',
    '',
    '╭ answer ────────────────────────────────────────────╮',
    '│ Hello World!                                       │',
    '│                                                    │',
    '│                                                    │',
    '│                                                    │',
    '│                                                    │',
    '│                                                    │',
    '╰────────────────────────────────────────────────────╯',
    '  #       at     gap   finish_reason delta',
    '  0   512 ms       –   –             role: assistant,…',
    "  1   551 ms   39 ms   –             'Hello'",
    "  2   602 ms   51 ms   –             ' World'",
    "  3   640 ms   38 ms   –             '!'",
    '  4   641 ms    1 ms   stop          (nothing)',
    '',
    '',
    '',
    '',
    '',
    'gaps  ▇█▆▁   median 39 ms · largest 51 ms',
    '╭ usage ─────────────────────────────────────────────╮',
    '│ prompt       no count: ask with stream_options     │',
    '│ completion   about 3 tokens              estimated │',
    '│ total        –                                     │',
    '│ finish       stop                         reported │',
    '│ first token  551 ms                       measured │',
    '│ speed        33.7 chunks/s                measured │',
    '│ cost         free: practice                        │',
    '╰────────────────────────────────────────────────────╯',
  ]);
});

test('in few rows the same is said in words', () => {
  expect(shown(panel('3b', helloRun, { rows: 13, width: 78 }))).toEqual([
    'POST /v1/chat/completions                                          200  stream',
    'headers 470 ms · first 551 ms · last 640 ms · end 643 ms',
    '▏ Hello World!',
    '▏',
    '    #        at       gap   finish_reason   delta',
    "    0    512 ms         –   –               role: assistant, ''",
    "    1    551 ms     39 ms   –               'Hello'",
    "    2    602 ms     51 ms   –               ' World'",
    "    3    640 ms     38 ms   –               '!'",
    '    4    641 ms      1 ms   stop            (nothing)',
    'reported   stop · no usage: ask with stream_options',
    'measured   first token 551 ms · 33.7 chunks/s',
    'estimated  about 3 tokens',
  ]);
});

test('where an error ended it, the text that had come is seen, and the message gives way to it', () => {
  const message = `${'It failed in the middle. '.repeat(12)}Sorry.`;
  const broken = [...helloWords, thrown(610, { message, code: 'server_error' }), stepEnd(611, 'error')];
  expect(shown(panel('3b', broken, { rows: 17, width: 78 })).slice(4, 13)).toEqual([
    '▏ Hello World',
    '    #        at       gap   finish_reason   delta',
    "    2    602 ms     51 ms   –               ' World'",
    ' thrown   APIError',
    ' code     server_error',
    ' message  It failed in the middle. It failed in the middle. It failed in the',
    '          middle. It failed in the middle. It failed in the middle. It failed',
    '          … 3 more lines',
    ' kept     the 11 characters that had come',
  ]);
  expect(shown(panel('3b', broken, { rows: 10, width: 78 })).slice(2, 8)).toEqual([
    '▏ Hello World',
    ' thrown   APIError',
    ' code     server_error',
    ' message  It failed in the middle. It failed in the middle. It failed in the',
    '          … 4 more lines',
    ' kept     the 11 characters that had come',
  ]);
});

const elsewhere = [runStart('3b'), stepStart(chat({ stream: true }), { kind: 'compatible' }), attempt(1)];
const page = { ...headers(400), headers: [['content-type', 'text/html']] } as RunEvent;
const signIn = [...elsewhere, page, stepEnd(401, 'no-done')];

test('an odd end of which the SDK says nothing is explained where there is room', () => {
  expect(shown(panel('3b', signIn)).join('\n')).toContain(' try      A page of HTML came instead of JSON');
  expect(shown(panel('3b', signIn, { rows: 10 })).join('\n')).not.toContain(' try ');
  // Practice does as it is told, and the lesson says why.
  expect(shown(panel('3b', [...helloStream, stepEnd(643, 'no-done')])).join('\n')).not.toContain(' try ');
});

const panels: readonly (readonly [string, string, readonly RunEvent[] | null])[] = [
  ...experiments.map(({ id }) => [`${id} before its run`, id, null] as const),
  ['over', '3b', helloRun],
  ['streaming', '3b', helloStream],
  ['sent', '3b', helloStream.slice(0, 3)],
  ['stopped', '3b', abortedRun],
  ['limited', '3d', limitedRun],
  ['waiting for the next try', '3d', limitedRun.slice(0, 4)],
  ['tried twice', '3d', retriedRun],
  ['a whole object', '2c', whole],
  ['a key refused', '1a', limitedRun],
  ['a page instead of an answer', '3b', signIn],
  [
    'a stream elsewhere without [DONE]',
    '3b',
    [...elsewhere, ...helloStream.slice(3), stepEnd(643, 'no-done')],
  ],
  ['a hostile server', '3b', hostile],
  ['a hostile server, among steps', '3d', hostile],
];

test.each(panels)('the panel keeps its rows and its width at every size: %s', (_, id, events) => {
  for (let rows = 8; rows <= 40; rows++) {
    for (const width of [40, 47, 54, 63, 78, 100]) {
      for (const look of [boxed, plain]) {
        const lines = panel(id, events, { rows, width, look, nowMs: 900, cursor: rows % 2 ? 1 : null });
        expect(lines, `${width}×${rows}`).toHaveLength(rows);
        expect(widest(lines), `${width}×${rows}`).toBeLessThanOrEqual(width);
        expect(shown(lines).join('|')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
      }
    }
  }
});

test('nothing jumps: what is drawn before a run stands where it stood while it streams and when it is over', () => {
  const rowOf = (lines: readonly string[], text: string) => lines.findIndex((row) => row.includes(text));
  for (const rows of [18, 24, 36]) {
    const views = [null, helloStream.slice(0, 3), helloStream, helloRun].map((events) =>
      shown(panel('3b', events, { rows, nowMs: 600 })),
    );
    expect(new Set(views.map((lines) => rowOf(lines, '╭ answer'))).size, `${rows} rows`).toBe(1);
    expect(new Set(views.slice(1).map((lines) => rowOf(lines, 'gap   finish_reason'))).size).toBe(1);
    if (rows >= 30) expect(new Set(views.map((lines) => rowOf(lines, '╭ usage'))).size).toBe(1);
  }
});

test('while a run begins there is no table for a request that does not stream', () => {
  const texts = [0, 1].map((selected) =>
    shown(panel('3a', [runStart('3a')], { selected, nowMs: 5 })).join('\n'),
  );
  expect(texts[0]).not.toMatch(/finish_reason +delta/);
  expect(texts[1]).toMatch(/finish_reason +delta/);
});

test.each([8, 11, 14, 18, 36])('in %i rows the selected request is among those compared', (rows) => {
  const { steps } = findExperiment('3d')!;
  for (const [selected, { label }] of steps.entries()) {
    const marked = shown(panel('3d', limitedRun, { rows, selected, width: 78 })).filter((row) =>
      row.startsWith('›'),
    );
    expect(marked, label).toEqual([expect.stringContaining(label)]);
  }
});

test('the newest chunk is in view while it streams, and the marked one where one is marked', () => {
  const words = Array.from({ length: 60 }, (_, index) => chunk(index, 500 + index, ` w${index}`));
  const events = [runStart('3b'), stepStart(chat({ stream: true })), attempt(1), headers(400), ...words];
  expect(shown(panel('3b', events, { nowMs: 600 })).join('\n')).toContain("' w59'");
  const marked = panel('3b', events, { cursor: 7 });
  expect(stylesOf(marked, "' w7'")).toEqual(['selected']);
  expect(shown(marked).join('\n')).not.toContain("' w59'");
});

test('a marked chunk brings its place in a long answer with it', () => {
  const words = Array.from({ length: 90 }, (_, index) => chunk(index, 500 + index, `line ${index}\n`));
  const events = [runStart('3b'), stepStart(chat({ stream: true })), attempt(1), headers(400), ...words];
  expect(shown(panel('3b', events, { cursor: 40 })).join('\n')).toContain('│ line 40 ');
  expect(shown(panel('3b', events)).join('\n')).toMatch(/answer from line \d+/);
  expect(shown(panel('3b', events)).join('\n')).toContain('│ line 89 ');
});

test('a lasting error shows each try, what was thrown and what was kept', () => {
  const lines = shown(panel('3d', limitedRun, { width: 60 })).join('\n');
  expect(lines).toContain('   3    1.52 s     20 ms   HTTP 429   waited 1.00 s');
  expect(lines).toContain(' thrown   RateLimitError');
  expect(lines).toContain(' kept     nothing had come');
  expect(lines).toContain('429  stream');
});

test('an error in mid-stream leaves the chunks and the text that had come in view', () => {
  const cut = [
    ...helloWords,
    thrown(650, { className: 'TypeError', message: 'terminated', cause: 'UND_ERR_SOCKET' }),
    stepEnd(651, 'cut'),
  ];
  const lines = shown(panel('3d', cut, { width: 60, rows: 40 })).join('\n');
  expect(lines).toContain('│ Hello World ');
  expect(lines).toContain("' World'");
  expect(lines).toContain(' cause    UND_ERR_SOCKET');
  expect(lines).toContain(' kept     the 11 characters that had come');
});

test('the response object says what a selected field means', () => {
  const count = markableRows(findExperiment('2c')!, logOf(whole), 0);
  expect(count).toBe(15);
  for (let cursor = 0; cursor < count; cursor++) {
    const lines = panel('2c', whole, { cursor, rows: 24 });
    expect(lines.flat().filter(({ style }) => style === 'selected').length, `field ${cursor}`).toBe(1);
  }
  expect(shown(panel('2c', whole, { cursor: 2 })).join(' ')).toContain('created: When the answer was made');
  expect(shown(panel('2c', whole, { rows: 50 })).join('\n')).toContain('↑↓ selects a field');
  expect(shown(panel('2c', whole, { rows: 50 })).join('\n')).not.toMatch(/↓ \d+ more/);
  expect(shown(panel('2c', whole, { rows: 24 })).join('\n')).toMatch(/↓ \d+ more · ↑↓ selects a field/);
});

test('what can be marked: the chunks of a stream, nothing before a run', () => {
  expect(markableRows(findExperiment('3b')!, logOf(helloRun), 0)).toBe(5);
  expect(markableRows(findExperiment('3b')!, null, 0)).toBe(0);
  expect(markableRows(findExperiment('2a')!, logOf(whole), 0)).toBe(0);
});

test('without drawing, no frame, bar or dotted line is left', () => {
  for (const events of [null, helloRun, limitedRun, whole]) {
    const lines = shown(panel(events === whole ? '2c' : '3a', events, { look: plain }));
    expect(lines.join('\n')).not.toMatch(/[─│╭╮╰╯├┤┼█░▏▁-▇]|···/);
  }
});

test('while chunks come in the table moves in jumps, and at the end it is full', () => {
  const stream = (count: number): RunEvent[] => [
    runStart('3b'),
    stepStart(chat({ stream: true })),
    attempt(1),
    headers(400),
    ...Array.from({ length: count }, (_, index) => chunk(index, 400 + index, 'a')),
  ];
  const numbers = (events: readonly RunEvent[]) =>
    shown(panel('3b', events)).flatMap((row) => /^ +(\d+) +\d+ ms/.exec(row)?.[1] ?? []);
  const firsts = Array.from({ length: 40 }, (_, count) => numbers(stream(count + 1)));
  for (const [index, rows] of firsts.entries()) expect(rows.at(-1)).toBe(String(index));
  expect(new Set(firsts.map((rows) => rows[0])).size).toBeLessThan(12);
  const room = Math.max(...firsts.map((rows) => rows.length));
  expect(numbers([...stream(40), stepEnd(500)])).toHaveLength(room);
});

test('an answer that came at once is read from its beginning, in all the rows there are', () => {
  const text = Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n');
  const events = [runStart('2c'), stepStart(chat()), attempt(1), headers(5), response(7, text), stepEnd(8)];
  const rows = shown(panel('3a', events, { rows: 36 }));
  const [title = ''] = rows.filter((row) => row.includes('answer'));
  const [, shownLines] = /the first (\d+) of 40 lines/.exec(title)!;
  expect(rows.filter((row) => /line \d+/.test(row))).toHaveLength(Number(shownLines));
  expect(rows.join('\n')).toContain('│ line 0 ');
});

test('a stream that is over fills the rows of its answer', () => {
  const words = Array.from({ length: 12 }, (_, at) => chunk(at, 600 + at, `line ${at}\n`));
  const rows = shown(panel('3b', [...helloHeaders, ...words, stepEnd(900)]));
  const title = rows.findIndex((row) => row.includes('answer'));
  const inside = rows.slice(
    title + 1,
    rows.findIndex((row, at) => at > title && row.includes('╰')),
  );
  expect(inside.filter((row) => /line \d/.test(row)).length).toBeGreaterThanOrEqual(inside.length - 1);
});

test('of a run that was stopped before a request it is said that this was never sent', () => {
  const stopped: RunEvent[] = [runStart('3b'), { type: 'run-end', at: 3, outcome: 'aborted' }];
  for (const id of ['3b', '2c']) {
    expect(shown(panel(id, stopped)).join('\n')).toContain('The run was stopped before this was sent.');
  }
});

test('what would have gone on from an answer that did not come was not stopped by anybody', () => {
  const failed: RunEvent[] = [
    runStart('2f'),
    stepStart(chat()),
    attempt(1),
    headers(5, 401),
    thrown(6, {}),
    stepEnd(7, 'error'),
    { type: 'run-end', at: 8, outcome: 'complete' },
  ];
  const text = shown(panel('2f', failed, { selected: 1 })).join('\n');
  expect(text).toContain('Not sent: the answer before it did not come.');
});

test('of keys, which no other screen has, it is not said that they stand elsewhere', () => {
  const rows = shown(panel('1a', null, { width: 58, rows: 10 })).join('\n');
  expect(rows).toMatch(/… \d+ more lines$/m);
});

test('what has no room is not cut off without a word', () => {
  const rows = shown(panel('3d', limitedRun, { width: 58, rows: 11 }));
  expect(rows.some((row) => /^… \d+ more lines · i has them all$/.test(row))).toBe(true);
  expect(shown(panel('3d', limitedRun)).join('\n')).not.toContain('more lines');
});

test('where probabilities were asked for, it is said where they are', () => {
  const asked = [
    runStart('2c'),
    stepStart(chat({ logprobs: true })),
    attempt(1),
    headers(5),
    response(7, 'Hi'),
    stepEnd(8),
  ];
  expect(shown(panel('3b', asked)).join('\n')).toContain('answer · i shows how likely each token was ─');
  expect(shown(panel('3b', whole)).join('\n')).not.toContain('how likely');
});
