import type { Key } from 'ink';
import { expect, test } from 'vitest';
import { followFrom, wrappedAnswer } from '../../src/components/answer.ts';
import { answerBox } from '../../src/components/answer-box.ts';
import { box, rule } from '../../src/components/box.ts';
import { keyCard } from '../../src/components/key-card.ts';
import { keyNames } from '../../src/components/key-names.ts';
import { line } from '../../src/components/line.ts';
import { messageLines } from '../../src/components/messages.ts';
import { tableLines } from '../../src/components/table.ts';
import { lookOf } from '../../src/components/theme.ts';
import { findKeys } from '../../src/core/api/keys.ts';
import { deltaOf } from '../../src/core/run/delta-text.ts';
import { read } from '../../src/core/run/reading.ts';
import {
  attempt,
  chat,
  chunk,
  helloRun,
  helloStream,
  logOf,
  response,
  runStart,
  stepOf,
  stepStart,
} from '../helpers/logs.ts';
import { boxed, plain, shown, stylesOf } from './shown.ts';

test('a box keeps its width, title and content; without drawing it is only these', () => {
  expect(shown(box(line('usage'), [line('a'), line('much too long')], 12, boxed))).toEqual([
    '╭ usage ───╮',
    '│ a        │',
    '│ much to… │',
    '╰──────────╯',
  ]);
  expect(shown(box(line('usage'), [line('a')], 12, plain))).toEqual(['usage', 'a']);
  expect(shown([rule(3, boxed), rule(3, plain)])).toEqual(['───', '']);
});

test('each message stands behind its role, in the role’s colour', () => {
  const messages = [
    { role: 'system' as const, content: 'Be brief.' },
    { role: 'user' as const, content: 'What is Python? One sentence.\u001b[2J' },
    { role: 'assistant' as const, content: 'A\nlanguage.' },
  ];
  const lines = messageLines(messages, 32, { isPlain: false });
  expect(shown(lines)).toEqual([
    'system    ▏ Be brief.',
    'user      ▏ What is Python? One',
    '          ▏ sentence.␛[2J',
    'assistant ▏ A',
    '          ▏ language.',
  ]);
  expect([lines[0]![0]!.style, lines[1]![0]!.style, lines[3]![0]!.style]).toEqual([
    'system',
    'user',
    'assistant',
  ]);
});

test('the last column of a table wraps below itself', () => {
  const table = {
    head: ['field', 'meaning'],
    rows: [
      ['`model`', 'which model is to answer'],
      ['n', 'how many'],
    ],
  };
  expect(shown(tableLines(table, 24))).toEqual([
    'field  meaning',
    'model  which model is to',
    '       answer',
    'n      how many',
  ]);
  expect(stylesOf(tableLines(table, 24), 'model')).toContain('accent');
});

test('the answer grows with the chunks, and each chunk knows its line', () => {
  const events = helloStream.slice();
  const log = logOf(events.splice(0, 8));
  expect(shown(wrappedAnswer(log, 0, 8).choices[0]!.text.window(0, 9))).toEqual(['Hello']);
  for (const event of events) log.append(event);
  const { choices, placeOf } = wrappedAnswer(log, 0, 8);
  expect(shown(choices[0]!.text.window(0, 9))).toEqual(['Hello', 'World!']);
  expect([0, 1, 2, 3, 4].map((index) => placeOf(index).line)).toEqual([0, 0, 0, 1, 1]);
  expect(shown(wrappedAnswer(log, 0, 40).choices[0]!.text.window(0, 9))).toEqual(['Hello World!']);
});

test('a normal answer is there once, whatever the server put into it', () => {
  const log = logOf([runStart('2a'), stepStart(chat()), response(5, 'Hi\u001b[2J\nyou')]);
  wrappedAnswer(log, 0, 40);
  expect(shown(wrappedAnswer(log, 0, 40).choices[0]!.text.window(0, 9))).toEqual(['Hi␛[2J', 'you']);
});

test('several choices stand one below the other, each with its own text', () => {
  const of = (index: number, at: number, content: string, which: number) => {
    const event = chunk(index, at, { content });
    return { ...event, chunk: { choices: [{ index: which, delta: { content }, finish_reason: null }] } };
  };
  const stream = [of(0, 1, 'red', 0), of(1, 2, 'blue', 1), of(2, 3, ' rose', 0), of(3, 4, ' sky', 1)];
  const log = logOf([runStart('x'), stepStart(chat({ n: 2 })), ...stream]);
  const view = { log, selected: 0, cursor: null, nowMs: null, width: 30, look: boxed };
  expect(shown(answerBox(view, 6))).toEqual([
    '╭ answer, 2 choices ─────────╮',
    '│ choice 0                   │',
    '│ red rose                   │',
    '│ choice 1                   │',
    '│ blue sky                   │',
    '╰────────────────────────────╯',
  ]);
  expect(shown(answerBox({ ...view, cursor: 3 }, 3)).join('\n')).toContain('blue sky');
  expect(deltaOf(read(stream[1]!.chunk))).toBe("choice 1: 'blue'");
});

test('of a delta that is a whole book a row has the beginning, without half a character at its end', () => {
  const content = `${'x'.repeat(1999)}🦜${'y'.repeat(5000)}`;
  const book = { choices: [{ index: 0, delta: { content } }] };
  expect(deltaOf(read(book))).toBe(`'${'x'.repeat(1999)}'… (7001 characters)`);
});

test('a growing text is followed in jumps of half a window, its end always in view', () => {
  expect([3, 6, 7, 9, 10].map((count) => followFrom(count, 6))).toEqual([0, 0, 3, 3, 6]);
  for (let count = 0; count < 50; count++) {
    for (const rows of [1, 2, 5, 8]) {
      const from = followFrom(count, rows);
      expect(from + rows).toBeGreaterThanOrEqual(count);
      expect(from === 0 || from < count).toBe(true);
    }
  }
});

test('a tool call is put together from its chunks, as from a whole answer', () => {
  const call = (args: string, name?: string) => ({
    tool_calls: [{ index: 0, function: { arguments: args, ...(name ? { name } : {}) } }],
  });
  const stream = [
    chunk(0, 1, call('', 'get_weather')),
    chunk(1, 2, call('{"city":')),
    chunk(2, 3, call('"Lisbon"}')),
  ];
  const whole = response(1, null, {
    more: {
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Lisbon"}' } },
      ],
    },
  });
  for (const events of [stream, [whole]]) {
    const log = logOf([runStart('2d'), stepStart(chat()), ...events]);
    expect(wrappedAnswer(log, 0, 60).choices[0]!.calls).toMatchObject([
      { name: 'get_weather', args: '{"city":"Lisbon"}' },
    ]);
  }
  expect(wrappedAnswer(logOf(helloRun), 0, 60).choices[0]!.calls).toEqual([]);
});

const keysWith = (env: Record<string, string>) => findKeys({ env, cwd: '/project', readFile: () => '' });
const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyzctAA';

const practice = { kind: 'practice', baseURL: '' } as const;
const openai = { kind: 'openai', baseURL: 'https://api.openai.com/v1' } as const;

test('with a key, the card shows it masked, with its length and where it came from', () => {
  expect(
    shown(keyCard({ keys: keysWith({ OPENAI_API_KEY: secret }), endpoint: practice }, null, 76)),
  ).toEqual([
    ' in use      sk-prac...oken · 23 characters · the practice key',
    ' your key    sk-proj...ctAA · 38 characters · from the environment',
    '',
  ]);
  expect(shown(keyCard({ keys: keysWith({ OPENAI_API_KEY: secret }), endpoint: openai }, null, 76))[0]).toBe(
    ' in use      sk-proj...ctAA · 38 characters · yours',
  );
});

test('without a key, the card says how to make one; a faulty one is pointed out', () => {
  expect(shown(keyCard({ keys: keysWith({}), endpoint: practice }, null, 60))).toEqual([
    ' in use      sk-prac...oken · 23 characters · the practice',
    '             key',
    ' your key    none found, neither in the environment nor in',
    '             .env',
    ' to make one platform.openai.com, API keys; then a file .env',
    '             with OPENAI_API_KEY=sk-…',
    '',
  ]);
  const quoted = keyCard({ keys: keysWith({ OPENAI_API_KEY: `"${secret}"` }), endpoint: practice }, null, 70);
  expect(shown(quoted)[2]).toMatch(/^ ! {11}OPENAI_API_KEY in the environment has a stray quote/);
  expect(shown(quoted).join('\n')).not.toContain('abcdefghijkl');
});

test('of a server of your own the card names no key of OpenAI to make', () => {
  const endpoint = { kind: 'compatible', baseURL: 'http://127.0.0.1:1/v1' } as const;
  expect(shown(keyCard({ keys: keysWith({}), endpoint: endpoint }, null, 76))).toEqual([
    ' in use      none: no variable is named for this server',
    ' your key    none found, neither in the environment nor in .env',
    '',
  ]);
});

const noKey = {} as Key;

test('keys typed in a burst are told apart', () => {
  expect(keyNames('jjj\r', noKey)).toEqual(['j', 'j', 'j', 'enter']);
  expect(keyNames('ab \t\u007f', noKey)).toEqual(['a', 'b', 'space', 'tab', 'backspace']);
  expect(keyNames('3b👍', noKey)).toEqual(['3', 'b', '👍']);
});

test.each<[string, Partial<Key>, string[]]>([
  ['', { upArrow: true }, ['up']],
  ['', { pageDown: true }, ['pagedown']],
  ['\r', { return: true }, ['enter']],
  ['', { escape: true }, ['esc']],
  ['', { delete: true }, ['delete']],
  ['c', { ctrl: true }, ['ctrl+c']],
  ['x', { meta: true }, ['alt+x']],
  ['?', {}, ['?']],
])('%j with %j is %j', (input, key, names) => {
  expect(keyNames(input, key as Key)).toEqual(names);
});

test('without colour, weight and inversion stay', () => {
  expect(lookOf('title', true)).toEqual({ color: 'cyan', bold: true });
  expect(lookOf('title', false)).toEqual({ bold: true });
  expect(lookOf('selected', false)).toEqual({ inverse: true });
  expect(lookOf('error', false)).toEqual({});
});

test('after the run, the card shows the header that the key went out in, masked', () => {
  const sent = stepOf([runStart('1a'), stepStart(chat()), attempt(1)]);
  const withKey = {
    ...sent,
    attempts: sent.attempts.map((each) => ({
      ...each,
      sentHeaders: [['authorization', 'Bearer sk-prac...oken']] as const,
    })),
  };
  expect(shown(keyCard({ keys: keysWith({}), endpoint: practice }, withKey, 60)).join('\n')).toContain(
    ' sent with   authorization: Bearer sk-prac...oken',
  );
});
