import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete } from '../../../src/core/practice/model/complete.ts';
import { loadReading } from '../../../src/core/practice/model/ngrams.ts';
import { loadTokenizer } from '../../../src/core/practice/model/tokens.ts';
import { defaultModel } from '../../../src/core/practice/models.ts';
import { ask, type Json, practice, schemaErrors } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice({ rateLimit: 'off' });
});
afterAll(() => server.close());

const look = (parameters: unknown = { type: 'object', properties: {} }) => [
  { type: 'function', function: { name: 'look', parameters } },
];
const stubborn = { toString: 1, valueOf: 1 };

/** What is nested so deep, as text: JSON.stringify would give up. */
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('odd, and no reason to fail', () => {
  const bodies: readonly (readonly [string, Json | string])[] = [
    ['a kind of choice that is no text', { tools: look(), tool_choice: { type: stubborn } }],
    [
      'a name among those allowed that is no text',
      {
        tools: look(),
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: stubborn } }] },
        },
      },
    ],
    [
      'two kinds of choice at once',
      {
        tools: look(),
        tool_choice: { type: 'function', function: { name: 'look' }, allowed_tools: { tools: 5 } },
      },
    ],
    ['an enum of objects', { tools: look({ type: 'object', properties: { a: { enum: [stubborn] } } }) }],
    ['a custom tool with a function', { tools: [{ type: 'custom', custom: { name: 'x' }, function: {} }] }],
    [
      'a custom call with a function',
      {
        messages: [
          {
            role: 'assistant',
            tool_calls: [{ id: 'a', type: 'custom', custom: { name: 'x', input: 'y' }, function: {} }],
          },
          { role: 'tool', tool_call_id: 'a', content: 'z' },
        ],
      },
    ],
    [
      'a schema nested deep',
      `{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":${nested(20_000)}}}}`,
    ],
    [
      'names of Object',
      { tools: look({ type: 'object', properties: JSON.parse('{"__proto__":{"type":"string"}}') }) },
    ],
    ['half a character', { messages: [{ role: 'user', content: 'Say "\ud83d"' }] }],
    [
      'empty content',
      {
        messages: [
          { role: 'user', content: '' },
          { role: 'user', content: [] },
        ],
      },
    ],
    ['a huge seed', { seed: 2 ** 62 }],
    ['stop with half an emoji', { stop: ['\ud83d'], messages: [{ role: 'user', content: "Say '😀'" }] }],
  ];

  test.each(bodies)('%s', async (_, body) => {
    const response = await server.post(typeof body === 'string' ? body : { ...ask('Hi look'), ...body });
    const answer = await response.json();
    expect([200, 400]).toContain(response.status);
    expect(schemaErrors(response.status === 200 ? 'response' : 'error', answer)).toEqual([]);
  });
});

// Each of these once took seconds or minutes.
describe('long, and answered at once', () => {
  const letters = (number: number) =>
    number.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!);
  const names = (count: number) => Array.from({ length: count }, (_, at) => `N${letters(at)} x`).join(' ');

  test.each([
    ['marks', ask(`${'!'.repeat(19_000)}x`, { n: 128 })],
    ['questions', ask('what '.repeat(100_000))],
    ['food', ask('food '.repeat(50_000))],
    [
      'names',
      ask(`look at the weather in ${names(5000)}`, {
        n: 8,
        tools: look({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
      }),
    ],
    ['letters', ask('a'.repeat(300_000))],
  ])('%s', async (_, body) => {
    expect((await server.post({ ...body, max_tokens: 1 })).status).toBe(200);
  });
});

test('however many choices there are, an answer stays within what fits into memory', async () => {
  const [tokenizer, reading] = [await loadTokenizer(), await loadReading()];
  const request = { ...ask("Say 'x'"), n: 128, logit_bias: { 199999: -100 } } as never;
  const context = {
    model: defaultModel,
    tokenizer,
    reading,
    random: () => 0.5,
    promptTokens: 9,
    cachedTokens: 0,
  };
  const { choices } = complete(request, context);
  const [{ generation }] = choices as [(typeof choices)[number]];
  let step = generation.next();
  while (!step.done) step = generation.next();
  expect(step.value).toMatchObject({ finishReason: 'length', tokens: 32_768 / 128 });
});

const raw = (bytes: string) => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.write(bytes);
  return socket;
};

test('one string of twenty megabytes is too long, and no trouble to read', async () => {
  const response = await server.post(ask('x'.repeat(20_000_000)));
  expect(response.status).toBe(400);
  expect((await response.json()).error).toMatchObject({
    code: 'string_above_max_length',
    param: 'messages[0].content',
  });
});

test('brackets in strings, also behind escaped quotes, are not nesting', async () => {
  const brackets = `\\"${'[{'.repeat(500)}\\\\`;
  expect((await server.post(ask(`Say exactly ${brackets}`))).status).toBe(200);
});

test('a client that takes the server for a proxy is served', async () => {
  const socket = raw(
    'GET http://127.0.0.1/v1/models HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-practice\r\nConnection: close\r\n\r\n',
  );
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
});

test('a body that does not end is refused, and no failure of the server', async () => {
  const socket = raw(
    'POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-practice\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  const megabytes = 32 * 1024 * 1024;
  const chunk = Buffer.concat([
    Buffer.from(`${megabytes.toString(16)}\r\n`),
    Buffer.alloc(megabytes, ' '),
    Buffer.from('\r\n'),
  ]);
  let isOver = false;
  socket
    .on('error', () => {})
    .once('data', () => {
      isOver = true;
    });
  for (let sent = 0; sent < 12 && !isOver; sent += 1) {
    await new Promise((resolve) => socket.write(chunk, resolve));
  }
  socket.end();
  expect(await text(socket).catch(() => '')).not.toContain(' 500 ');
  expect((await server.get('/models')).status).toBe(200);
});

test('what is no request is not answered in the midst of another answer', async () => {
  const body = JSON.stringify(ask('Write a poem about the ocean.', { stream: true }));
  const socket = raw(
    `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-practice\r\nx-practice-pace: fast\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  let seen = '';
  socket.setEncoding('utf8').once('data', () => socket.write('\x00\x01 nonsense\r\n\r\n'));
  for await (const part of socket) seen += part;
  expect(seen.match(/HTTP\/1\.1/g)).toHaveLength(1);
});
