import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import type { RequestLogEntry } from '../../../src/core/practice/request-log.ts';
import { heldClock } from './held-clock.ts';
import { ask, dataOf, practice } from './practice-client.ts';

test('with a key of its own a server accepts that one and no other', async () => {
  const server = await practice({ key: 'my-own-key-0123456789' });
  const status = async (authorization: string) => (await server.get('/models', { authorization })).status;
  expect(await status('Bearer my-own-key-0123456789')).toBe(200);
  expect(await status('Bearer sk-practice')).toBe(401);
  await server.close();
});

test('a key may be the password of a nameless user', async () => {
  const server = await practice();
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
  expect((await server.get('/models', basic(':sk-practice'))).status).toBe(200);
  expect((await server.get('/models', basic('sk-practice:'))).status).toBe(401);
  await server.close();
});

test('a body that is not said to be JSON is not looked into', async () => {
  const server = await practice();
  const response = await server.post(ask('Hi'), { 'content-type': 'application/x-www-form-urlencoded' });
  expect(response.status).toBe(400);
  expect((await response.json()).error.message).toBe('you must provide a model parameter');
  await server.close();
});

test('a body of over 25 MiB is refused, and its sender hears why', async () => {
  const server = await practice();
  const response = await server.post(' '.repeat(25 * 1024 * 1024 + 1));
  expect(response.status).toBe(413);
  expect((await response.json()).error.message).toContain('26214400');
  expect((await server.get('/models')).status).toBe(200);
  await server.close();
});

/** A server and what it tells of its requests. */
async function logged(options: Parameters<typeof practice>[0] = {}) {
  const entries: RequestLogEntry[] = [];
  const told = new EventTarget();
  const server = await practice({
    ...options,
    onRequest: (entry) => {
      entries.push(entry);
      told.dispatchEvent(new Event('entry'));
    },
  });
  return { server, entries, nextEntry: () => once(told, 'entry') };
}

test('each request is told of once it is over', async () => {
  const { server, entries } = await logged();
  await (await server.post(ask("Say 'Hello World'", { stream: true }), { 'x-practice-fault': 'end' })).text();
  await (await server.get('/models/nothing')).text();
  await server.close();
  const common = {
    requestId: expect.stringMatching(/^req_/),
    atMs: expect.any(Number),
    durationMs: expect.any(Number),
    outcome: 'done',
    failure: null,
  };
  expect(entries).toEqual([
    {
      ...common,
      method: 'POST',
      path: '/v1/chat/completions',
      status: 200,
      model: 'gpt-4o-mini',
      isStream: true,
      promptTokens: 12,
      completionTokens: 3,
      faults: ['end'],
      reason: null,
    },
    {
      ...common,
      method: 'GET',
      path: '/v1/models/nothing',
      status: 404,
      model: null,
      isStream: false,
      promptTokens: null,
      completionTokens: null,
      faults: [],
      reason: 'The model `nothing` does not exist or you do not have access to it.',
    },
  ]);
});

test('when the client leaves, no token is made that was not on its way', async () => {
  const clock = heldClock();
  const { server, entries, nextEntry } = await logged({ clock, pace: 'realtime' });
  const abort = new AbortController();
  const pending = server.post(ask('Write a poem about the ocean.', { stream: true }), {}, abort.signal);
  await clock.advanceToNext();
  const reader = (await pending).body!.pipeThrough(new TextDecoderStream()).getReader();
  let seen = '';
  for (let event = 0; event < 6; event += 1) {
    await clock.advanceToNext();
    while (dataOf(seen).length <= event) seen += (await reader.read()).value;
  }
  await clock.nextWait();
  const over = nextEntry();
  abort.abort();
  await over;
  expect(entries[0]).toMatchObject({ outcome: 'gone', status: 200 });
  // A role and five tokens were seen; the one after them was waiting for its time.
  expect(entries[0]?.completionTokens).toBe(6);
  await server.close();
});

test('a connection that was broken on purpose is told apart from one that the client left', async () => {
  const { server, entries, nextEntry } = await logged();
  const over = nextEntry();
  await server
    .post(ask('Hi', { stream: true }), { 'x-practice-fault': 'cut@chunk=1' })
    .then((response) => response.text())
    .catch(() => {});
  await over;
  expect(entries[0]).toMatchObject({ outcome: 'broken', faults: ['cut@chunk=1'] });
  await server.close();
});

test('asked to end with some grace, a server lets an open stream finish', async () => {
  const { server, entries } = await logged({ pace: 'fast' });
  const response = await server.post(ask("Say 'Hello World'", { stream: true }));
  const ended = server.close(60_000);
  expect(await response.text()).toMatch(/data: \[DONE\]\n\n$/);
  await ended;
  expect(entries[0]?.outcome).toBe('done');
  await expect(server.get('/models')).rejects.toThrow('fetch failed');
});

test('a connection that would be kept for more requests does not hold a closing server open', async () => {
  const { server } = await logged({ pace: 'fast' });
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const body = JSON.stringify(ask("Say 'Hello World'", { stream: true }));
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-practice\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await once(socket, 'readable');
  // Node would wait five seconds for another request, and this test does not.
  await server.close(60_000);
  socket.destroy();
});

test('whoever runs the server is told what would help, which the API does not say', async () => {
  const { server, entries } = await logged();
  await (await server.get('/models', { authorization: 'Bearer sk-other' })).text();
  await (await server.post(ask('Hi'), { 'content-type': 'text/plain' })).text();
  await (await server.post({ ...ask('Hi'), model: 'gpt-9' })).text();
  await server.close();
  expect(entries.map(({ reason }) => reason)).toEqual([
    'practice keys begin with sk-practice',
    'the body is said to be text/plain: send Content-Type: application/json',
    expect.stringMatching(/^the models here are gpt-4o-mini, /),
  ]);
});

test('what a closing server cuts off is told of, too', async () => {
  const { server, entries } = await logged({ fault: 'stall=600000' });
  const response = await server.post(ask('Hi', { stream: true }));
  await server.close(1);
  expect(entries.map(({ outcome }) => outcome)).toEqual(['gone']);
  await expect(response.text()).rejects.toThrow('terminated');
});

test('but not for ever', async () => {
  const clock = heldClock();
  const { server } = await logged({ clock, pace: 'realtime' });
  const pending = server.post(ask('Say hello.')).catch((error: unknown) => error);
  await clock.nextWait();
  const ended = server.close(500);
  clock.advance(500);
  clock.fireDue();
  expect(await pending).toBeInstanceOf(TypeError);
  await ended;
});
