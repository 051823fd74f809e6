import { expect, test } from 'vitest';
import { readArgv } from '../../src/program.ts';

function read(...argv: string[]) {
  let out = '';
  let err = '';
  const order = readArgv(argv, {
    version: '1.2.3',
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    columns: 80,
  });
  return { order, out, err };
}

const asked = {
  system: null,
  model: null,
  maxTokens: null,
  temperature: null,
  isStream: true,
  record: null,
  output: 'text',
  pace: 'realtime',
  endpoint: null,
  keyName: null,
};

test.each([
  [[], { kind: 'app', pace: 'realtime', endpoint: null, keyName: null }],
  [['--endpoint', 'openai'], { kind: 'app', pace: 'realtime', endpoint: 'openai', keyName: null }],
  [
    ['--endpoint', 'localhost:11434', '--key-env', 'MY_KEY'],
    { kind: 'app', pace: 'realtime', endpoint: 'http://localhost:11434/v1', keyName: 'MY_KEY' },
  ],
  [['tour', '--pace', 'fast'], { kind: 'tour', pace: 'fast', endpoint: null, keyName: null }],
  [['--pace', 'fast', 'tour'], { kind: 'tour', pace: 'fast', endpoint: null, keyName: null }],
  [['lessons', '--json'], { kind: 'lessons', isJson: true, isReset: false }],
  [
    ['run', '3b', '--json'],
    { kind: 'run', id: '3b', isJson: true, record: null, pace: 'realtime', endpoint: null, keyName: null },
  ],
  [
    ['run', '3b', '--record', 'a.jsonl'],
    {
      kind: 'run',
      id: '3b',
      isJson: false,
      record: 'a.jsonl',
      pace: 'realtime',
      endpoint: null,
      keyName: null,
    },
  ],
  [['ask', 'hi', '--record', 'a b'], { kind: 'ask', prompt: ['hi'], ...asked, record: 'a b' }],
  [['open', 'a.jsonl'], { kind: 'open', path: 'a.jsonl', output: 'text', step: null }],
  [['open', '-', '--json'], { kind: 'open', path: '-', output: 'json', step: null }],
  [['open', 'a', '--markdown'], { kind: 'open', path: 'a', output: 'markdown', step: null }],
  [['open', 'a', '--svg', '--step', '2'], { kind: 'open', path: 'a', output: 'svg', step: 2 }],
  [['ask', 'What', 'is', '-'], { kind: 'ask', prompt: ['What', 'is', '-'], ...asked }],
  [
    ['ask', 'hi', '--system', 's', '--model', 'm', '--max-tokens', '9', '--temperature', '.5', '--no-stream'],
    {
      kind: 'ask',
      prompt: ['hi'],
      ...asked,
      system: 's',
      model: 'm',
      maxTokens: 9,
      temperature: 0.5,
      isStream: false,
    },
  ],
  [
    ['ask', 'hi', '--max-tokens', '-1', '--temperature', '-2.5e1'],
    { kind: 'ask', prompt: ['hi'], ...asked, maxTokens: -1, temperature: -25 },
  ],
  [['ask', 'hi', '--max-tokens', '0'], { kind: 'ask', prompt: ['hi'], ...asked, maxTokens: 0 }],
  [
    ['ask', '--json', '--endpoint', 'openai'],
    { kind: 'ask', prompt: [], ...asked, output: 'json', endpoint: 'openai' },
  ],
])('%j', (argv, order) => {
  expect(read(...argv)).toEqual({ order, out: '', err: '' });
});

test.each([
  [['tuor'], "unknown command 'tuor'"],
  [['--pace', 'slow'], 'Allowed choices are realtime, fast, instant'],
  [['run'], "missing required argument 'id'"],
  [['run', '3b', '--jsn'], "unknown option '--jsn'"],
  [['--endpoint', 'opnai'], 'It takes practice, openai, or a URL'],
  [['--endpoint', 'http://a/v1', '--key-env', 'sk-proj-abc'], 'the name of a variable'],
  [['--key-env', 'MY_KEY'], 'give its URL with --endpoint'],
  [['lessons', 'extra'], 'too many arguments'],
  [['ask', 'hi', '--max-tokens', '1.5'], 'It takes a whole number.'],
  [['ask', 'hi', '--temperature', ''], 'It takes a number.'],
  [['ask', 'hi', '--temperature', 'hot'], 'It takes a number.'],
  [['ask', 'hi', '--temperature', '1e999'], 'It takes a number.'],
  [['run', '3b', '--record', '-'], 'It takes the name of a new file.'],
  [['open'], "missing required argument 'file'"],
  [['open', 'a', 'b'], 'too many arguments'],
  [['open', 'a', '--json', '--svg'], 'cannot be used with'],
  [['open', 'a', '--step', '1'], '--step goes with --markdown or --svg'],
  [['open', 'a', '--svg', '--step', '0'], 'It takes a whole number from 1.'],
])('%j is refused in words, with exit code 2', (argv, words) => {
  const { order, out, err } = read(...argv);
  expect(order).toEqual({ kind: 'nothing', exitCode: 2 });
  expect(out).toBe('');
  expect(err).toContain(words);
});

test('help has the commands, examples and exit codes, and fits 80 columns', () => {
  const { order, out } = read('--help');
  expect(order).toEqual({ kind: 'nothing', exitCode: 0 });
  for (const part of [
    'tour',
    'lessons',
    'run [options] <id>',
    'ask [options] [prompt...]',
    'open [options] <file>',
    '--pace',
    'Examples:',
    'Exit codes:',
    '130',
  ]) {
    expect(out).toContain(part);
  }
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(90);
});

test('the version is the package’s', () => {
  expect(read('--version').out).toBe('1.2.3\n');
});

test('help is a command, too', () => {
  expect(read('help').out).toBe(read('--help').out);
  expect(read('help', 'open').out).toBe(read('open', '--help').out);
});
