import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { findServers, usualServers } from '../../../src/core/api/discover.ts';
import { isLoopback } from '../../../src/core/api/endpoint.ts';
import { startPracticeServer } from '../../../src/core/practice/server.ts';
import { serve } from '../../helpers/body-server.ts';

type Answer = Parameters<typeof serve>[0];

/** A port of this machine where every request is answered so. */
async function portOf(answer: Answer): Promise<number> {
  const server = await serve(answer);
  onTestFinished(async () => void (await server.close()));
  return Number(new URL(server.url).port);
}

/** A port of this machine where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const sends =
  (body: unknown, status = 200): Answer =>
  (response) =>
    void response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));

test('a server is found by its list of models, at the usual port of whoever it may be', async () => {
  const port = await portOf(sends({ object: 'list', data: [{ id: 'llama3.2' }, { id: 'gemma3' }] }));
  const servers = [
    { name: 'One', port },
    { name: 'Nobody', port: await closedPort() },
    { name: 'Other', port },
  ];
  expect(await findServers({ servers })).toEqual([
    {
      names: ['One', 'Other'],
      baseURL: `http://127.0.0.1:${port}/v1`,
      models: ['gemma3', 'llama3.2'],
      wantsKey: false,
    },
  ]);
});

test('one that only says that it wants a key is found too', async () => {
  const practice = await startPracticeServer({ pace: 'instant' });
  onTestFinished(() => practice.close());
  const port = Number(new URL(practice.url).port);
  expect(await findServers({ servers: [{ name: 'Practice', port }] })).toEqual([
    { names: ['Practice'], baseURL: practice.url, models: [], wantsKey: true },
  ]);
});

test('whatever else listens there is no server, and nothing is said of it', async () => {
  const answers: readonly Answer[] = [
    sends('<html>A page of mine</html>'),
    sends({ hello: 'world' }),
    sends('null'),
    sends(''),
    sends({ error: 'no such page' }, 404),
    sends('Forbidden', 403),
    sends('<html>Password?</html>', 401),
    (response) => void response.writeHead(302, { location: 'https://example.com/v1/models' }).end(),
    (response) => void response.destroy(),
  ];
  const ports = await Promise.all(answers.map(portOf));
  expect(await findServers({ servers: ports.map((port) => ({ name: 'One', port })) })).toEqual([]);
});

test('one that keeps silent, or stops in the middle, is waited for only so long', async () => {
  const stop = new AbortController();
  let waiting = 0;
  const isStuck = () => {
    // Both have been asked: what is waited for now never comes.
    if (++waiting === 2) stop.abort();
  };
  const ports = [
    await portOf(isStuck),
    await portOf((response) => {
      response.writeHead(200).write('{"data":[');
      isStuck();
    }),
  ];
  const servers = ports.map((port) => ({ name: 'Slow', port }));
  expect(await findServers({ servers, signal: stop.signal })).toEqual([]);
});

test('only this machine is asked, once a port, and without a key', async () => {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push(String(input));
    expect(init?.headers).toBeUndefined();
    throw new TypeError('fetch failed');
  };
  expect(await findServers({ fetch })).toEqual([]);
  expect(asked.every(isLoopback)).toBe(true);
  expect(asked).toHaveLength(new Set(usualServers.map(({ port }) => port)).size);
  expect(asked).toContain('http://127.0.0.1:11434/v1/models');
});
