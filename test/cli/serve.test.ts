import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

interface Given {
  readonly env: Readonly<Record<string, string>>;
}

/** Starts `first-token serve` as built, on a free port unless told otherwise. */
function serve(...given: readonly (string | Given)[]) {
  const args = given.filter((arg) => typeof arg === 'string');
  const env = Object.assign({}, ...given.map((arg) => (typeof arg === 'string' ? {} : arg.env)));
  const cli = join(process.cwd(), 'dist/cli.js');
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--pace', 'instant', ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, HOME: tmpdir(), FIRST_TOKEN_HOME: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const output = { out: '', err: '' };
  const watchers = new Set<() => void>();
  for (const [name, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const look of watchers) look();
    });
  }
  const closed = once(child, 'close').then(([code]) => code as number | null);
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output.out + output.err);
        if (found) resolve(found);
      };
      watchers.add(look);
      look();
      void closed.then(() =>
        reject(new Error(`ended before it said ${pattern}:\n${output.out}${output.err}`)),
      );
    });
  return {
    output,
    closed,
    said,
    url: async () => (await said(/listens at (http:\S+)/))[1]!,
    end: (signal: NodeJS.Signals) => child.kill(signal),
  };
}

const ask = (url: string, body: object = {}, headers: Record<string, string> = {}) =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-practice', 'content-type': 'application/json', ...headers },
    body: JSON.stringify({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: "Say 'Hello World'" }],
      ...body,
    }),
  });

test('it says where it listens, what to paste, and ends with 0 when it is told to', async () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const server = serve();
    const url = await server.url();
    await server.said(/curl -N .*Say hello\."\}\]\}'\n/s);
    const key = /OPENAI_API_KEY=(\S+)/.exec(server.output.out)?.[1];
    expect(server.output.out).toContain(`export OPENAI_BASE_URL=${url} OPENAI_API_KEY=${key}`);
    const answer = await ask(url, {}, { authorization: `Bearer ${key}` });
    expect((await answer.json()).choices[0].message.content).toBe('Hello World!');
    server.end(signal);
    expect(await server.closed).toBe(0);
    expect(server.output.err).toBe('');
    expect(server.output.out).toMatch(/The practice server has ended\.\n$/);
  }
});

test('the curl that it prints asks for what a stream is made of', async () => {
  const server = serve();
  await server.said(/Say hello\."\}\]\}'\n/);
  const [, url = '', first = '', second = '', body = ''] =
    /curl -N (\S+) \\\n +-H '([^']+)' \\\n +-H '([^']+)' \\\n +-d '([^']+)'/.exec(server.output.out) ?? [];
  const headers = Object.fromEntries([first, second].map((header) => header.split(': ')));
  const answer = await fetch(url, { method: 'POST', headers, body });
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(await answer.text()).toMatch(/data: \[DONE\]\n\n$/);
});

test('a line tells of each request, without the key and with nothing that a terminal obeys', async () => {
  const server = serve();
  const url = await server.url();
  await (await ask(url, { stream: true }, { 'x-practice-fault': 'end' })).text();
  await (await ask(url, { model: 'bad\u001b[31m\nname' })).text();
  // The whole line: a port may hold the digits of a status.
  await server.said(/ 404 .*\n/);
  const lines = server.output.out.split('\n').filter((line) => /^\d\d:\d\d:\d\d /.test(line));
  expect(lines[0]).toMatch(
    /^\S+ {2}200 {2}gpt-4o-mini {2}stream {2}12 \+ 3 tokens {2}\d\.\d\d s {2}fault end$/,
  );
  expect(lines[1]).toMatch(
    /^\S+ {2}404 {2}bad␛\[31m␊name {2}\d\.\d\d s {2}the models here are gpt-4o-mini, /,
  );
  expect(server.output.out.split('With curl:')[1]!.split('\n').slice(6).join()).not.toContain('sk-practice');
});

test('as JSON, standard output holds the requests alone', async () => {
  const server = serve('--log', 'json');
  const url = await server.url();
  await (await ask(url)).text();
  await server.said(/"status":200.*\n/);
  expect(JSON.parse(server.output.out)).toMatchObject({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    method: 'POST',
    path: '/v1/chat/completions',
    status: 200,
    model: 'gpt-4o-mini',
    promptTokens: 12,
    completionTokens: 3,
    outcome: 'done',
  });
});

test('a stream that would go on for ten minutes does not keep it from ending', async () => {
  const server = serve('--fault', 'stall=600000');
  const response = await ask(await server.url(), { stream: true });
  const reader = response.body!.getReader();
  await reader.read();
  server.end('SIGINT');
  expect(await server.closed).toBe(0);
});

test('its options reach the server', async () => {
  const server = serve('--key', 'my-key-0123456789', '--rate-limit', '1', '--seed', '7', '--fault', '500*1');
  const url = await server.url();
  const mine = { authorization: 'Bearer my-key-0123456789' };
  const statuses = [];
  statuses.push((await ask(url)).status);
  for (let call = 0; call < 3; call += 1) statuses.push((await ask(url, {}, mine)).status);
  expect(statuses).toEqual([401, 500, 200, 500]);
  expect((await ask(url, {}, mine)).status).toBe(429);
  const other = serve('--seed', '7');
  const [one, two] = await Promise.all(
    [serve('--seed', '7'), other].map(async (each) => (await (await ask(await each.url())).json()).id),
  );
  expect(one).toBe(two);
});

test('a practice key in the environment is no secret: what is to be pasted works', async () => {
  const server = serve({ env: { OPENAI_API_KEY: 'sk-practice' } });
  const url = await server.url();
  await server.said(/OPENAI_API_KEY=sk-practice\n/);
  expect((await ask(url, {}, { authorization: 'Bearer sk-practice' })).status).toBe(200);
});

test('what goes wrong on purpose is said at the start', async () => {
  const limited = serve('--fault', '500%10', '--rate-limit', '3,400');
  await limited.said(
    /Faults, with every request: 500%10\nLimits: 3 requests a minute, 400 tokens a minute\n/,
  );
  const refusing = serve('--fault', 'refuse');
  const [, url = ''] = await refusing.said(/^Nobody listens at (\S+): connections are refused, as ordered\./);
  await expect(ask(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

test('other machines are let in only on request, and with a warning', async () => {
  const server = serve('--host', '0.0.0.0');
  await server.url();
  expect(server.output.err).toMatch(/^Warning: 0\.0\.0\.0 can be reached from other machines\. .*\n$/);
});

test.each([
  [['--fault', 'teapot'], /^first-token: The practice server does not know the fault 'teapot'/],
  [['--port', '99999'], /--port <n>.*99999.*whole number from 0 to 65535/],
  [['--rate-limit', 'slow'], /--rate-limit <limit>.*slow.*requests a minute \(3\)/],
  [['--host', ''], /--host <address>.*It takes an address/],
  [['--key', ''], /--key <key>.*It takes a key/],
  [['--fault', 'refuse,500'], /'refuse' is for the whole server and stands alone/],
  [['--endpoint', 'openai'], /serve is practice itself/],
  [['--host', '203.0.113.7'], /203\.0\.113\.7 is no address of this machine/],
])('%j is refused in one sentence', async (args, sentence) => {
  const server = serve(...args);
  expect(await server.closed).toBe(2);
  expect(server.output.err).toMatch(sentence);
  expect(server.output.err.trim()).not.toContain('\n');
});

test('a port in use is said with what to do about it', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => {
    taken.close();
  });
  const { port } = taken.address() as { port: number };
  const server = serve('--port', String(port));
  expect(await server.closed).toBe(2);
  expect(server.output.err).toBe(
    `first-token: Port ${port} is in use: choose another with --port, or --port 0 for any that is free.\n`,
  );
});

test('help lists every fault', async () => {
  const server = serve('--help');
  expect(await server.closed).toBe(0);
  for (const name of ['429-tokens', 'slow-headers=MS', 'split-utf8', 'batch=N', 'refuse']) {
    expect(server.output.out).toContain(`  ${name} `);
  }
  expect(server.output.out.split('\n').every((line) => line.length <= 80)).toBe(true);
});
