import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunLog } from '../../src/core/run/log.ts';
import { openRun } from '../../src/core/run/open-run.ts';
import { logOf } from '../../src/core/run/recording.ts';
import { practice } from '../core/practice/practice-client.ts';
import { stillClock } from '../helpers/logs.ts';
import { experimentOf, runAgainst } from '../helpers/runs.ts';

// What a server sent to somebody else's program, opened here, is what the SDK makes of the same answer.

const body = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user', content: "Say 'Hello World'" }],
  stream: true,
  stream_options: { include_usage: true },
} as const;

/** The bytes that a client gets which only reads, with the status and headers in front as `curl -i` has them. */
async function capture(url: string, extra: Record<string, string> = {}) {
  const response = await fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-practice', 'content-type': 'application/json', ...extra },
    body: JSON.stringify(body),
  });
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of response.body!) pieces.push(piece);
  } catch {
    // The server broke off: what came is kept.
  }
  const bytes = Buffer.concat(pieces);
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return {
    bytes,
    withHeaders: Buffer.concat([Buffer.from(`HTTP/1.1 ${response.status} OK\r\n${headers}\r\n`), bytes]),
  };
}

function open(bytes: Uint8Array) {
  const { events, problems, notes } = openRun(bytes, 'capture.sse');
  expect(problems).toEqual([]);
  const log = logOf({ events }, stillClock);
  return { log, notes, summary: log.summary.steps[0]! };
}

/** What the SDK makes of the same request. */
const run = (url: string, fault?: string) =>
  runAgainst(url, {
    experiment: experimentOf({
      id: 's',
      label: 's',
      request: { kind: 'chat', body: { ...body, messages: [...body.messages] } },
      ...(fault && { fault }),
    }),
  });

/** Ids, times and padding differ from one answer to the next. */
const alike = (log: RunLog) =>
  log.rows(0).chunks.map(({ chunk }) => {
    const { id, created, obfuscation, ...rest } = chunk as Record<string, unknown>;
    return rest;
  });

const withoutIds = (value: unknown) => JSON.parse(JSON.stringify(value).replace(/req_\w+/g, 'req'));

const wire = (log: RunLog) => Buffer.concat(log.rows(0).reads.map(({ bytes }) => bytes));

describe('the practice server', () => {
  let server: Awaited<ReturnType<typeof practice>>;
  beforeAll(async () => {
    server = await practice();
  });
  afterAll(() => server.close());

  test.each([
    undefined,
    'end@chunk=2',
    'error@chunk=2',
    'error-event@chunk=2',
    'bad-json@chunk=2',
    'no-blank',
    'double-done',
    'comments',
    'crlf',
    'split-utf8',
  ])('a stream with the fault %s', async (fault) => {
    const extra: Record<string, string> = fault ? { 'x-practice-fault': fault } : {};
    const [{ bytes, withHeaders }, live] = await Promise.all([
      capture(server.url, extra),
      run(server.url, fault),
    ]);
    const { log, summary } = open(withHeaders);
    const seen = live.summary.steps[0]!;
    const { outcome, error, finishReason, usage, chunks, contentChunks, status } = seen;
    expect(summary).toMatchObject({ outcome, finishReason, usage, chunks, contentChunks, status });
    expect(withoutIds(summary.error)).toEqual(withoutIds(error));
    expect(alike(log)).toEqual(alike(live));
    expect(log.text(0)).toBe(live.text(0));
    expect(wire(log).equals(bytes)).toBe(true);
    // Every event knows its bytes.
    for (const { start, end, data } of log.rows(0).events) {
      expect(bytes.subarray(start, end).toString()).toContain(data);
    }
    expect(open(bytes).log.text(0)).toBe(live.text(0));
  });

  test('a stream that is cut off anywhere opens, with all whole events in it', async () => {
    const { bytes, withHeaders } = await capture(server.url);
    const { events } = open(bytes).log.rows(0);
    for (let end = 6; end < bytes.length; end += 7) {
      const cut = open(bytes.subarray(0, end)).log.rows(0);
      const whole = events.filter((event) => event.end <= end);
      expect(cut.events.slice(0, whole.length)).toEqual(whole);
      expect(cut.events.length - whole.length).toBeLessThanOrEqual(1);
    }
    for (let end = 40; end < withHeaders.length; end += 41) openRun(withHeaders.subarray(0, end), 'x');
  });

  test('what curl itself prints, in whichever way it is asked to', async (context) => {
    const curl = (...options: readonly string[]) =>
      promisify(execFile)('sh', [
        '-c',
        'exec curl -N "$@" 2>&1',
        'sh',
        `${server.url}/chat/completions`,
        ...[
          '-H',
          'Authorization: Bearer sk-practice-CANARY0123456789',
          '-H',
          'Content-Type: application/json',
        ],
        ...['-d', JSON.stringify(body), ...options],
      ]).catch((error: { code: unknown; stdout: string }) => {
        if (error.code === 127) context.skip('no curl');
        return error;
      });
    const ways = [['-s'], ['-s', '-i'], ['-v'], ['-v', '-i'], []];
    const printed = await Promise.all(ways.map((options) => curl(...options)));
    for (const [index, { stdout }] of printed.entries()) {
      const { log, summary } = open(Buffer.from(stdout));
      expect(log.text(0)).toBe('Hello World!');
      expect(summary).toMatchObject({ outcome: 'complete', finishReason: 'stop', status: 200, chunks: 6 });
      const type = summary.attempts[0]!.headers.find(([name]) => name === 'content-type')?.[1];
      expect(type).toBe(
        ways[index]!.some((way) => way !== '-s') ? 'text/event-stream; charset=utf-8' : undefined,
      );
      expect(JSON.stringify(log.events)).not.toContain('CANARY01234');
      expect(wire(log).toString()).toMatch(/^data: [\s\S]*data: \[DONE\]\n\n+$/);
    }
    expect(open(Buffer.from(printed[2]!.stdout)).summary.attempts).toMatchObject([
      { method: 'POST', url: `${server.url}/chat/completions` },
    ]);
    const failures = ['html', 'empty', '500'];
    const runs = await Promise.all(failures.map((fault) => run(server.url, fault)));
    for (const [index, fault] of failures.entries()) {
      const live = runs[index]!.summary.steps[0]!;
      for (const options of [['-s', '-i'], ['-v'], ['-v', '-i'], ['-i']]) {
        const { stdout } = await curl(...options, '-H', `x-practice-fault: ${fault}`);
        const { summary } = open(Buffer.from(stdout));
        const { outcome, status, error } = live;
        expect(summary).toMatchObject({ outcome, status, error: { className: error!.className } });
        expect(withoutIds(summary.error!.message.trim())).toBe(withoutIds(error!.message.trim()));
        expect(summary.attempts[0]!.headers.map(([name]) => name)).toContain('x-practice-server');
      }
    }
    const broken = await curl('-H', 'x-practice-fault: cut@chunk=2');
    const { summary, notes } = open(Buffer.from(broken.stdout));
    expect(summary).toMatchObject({ outcome: 'cut', chunks: 2 });
    expect(notes.join(' ')).toMatch(/curl says: \(\d+\) /);
  });
});

describe('@copilotkit/aimock', () => {
  const server = new LLMock({ port: 0, chunkSize: 5, logLevel: 'silent' });
  let url: string;
  beforeAll(async () => {
    server.onMessage('Hello', { content: 'Hi there, 🦜 friend!' });
    url = `${await server.start()}/v1`;
  });
  afterAll(() => server.stop());

  test('a stream', async () => {
    const [{ bytes, withHeaders }, live] = await Promise.all([capture(url), run(url)]);
    for (const captured of [bytes, withHeaders]) {
      const { log, summary } = open(captured);
      expect(log.text(0)).toBe('Hi there, 🦜 friend!');
      expect(alike(log)).toEqual(alike(live));
      expect(summary).toMatchObject({ outcome: 'complete', usage: live.summary.steps[0]!.usage });
    }
  });
});
