import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { command } from './world.ts';

// A server that the app knows is the same one on the command line.

let server: Server;
let url = '';
let asked: { model: unknown; authorization: unknown }[] = [];
let home = '';

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { model } = JSON.parse(await textOf(request));
    asked.push({ model, authorization: request.headers.authorization });
    const chunk = { choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  home = mkdtempSync(join(tmpdir(), 'kept-'));
  return () => rmSync(home, { recursive: true });
});

const keep = (text: string) => writeFileSync(join(home, 'progress.json'), text);
const keepServer = () =>
  keep(JSON.stringify({ servers: [{ baseURL: url, keyName: 'TINY_KEY', model: 'tiny-1' }] }));
const env = { TINY_KEY: 'the-key-of-tiny', OTHER_KEY: 'the-key-of-another' };
const known = { model: 'tiny-1', authorization: 'Bearer the-key-of-tiny' };

test.each([
  ['ask', 'hi'],
  ['run', '3b'],
])('%s sends it the key that it was kept with, and asks for its model', async (...argv) => {
  keepServer();
  await command([...argv, '--endpoint', url], { env, home });
  expect(asked).toEqual([known]);
});

test('what the command line says goes first', async () => {
  keepServer();
  const options = ['--endpoint', url, '--model', 'tiny-2', '--key-env', 'OTHER_KEY'];
  await command(['ask', 'hi', ...options], { env, home });
  expect(asked).toEqual([{ model: 'tiny-2', authorization: 'Bearer the-key-of-another' }]);
});

test('without its key nothing is sent, and the variable is named', async () => {
  keepServer();
  const { code, err } = await command(['ask', 'hi', '--endpoint', url], { home });
  expect(code).toBe(2);
  expect(err).toContain(
    `TINY_KEY is set neither in the environment nor in .env: put the key of ${url} there.`,
  );
  expect(asked).toEqual([]);
});

test('a server that was never kept gets no key and the model of the lessons', async () => {
  await command(['ask', 'hi', '--endpoint', url], { env, home });
  expect(asked).toEqual([{ model: 'gpt-4o-mini', authorization: undefined }]);
});

test.each([
  ['ask', 'hi'],
  ['run', '3b'],
])('%s says once that the file it would be in was damaged', async (...argv) => {
  keep('{"servers": ');
  const { err } = await command([...argv, '--endpoint', url], { env, home });
  expect(err.match(/The progress file was damaged\./g)).toHaveLength(1);
  expect(readdirSync(home).some((name) => err.includes(`It is kept as ${name}.`))).toBe(true);
});
