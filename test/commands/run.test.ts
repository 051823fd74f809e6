import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import { describe, expect, test } from 'vitest';
import { experiments } from '../../src/core/lessons/index.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import { command } from './world.ts';

const canary = 'sk-proj-CANARY0123456789abcdefCANARY';

const instant = ['--pace', 'instant'];
const eventsOf = (out: string): RunEvent[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('run <id>', () => {
  test('shows the request with its roles, the answer, the chunks and the figures, and why the answer is what it is', async () => {
    const { code, out, err } = await command(['run', '3b', ...instant]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('3b  What a chunk is');
    expect(out).toContain("user       Say 'Hello World'\n");
    expect(out).toContain('assistant  Hello World!\n');
    expect(out).toMatch(/^ {2}0 +[\d.]+ m?s +– +– +role: assistant, ''$/m);
    expect(out).toMatch(/^ {2}2 .* ' World'$/m);
    expect(out).toMatch(/^ {2}4 .* stop +\(nothing\)$/m);
    expect(out).toMatch(/^completion +about 3 tokens +estimated$/m);
    expect(out).toMatch(/^first token .* measured$/m);
    expect(out).toContain('Answer: three.');
  });

  test('shows every try of a request that was refused, and keeps what had come of one that was cut', async () => {
    const { code, out } = await command(['run', '3d', ...instant]);
    expect(code).toBe(0);
    expect(out.match(/HTTP 429$/gm)).toHaveLength(4);
    expect(out.match(/ECONNREFUSED$/gm)?.length).toBeGreaterThanOrEqual(3);
    expect(out).toMatch(/^thrown +TypeError/m);
    expect(out).toMatch(/^kept +the \d+ characters that had come$/m);
  });

  test('takes an id in capitals too, and names the nearest for one that does not exist', async () => {
    expect((await command(['run', '2A', ...instant])).code).toBe(0);
    const { code, out, err } = await command(['run', '3f']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(
      /^first-token: There is no experiment '3f'\. The nearest: (\d[a-f] \(.*?\)(, )?){3}; first-token lessons lists all\.\n$/,
    );
  });

  test('an unknown id cannot drive the terminal', async () => {
    const { err } = await command(['run', '\x1b]0;gotcha\x07']);
    expect(err).toContain(String.raw`'\x1b]0;gotcha\x07'`);
    expect(err).not.toContain('\x1b');
  });

  test('fits the width of the terminal, and 80 columns at most', async () => {
    for (const columns of [60, 200]) {
      const { out } = await command(['run', '2c', ...instant], { columns });
      const longest = Math.max(...out.split('\n').map((line) => line.length));
      expect(longest).toBeLessThanOrEqual(Math.min(columns, 80));
    }
  });

  test('colours a terminal, and nothing else', async () => {
    const given = { isTerminal: true };
    expect((await command(['run', '2a', ...instant], given)).out).toContain('\x1b[34muser\x1b[39m');
    const plain = [{}, { ...given, env: { NO_COLOR: '1' } }, { ...given, env: { TERM: 'dumb' } }];
    for (const each of plain)
      expect((await command(['run', '2a', ...instant], each)).out).not.toContain('\x1b');
  });

  test('stops at an interrupt, keeps what came, and says so with the exit code', async () => {
    const { code, out } = await command(['run', '3c', '--pace', 'realtime'], {
      onWrite: (text, interrupt) => {
        if (text.includes('assistant')) interrupt();
      },
    });
    expect(code).toBe(130);
    expect(out).toMatch(/^kept +the \d+ characters that had come$/m);
    expect(out).toContain('Stopped here.');
    // Keys of the app mean nothing in print.
  });

  test('what is done shows in the list of lessons afterwards', async () => {
    const home = mkdtempSync(join(tmpdir(), 'first-token-'));
    await command(['run', '2a', ...instant], { home });
    expect((await command(['lessons'], { home })).out).toMatch(/^ +2a .* ✓ done$/m);
    const rows = JSON.parse((await command(['lessons', '--json'], { home })).out);
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(experiments.map(({ id }) => id));
    expect(rows[2]).toMatchObject({ id: '2a', steps: 1, stepsDone: 1 });
    await command(['lessons', '--reset'], { home });
    expect((await command(['lessons'], { home })).out).not.toContain('✓');
    rmSync(home, { recursive: true });
  });
});

describe('run <id> --json', () => {
  test('prints one event a line, all three layers of a stream among them', async () => {
    const { code, out } = await command(['run', '3b', '--json', ...instant]);
    const events = eventsOf(out);
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ type: 'run-start', experiment: '3b' });
    expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'complete' });
    for (const layer of ['read', 'event', 'chunk']) {
      expect(events.filter(({ type }) => type === layer).length).toBeGreaterThan(0);
    }
    const choices = events.flatMap((event) =>
      event.type === 'chunk' ? (event.chunk as ChatCompletionChunk).choices : [],
    );
    expect(choices.map(({ delta, finish_reason }) => [finish_reason, delta])).toEqual([
      [null, { role: 'assistant', content: '', refusal: null }],
      [null, { content: 'Hello' }],
      [null, { content: ' World' }],
      [null, { content: '!' }],
      ['stop', {}],
    ]);
  });

  test('carries the bytes of the reads in base64, from which the stream can be put together again', async () => {
    const events = eventsOf((await command(['run', '3b', '--json', ...instant])).out);
    const reads = events.flatMap((event) => (event.type === 'read' ? [event] : []));
    const text = Buffer.concat(reads.map(({ bytes }) => Buffer.from(String(bytes), 'base64'))).toString();
    expect(text).toMatch(/^data: \{[\s\S]*data: \[DONE\]\n\n$/);
    expect(text.length).toBe(reads.at(-1)?.end);
  });
});

describe('the key', () => {
  test('of the environment is in nothing that is printed, as text or as JSON', async () => {
    const given = { env: { OPENAI_API_KEY: canary } };
    const lines = [
      ['tour', ...instant],
      ['lessons'],
      ...['1a', '1b', '2a', '3b', '3d'].map((id) => ['run', id, '--json', ...instant]),
    ];
    for (const { out, err } of await Promise.all(lines.map((argv) => command(argv, given)))) {
      expect(out.length).toBeGreaterThan(0);
      expect(out + err).not.toContain('CANARY0');
    }
  }, 30_000);

  test('is announced by 1a, masked, with where it came from', async () => {
    const { out } = await command(['run', '1a', ...instant], {
      dotenv: `# mine\nOPENAI_API_KEY=${canary}\n`,
    });
    expect(out).toMatch(/^key +sk-proj\.\.\.NARY · 36 characters · from \.env, line 2$/m);
  });

  test('is seen going out in a header, masked', async () => {
    const { out } = await command(['run', '1a', ...instant]);
    expect(out).toMatch(/^sent with +authorization: Bearer sk-prac\.\.\.\w{4}$/m);
  });

  test('missing for --endpoint openai: one sentence, and what is wrong with the .env that is there', async () => {
    const { code, out, err } = await command(['run', '2a', '--endpoint', 'openai'], {
      dotenv: 'OPENAI_API_KEY=sk-...\n',
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^first-token: --endpoint openai: No key was found.*placeholder.*\n$/);
  });

  test('an endpoint that nobody answers at: the run is printed as what it is, with exit code 1', async () => {
    const { code, out } = await command(['run', '1a', '--endpoint', 'openai'], {
      env: { OPENAI_API_KEY: canary, OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' },
    });
    expect(code).toBe(1);
    expect(out).toMatch(/^thrown +APIConnectionError/m);
    expect(out).toMatch(/^try +Port 1 is one that fetch never uses/m);
  });
});
