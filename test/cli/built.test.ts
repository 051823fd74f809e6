import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPracticeServer } from '../../src/core/practice/server.ts';

// The program as it is installed: the bundle alone, in a folder from which no node_modules can be reached.
const canary = 'sk-proj-CANARY0123456789abcdefCANARY';
let root = '';
let home = '';

beforeAll(() => {
  if (!existsSync('dist/cli.js')) throw new Error('Build first: npm run build');
  root = mkdtempSync(join(tmpdir(), 'first-token-'));
  cpSync('dist', join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
});
beforeEach(() => {
  home = mkdtempSync(join(root, 'home-'));
});
afterAll(() => rmSync(root, { recursive: true }));

interface Started {
  readonly env?: Record<string, string | undefined>;
  /** Loaded before the program. */
  readonly preload?: string;
  /** Called with all of standard output so far. */
  readonly onOutput?: (out: string, child: ReturnType<typeof spawn>) => void;
}

function start(argv: readonly string[], { env, preload, onOutput }: Started = {}) {
  const flags = preload ? ['--import', `data:text/javascript,${encodeURIComponent(preload)}`] : [];
  const child = spawn(process.execPath, [...flags, join(root, 'dist/cli.js'), ...argv], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A program that hangs is ended, and its test fails by the missing exit code.
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
    onOutput?.(out, child);
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

test('the bundle needs nothing but itself and Node', async () => {
  const { code, out, err } = await start(['run', '3b', '--pace', 'instant']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('assistant  Hello World!');
});

test('its requests are signed by the SDK, and errors have the names of their classes', async () => {
  const { out } = await start(['run', '1b', '--json', '--pace', 'instant']);
  expect(out).toMatch(/"user-agent","OpenAI\/JS \d/);
  expect(out.match(/"className":"\w+"/g)).toEqual([
    '"className":"AuthenticationError"',
    '"className":"OpenAIError"',
    '"className":"AuthenticationError"',
  ]);
});

test('a reader that has enough ends it quietly', async () => {
  const { code, err } = await start(['run', '3c', '--pace', 'fast'], {
    onOutput: (_, child) => child.stdout?.destroy(),
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test.each([
  ['run', '3c'],
  ['ask', 'What is Python? One paragraph.'],
])('a reader that has enough of %s leaves its recording whole', async (...argv) => {
  const { code, err } = await start([...argv, '--pace', 'fast', '--record', 'kept.jsonl'], {
    onOutput: (_, child) => child.stdout?.destroy(),
  });
  expect(code).toBe(0);
  expect(err).not.toMatch(/EPIPE|first-token:/);
  const kept = readFileSync(join(home, 'kept.jsonl'), 'utf8').trimEnd().split('\n');
  expect(JSON.parse(kept.at(-1)!)).toMatchObject({ type: 'run-end', outcome: 'complete' });
  expect(kept.filter((line) => line.includes('"type":"chunk"')).length).toBeGreaterThan(20);
});

test('Ctrl+C stops a run, prints what came and exits with 130', async () => {
  let isSent = false;
  const { code, out } = await start(['run', '3c'], {
    onOutput: (text, child) => {
      if (isSent || !text.includes('assistant')) return;
      isSent = true;
      child.kill('SIGINT');
    },
  });
  expect(code).toBe(130);
  expect(out).toContain('Stopped here.');
});

test('ask stands in a pipe: what comes in is asked, the answer alone goes out', async () => {
  const child = spawn(
    'sh',
    ['-c', 'echo hi | "$0" "$1" ask --pace instant | cat', process.execPath, join(root, 'dist/cli.js')],
    {
      cwd: home,
      env: { PATH: process.env.PATH, HOME: home },
      timeout: 20_000,
    },
  );
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(out).toMatch(/^Hi! .*\n$/);
  expect(err).toMatch(/^endpoint +practice/m);
});

test('Ctrl+C stops ask at an answer and at a pipe that nobody ends, says what is kept and exits with 130', async () => {
  const answered = start(['ask', 'What is Python? One paragraph.'], {
    onOutput: (_, child) => child.killed || child.kill('SIGINT'),
  });
  const waiting = spawn(process.execPath, [join(root, 'dist/cli.js'), 'ask'], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home },
    timeout: 20_000,
  });
  waiting.stderr.once('data', () => waiting.kill('SIGINT'));
  const code = new Promise((resolve) => waiting.on('close', resolve));
  expect(await text(waiting.stderr)).toMatch(/^Waiting for .*\nStopped before anything was sent\.\n$/);
  expect(await code).toBe(130);
  const { out, err, ...ended } = await answered;
  expect(ended.code).toBe(130);
  expect(out).toMatch(/^\S.*\n$/);
  expect(err).toMatch(/^Stopped\. The \d+ characters that had come are kept\.$/m);
});

test('Ctrl+C at a server of one’s own keeps what came, too, and a recording of it', async () => {
  const server = await startPracticeServer({ pace: 'realtime' });
  try {
    const args = [
      'ask',
      'What is Python? One paragraph.',
      '--endpoint',
      server.url,
      '--key-env',
      'SERVER_KEY',
    ];
    const { code, out, err } = await start([...args, '--record', 'stopped.jsonl'], {
      env: { SERVER_KEY: 'sk-practice-own' },
      onOutput: (_, child) => child.killed || child.kill('SIGINT'),
    });
    expect(code).toBe(130);
    expect(out).toMatch(/^\S.*\n$/);
    expect(err).toMatch(/^Stopped\. The \d+ characters that had come are kept\.$/m);
    expect(readFileSync(join(home, 'stopped.jsonl'), 'utf8')).toContain('"outcome":"aborted"');
  } finally {
    await server.close();
  }
});

test('a damaged progress file is set aside and named', async () => {
  const folder = join(home, 'settings');
  mkdirSync(folder);
  writeFileSync(join(folder, 'progress.json'), '{"done":');
  const { code, err } = await start(['lessons'], { env: { FIRST_TOKEN_HOME: folder } });
  expect(code).toBe(0);
  expect(err).toMatch(/^The progress file was damaged\. It is kept as progress\.json\.damaged-.*\.\n$/);
  expect(readdirSync(folder).some((name) => name.startsWith('progress.json.damaged-'))).toBe(true);
});

test('no home that can be written, or none at all, still runs', async () => {
  writeFileSync(join(home, 'file'), '');
  const nowhere = join(home, 'file', 'below');
  for (const env of [{ HOME: nowhere }, { HOME: nowhere, XDG_CONFIG_HOME: nowhere }, { HOME: undefined }]) {
    const { code, out } = await start(['lessons'], { env: { ...env, XDG_CONFIG_HOME: nowhere } });
    expect(code).toBe(0);
    expect(out).toContain('1a  is the key loaded');
  }
});

test('a key in .env is in no output and in no file that is written', async () => {
  writeFileSync(join(home, '.env'), `OPENAI_API_KEY=${canary}\n`);
  const { out, err } = await start(['run', '1a', '--pace', 'instant'], { env: { XDG_CONFIG_HOME: home } });
  expect(out).toContain('sk-proj...NARY');
  expect(out + err).not.toContain('CANARY0');
  const written = readdirSync(home, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== '.env',
  );
  expect(written.map(({ name }) => name)).toContain('progress.json');
  for (const { parentPath, name } of written) {
    expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain('CANARY0');
  }
});

test('an error that nobody expected is one sentence without the key; its stack only when asked for', async () => {
  const preload = `setTimeout(() => { throw new Error('boom ' + process.env.OPENAI_API_KEY); }, 300)`;
  const env = { OPENAI_API_KEY: canary };
  const crash = await start(['tour'], { preload, env });
  expect(crash.code).toBe(1);
  expect(crash.err).toBe('first-token: boom sk-proj...NARY\n');
  const { err } = await start(['tour'], { preload, env: { ...env, FIRST_TOKEN_DEBUG: '1' } });
  expect(err).toContain('    at ');
  expect(err).not.toContain('CANARY0');
});

test('an old Node is told so in one sentence', async () => {
  const preload = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.11.0' } })`;
  const { code, out, err } = await start(['lessons'], { preload });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^first-token needs Node 22\.12 or newer; this is v[\d.]+\.\n$/);
});

test.skipIf(!existsSync('/proc/self'))(
  'a home on a file system that takes no folders does not hang it',
  async () => {
    const { code, out, err } = await start(['lessons'], { env: { FIRST_TOKEN_HOME: '/proc/nowhere' } });
    expect(code).toBe(0);
    expect(out).toContain('3b  what a chunk is');
    expect(err).toContain('for this session only');
  },
);
