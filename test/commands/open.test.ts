import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/core/run/events.ts';
import { openRun } from '../../src/core/run/open-run.ts';
import { writeRecording } from '../../src/core/run/recording.ts';
import { abortedRun, helloRun, retriedRun } from '../helpers/logs.ts';
import { command } from './world.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pathOf = (name: string) => join(folder, name);
const instant = ['--pace', 'instant'];

function fileOf(content: string | Uint8Array, name = 'a.jsonl'): string {
  writeFileSync(pathOf(name), content);
  return pathOf(name);
}

const recording = writeRecording(helloRun);

// In pieces, so that nobody who looks for keys in this folder finds one.
const key = `sk-proj-${'CANARYq7Zt2Lw9Xe4Rb6Nv1Mk8Jh3Gf5Ds0'}`;
const canaries = {
  key,
  organization: `org-${'CANARY1q7Zt2Lw9Xe4Rb6N'}`,
  project: `proj_${'CANARY2q7Zt2Lw9Xe4Rb6N'}`,
  cookie: 'CANARY3q7Zt2Lw9Xe4Rb6N',
  user: `user-${'CANARY4q7Zt2Lw9Xe4Rb6N'}`,
};
let server: Server;
let url = '';
beforeAll(async () => {
  // A server that sends back whatever it was sent and knows of accounts, in every layer, and in pieces.
  server = createServer(async (request, response) => {
    const asked = JSON.parse(await textOf(request));
    const secrets = `You sent ${request.headers.authorization} for ${key}, ${canaries.organization}, ${canaries.project}, ${canaries.user}.`;
    const said = asked.messages[0].content === 'hi' ? 'Nothing secret here.' : secrets;
    response.setHeader('set-cookie', `__cf_bm=${canaries.cookie}; path=/`);
    response.setHeader('openai-organization', canaries.organization);
    response.setHeader('openai-project', canaries.project);
    response.setHeader('x-should-retry', 'false');
    response.setHeader('x-echo', String(request.headers.authorization));
    const piece = Math.max(1, Number(asked.max_tokens ?? 7));
    if (!asked.stream) {
      const body = JSON.stringify({ error: { message: said, code: canaries.organization } });
      response.writeHead(429, { 'content-type': 'application/json' });
      for (const part of body.match(new RegExp(`.{1,${piece}}`, 'g'))!) response.write(part);
      response.end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const content of said.match(new RegExp(`.{1,${piece}}`, 'g'))!) {
      response.write(
        `data: ${JSON.stringify({ model: 'm', choices: [{ index: 0, delta: { content } }] })}\n\n`,
      );
    }
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('open <file>', () => {
  test('prints a run as text, as `run` printed it', async () => {
    const { code, out, err } = await command(['open', fileOf(recording)]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^3b · practice · 2026-01-02T03:04:05\.000Z\n\n── a stream of chunks\n/);
    expect(out).toContain("user       Say 'Hello World'\n");
    expect(out).toContain('assistant  Hello World!\n');
    expect(out).toMatch(/^ {2}2 {2}602 ms {2}51 ms {2}– +' World'$/m);
    expect(out).toMatch(/^first token {2}551 ms +measured$/m);
  });

  test('prints its events, a report or a picture where that is asked for', async () => {
    const path = fileOf(recording);
    const json = await command(['open', path, '--json']);
    expect(json.out).toBe(recording.slice(recording.indexOf('\n') + 1));
    const markdown = await command(['open', path, '--markdown']);
    expect(markdown.out).toMatch(/^# Request 1 of `3b`: `a stream of chunks`\n/);
    const svg = await command(['open', path, '--svg']);
    expect(svg.out).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    for (const { code, err } of [json, markdown, svg]) expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('reads standard input, also what curl saved', async () => {
    expect((await command(['open', '-'], { stdin: recording })).out).toContain('assistant  Hello World!');
    const sse = 'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
    const { code, out, err } = await command(['open', '-'], { stdin: sse });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('── standard input\nrequest    not in the file\n\nassistant  Hi\n');
    expect(out).toContain('A capture by curl does not say when anything came');
    expect(out).toMatch(/^ {2}0 {3}– {4}– {2}stop +'Hi'$/m);
    expect(out).toMatch(/^first token {2}not known: the chunks were not timed$/m);
    expect(out).not.toContain(' ms');
  });

  test('shows an error that curl -i saved, and a page that came in place of an answer', async () => {
    const page = 'HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n\r\n<html>down</html>';
    const failed = await command(['open', '-'], { stdin: page });
    expect({ code: failed.code, err: failed.err }).toEqual({ code: 0, err: '' });
    expect(failed.out).toContain('thrown     InternalServerError · status 502\nmessage    502 <html>down');
    const { out } = await command(['open', '-'], { stdin: page.replace('502', '200') });
    expect(out).toContain('body       <html>down</html>\n');
  });

  test('shows what it can of a file that is cut off, and says what it cannot, with exit code 1', async () => {
    const { code, out, err } = await command(['open', fileOf(recording.slice(0, 3000))]);
    expect(code).toBe(1);
    expect(out).toContain("user       Say 'Hello World'\n");
    expect(out).toContain('outcome    The recording ends before it was over.');
    expect(err).toMatch(
      /^The file breaks off in the middle of line \d+\.\nIt says that it holds 17 events; \d+ can be read\.\n$/,
    );
  });

  test.each<readonly [string, () => string, number, string]>([
    ['a file that is not there', () => pathOf('none'), 2, 'cannot be read: there is no such file.'],
    ['a folder', () => folder, 2, 'cannot be read: it is a folder.'],
    [
      'no recording',
      () => fileOf('Dear diary,'),
      1,
      "'a.jsonl': This is no recording, no stream that curl -N saved and no HAR file.",
    ],
    [
      'a name that drives the terminal',
      () => fileOf('', 'a\x1b[2Jb'),
      1,
      String.raw`'a\x1b[2Jb': There is nothing in it.`,
    ],
  ])('says of %s one sentence', async (_, path, code, words) => {
    const given = await command(['open', path()]);
    expect({ code: given.code, out: given.out }).toEqual({ code, out: '' });
    expect(given.err).toContain(words);
    expect(given.err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('obeys nothing that is in it, in any form', async () => {
    const hostile = JSON.stringify('\x1b[2J\x1b]0;x\x07\u202e\x9b\r').slice(1, -1);
    const lines = helloRun.map((event) => JSON.stringify(event).replaceAll('Hello', hostile));
    const path = fileOf(lines.join('\n'));
    for (const form of [[], ['--json'], ['--markdown'], ['--svg']]) {
      const { code, out } = await command(['open', path, ...form], {
        isTerminal: true,
        env: { NO_COLOR: '1' },
      });
      expect(code).toBe(0);
      expect(out).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    }
  });

  test('prints all requests of a run as a report, or the one that is asked for', async () => {
    const second = abortedRun
      .slice(1)
      .map((event) => ({ ...event, at: event.at + 600, ...('step' in event && { step: 1 }) }) as RunEvent);
    const path = fileOf(writeRecording([...retriedRun.slice(0, -1), ...second]));
    const all = await command(['open', path, '--markdown']);
    expect(all.out.match(/^# Request \d/gm)).toEqual(['# Request 1', '# Request 2']);
    const picture = await command(['open', path, '--svg', '--step', '2']);
    expect(picture.out).toContain('3d: a stream of chunks');
    const first = await command(['open', path, '--svg']);
    expect(first.err).toBe('This is the first of 2 requests: --step 2 draws the next.\n');
    const third = await command(['open', path, '--svg', '--step', '3']);
    expect({ code: third.code, out: third.out }).toEqual({ code: 2, out: '' });
    expect(third.err).toContain('The run has 2 requests: there is none for --step 3.');
  });

  test('ends with 130 when it is interrupted while it reads', async () => {
    const { code, out } = await command(['open', '-'], { isInterruptedReading: true });
    expect({ code, out }).toEqual({ code: 130, out: '' });
  });
});

describe('--record', () => {
  const eventsOf = (path: string) => openRun(readFileSync(path), path);

  test('keeps a run, whose opening prints the same again', async () => {
    const path = pathOf('a.jsonl');
    const { code, out } = await command(['run', '3b', '--json', '--record', path, ...instant]);
    expect(code).toBe(0);
    expect((await command(['open', path, '--json'])).out).toBe(out);
    expect(readdirSync(folder)).toEqual(['a.jsonl']);
  });

  test('keeps what had come of a run that was interrupted', async () => {
    const { code } = await command(['run', '3c', '--record', pathOf('a'), '--pace', 'fast'], {
      onWrite: (text, interrupt) => {
        if (text.includes('assistant')) interrupt();
      },
    });
    expect(code).toBe(130);
    const { events, problems } = eventsOf(pathOf('a'));
    expect(problems).toEqual([]);
    expect(events.some(({ type }) => type === 'chunk')).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'aborted' });
  });

  test('keeps an answer and a failure of ask, whose exit code stays its own', async () => {
    const ask = (name: string, ...more: string[]) =>
      command(['ask', 'hi', '--record', pathOf(name), '--endpoint', url, ...more]);
    const fine = await ask('fine', '--raw');
    expect(fine.code).toBe(0);
    const reads = eventsOf(pathOf('fine')).events.flatMap((event) =>
      event.type === 'read' ? [event.bytes] : [],
    );
    expect(Buffer.concat(reads).toString()).toBe(fine.out);
    expect((await ask('refused', '--no-stream')).code).toBe(4);
    expect(eventsOf(pathOf('refused')).events.at(-2)).toMatchObject({ outcome: 'error' });
  });

  test('writes over nothing, and says so before anything is sent', async () => {
    const path = fileOf('mine');
    for (const argv of [
      ['run', '3b'],
      ['ask', 'hi'],
    ]) {
      const { code, out, err } = await command([...argv, '--record', path, ...instant]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('is there already, and --record writes over nothing: give another name.');
    }
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  test('that has no folder to be in is refused before anything is sent', async () => {
    for (const argv of [
      ['run', '3b'],
      ['ask', 'hi'],
    ]) {
      const { code, out, err } = await command([...argv, '--record', pathOf('no/a'), ...instant]);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('cannot be written: its folder does not exist.');
    }
  });

  test('that fails in the end loses nothing of the output, is said, and ends with 1', async () => {
    for (const argv of [
      ['run', '3b', ...instant],
      ['ask', 'hi', '--endpoint', url],
    ]) {
      mkdirSync(pathOf('gone'));
      const path = pathOf('gone/a');
      const { code, out, err } = await command([...argv, '--record', path], {
        onWrite: () => rmSync(pathOf('gone'), { recursive: true, force: true }),
      });
      expect(code).toBe(1);
      expect(out).toMatch(/Hello World!|Nothing secret/);
      expect(err).toContain(`The recording cannot be saved as ${path}: its folder does not exist.`);
    }
  });
});

describe('a recording holds no key, no cookie and no account id', () => {
  /** Whatever of them would help a thief: any 12 characters in a row of what the mask leaves out. */
  const pieces = Object.values(canaries).flatMap((canary) =>
    Array.from({ length: canary.length - 7 - 4 - 11 }, (_, at) => canary.slice(7 + at, 19 + at)),
  );

  const env = () => ({
    OPENAI_API_KEY: key,
    OPENAI_BASE_URL: url,
    OPENAI_ORG_ID: canaries.organization,
    OPENAI_PROJECT_ID: canaries.project,
  });

  test.each([
    ['a whole answer in each piece', ['--max-tokens', '999']],
    ['a few characters in each piece', ['--max-tokens', '7']],
    ['a character in each piece', ['--max-tokens', '1']],
    ['an error', ['--no-stream', '--max-tokens', '7']],
  ])('%s', async (_, options) => {
    await command(['ask', `My key is ${key}`, '--record', pathOf('a'), '--endpoint', 'openai', ...options], {
      env: env(),
    });
    const text = readFileSync(pathOf('a'), 'utf8');
    const { events } = openRun(readFileSync(pathOf('a')), 'a');
    const bytes = Buffer.concat(
      events.flatMap((event) => (event.type === 'read' ? [event.bytes] : [])),
    ).toString();
    const deltas = [...text.matchAll(/"delta":\{"content":"(.*?)"\}/g)]
      .map(([, content]) => content)
      .join('');
    const inBytes = [...bytes.matchAll(/"content":"(.*?)"/g)].map(([, content]) => content).join('');
    for (const layer of [text, bytes, deltas, inBytes, Buffer.from(text).toString('latin1')]) {
      expect(pieces.filter((piece) => layer.includes(piece))).toEqual([]);
    }
    expect(text).toContain('Bearer sk-proj...');
    // Whoever opens it does not know the key.
    for (const form of [[], ['--json'], ['--markdown']]) {
      const { out } = await command(['open', pathOf('a'), ...form]);
      expect(out.length).toBeGreaterThan(300);
      expect(pieces.filter((piece) => out.replace(/\n {11}/g, '').includes(piece))).toEqual([]);
    }
  });
});
