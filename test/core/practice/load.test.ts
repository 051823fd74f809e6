import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, dataOf, type Json } from './practice-client.ts';

const megabyte = 1024 * 1024;
const child = fork('test/helpers/serving-child.ts', { execArgv: ['--expose-gc'], silent: true });
let url = '';
beforeAll(async () => {
  const [message] = (await once(child, 'message')) as [{ url: string }];
  url = message.url;
});
afterAll(() => {
  child.kill();
});

/** What the server holds with so many connections open, in bytes. */
async function memory(connections = 0): Promise<number> {
  child.send({ memory: connections });
  return ((await once(child, 'message')) as [{ memory: number }])[0].memory;
}

/** How often the server has looked at its clock, as it does for each chunk. */
async function looks(): Promise<number> {
  child.send('looks');
  return ((await once(child, 'message')) as [{ looks: number }])[0].looks;
}

const headers = { authorization: 'Bearer sk-practice', 'content-type': 'application/json' };
/** Posts on a connection of its own, which is closed at the end. */
async function post(body: Json): Promise<IncomingMessage> {
  const request = httpRequest(`${url}/chat/completions`, { method: 'POST', headers, agent: false });
  request.end(JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response.setEncoding('utf8');
}

/** The text of a whole stream, and when its first and last bytes came, as steps of one shared count. */
let step = 0;
async function read(body: Json) {
  let raw = '';
  let first = 0;
  for await (const part of await post({ ...body, stream: true })) {
    first ||= ++step;
    raw += part;
  }
  const events = dataOf(raw);
  expect(events.at(-1)).toBe('[DONE]');
  const text = events
    .slice(0, -1)
    .map((data) => JSON.parse(data).choices[0].delta.content ?? '')
    .join('');
  return { text, first, last: ++step };
}

test('two hundred streams at once all advance, are complete and right, and leave nothing behind', async () => {
  const poem = ask('Write a poem about the ocean.');
  const { text: expected } = await read(poem);
  const before = await memory();
  for (let round = 0; round < 2; round += 1) {
    const streams = await Promise.all(Array.from({ length: 200 }, () => read(poem)));
    expect(new Set(streams.map(({ text }) => text))).toEqual(new Set([expected]));
    // The last to begin had begun before half of them were over.
    const begun = Math.max(...streams.map(({ first }) => first));
    expect(streams.filter(({ last }) => last < begun).length).toBeLessThan(100);
  }
  expect((await memory()) - before).toBeLessThan(20 * megabyte);
}, 60_000);

test('a reader that stops stops the server from making more, and costs it little memory', async () => {
  const before = await memory();
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const body = JSON.stringify(
    ask('Tell me about the sea', {
      stream: true,
      // Its text does not end by itself, and each chunk is long.
      logit_bias: { 199999: -100 },
      logprobs: true,
      top_logprobs: 20,
    }),
  );
  socket.pause();
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-practice\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const start = await looks();
  let seen = start;
  // Two looks for each of the 16 384 chunks that there would be.
  for (let still = 0; still < 300 || seen - start < 100; ) {
    const now = await looks();
    still = now === seen ? still + 1 : 0;
    seen = now;
  }
  expect(seen - start).toBeLessThan(20_000);
  expect((await memory(1)) - before).toBeLessThan(50 * megabyte);
  socket.destroy();
  // It answers others all the while.
  expect((await read(ask('Say hello.'))).text).toMatch(/^Hello!/);
}, 60_000);
