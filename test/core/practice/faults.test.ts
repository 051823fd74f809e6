import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { APIConnectionError, APIError, InternalServerError, RateLimitError } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultGroups } from '../../../src/core/api/practice-faults.ts';
import { faultKinds } from '../../../src/core/practice/faults/catalogue.ts';
import { parseFaults } from '../../../src/core/practice/faults/parse.ts';
import { heldClock } from './held-clock.ts';
import { ask, dataOf, practice, schemaErrors, user } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice();
});
afterAll(() => server.close());

/** What a learner's own loop over the SDK's stream gets, and what it throws. */
async function readStream(fault: string, options = {}) {
  let chunks = 0;
  let text = '';
  try {
    const stream = await server
      .sdk()
      .chat.completions.create(
        { model: 'gpt-4o-mini', messages: [user('What is Python? One sentence.')], stream: true },
        { headers: { 'x-practice-fault': fault }, ...options },
      );
    for await (const chunk of stream) {
      chunks += 1;
      text += chunk.choices[0]?.delta.content ?? '';
    }
    return { chunks, text, error: null };
  } catch (error) {
    return { chunks, text, error };
  }
}

describe('in the middle of a stream', () => {
  test('a fault beyond the last chunk happens after the last chunk', async () => {
    expect((await readStream('error@chunk=999')).error).toBeInstanceOf(APIError);
    const body = await (
      await server.post(ask('Hi', { stream: true }), { 'x-practice-fault': 'end@chunk=999' })
    ).text();
    expect(body).toContain('"finish_reason":"stop"');
    expect(body).not.toContain('[DONE]');
  });

  test('a fault before the first chunk happens, too', async () => {
    expect(await readStream('end@chunk=0')).toEqual({ chunks: 0, text: '', error: null });
  });
});

test('the error event holds the error alone and no [DONE] follows', async () => {
  const response = await server.post(ask('Hi', { stream: true }), { 'x-practice-fault': 'error@chunk=2' });
  expect(response.status).toBe(200);
  const last = JSON.parse(dataOf(await response.text()).at(-1)!);
  expect(Object.keys(last)).toEqual(['error']);
  expect(schemaErrors('error', last)).toEqual([]);
});

describe('as a status', () => {
  test.each([
    ['429', RateLimitError, 'rate_limit_exceeded'],
    ['500', InternalServerError, null],
    ['503', InternalServerError, null],
  ] as const)('%s is thrown as the class that the SDK has for it', async (fault, type, code) => {
    const { error } = await readStream(fault, { maxRetries: 0 });
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status: Number(fault), code });
    expect(schemaErrors('error', { error: (error as APIError).error })).toEqual([]);
  });

  test('429 asks for the wait that its own figures give, and for whole seconds where only those fit', async () => {
    const response = await server.post(ask('Hi'), { 'x-practice-fault': '429' });
    expect(response.status).toBe(429);
    // One request of 500 a minute.
    expect(response.headers.get('retry-after-ms')).toBe('120');
    expect(response.headers.get('retry-after')).toBe('1');
    const { message } = (await response.json()).error;
    expect(message).toContain('(RPM): Limit 500, Used 500, Requested 1. Please try again in 120ms.');
  });

  test('429*1 fails the first attempt only: the SDK waits and gets the whole answer', async () => {
    const seen: (string | null)[] = [];
    const { error, text } = await readStream('429*1');
    expect(error).toBeNull();
    expect(text).toMatch(/machine learning\.$/);
    for (const count of ['0', '1', '2']) {
      const headers = { 'x-practice-fault': '429*2', 'x-stainless-retry-count': count };
      seen.push(String((await server.post(ask('Hi'), headers)).status));
    }
    expect(seen).toEqual(['429', '429', '200']);
  });

  test('is for the models too', async () => {
    expect((await server.get('/models', { 'x-practice-fault': '503' })).status).toBe(503);
  });
});

test.each([
  ['says nothing of its attempts', {}],
  ['tries again by itself, each time for the first time', { 'x-stainless-retry-count': '0' }],
])('who %s fails as often as ordered, and then gets through', async (_, said) => {
  const fresh = await practice();
  const headers = { 'x-practice-fault': '429*2', ...said };
  const seen: number[] = [];
  for (let call = 0; call < 6; call += 1) seen.push((await fresh.post(ask('Hi'), headers)).status);
  await fresh.close();
  expect(seen).toEqual([429, 429, 200, 429, 429, 200]);
});

test('attempts are those of equal requests, and forgotten after a minute', async () => {
  const clock = heldClock();
  const fresh = await practice({ clock });
  const headers = { 'x-practice-fault': '500*1' };
  const status = async (prompt: string) => (await fresh.post(ask(prompt), headers)).status;
  expect([await status('Hi'), await status('Hello'), await status('Hi')]).toEqual([500, 500, 200]);
  expect(await status('Hi')).toBe(500);
  clock.advance(61_000);
  expect(await status('Hi')).toBe(500);
  await fresh.close();
});

test('a share of requests is about that share', async () => {
  const fresh = await practice({ rateLimit: 'off' });
  const headers = { 'x-practice-fault': '500%30' };
  let failed = 0;
  for (let call = 0; call < 100; call += 1) {
    failed += (await fresh.get('/models', headers)).status === 500 ? 1 : 0;
  }
  await fresh.close();
  expect(Math.abs(failed - 30)).toBeLessThan(15);
});

test('several faults happen together, those of the server and those of the request', async () => {
  const fresh = await practice({ fault: 'crlf' });
  const response = await fresh.post(ask('Hi', { stream: true }), {
    'x-practice-fault': 'comments,end@chunk=1',
  });
  expect(await response.text()).toMatch(/^: keep-alive\r\n\r\ndata: \{.*\}\r\n\r\n$/);
  // What happens in streams only is no hindrance to an answer that is none.
  expect((await fresh.post(ask('Hi'))).status).toBe(200);
  await fresh.close();
});

test('an HTML page and an empty body are answered with where an error is expected', async () => {
  const html = await server.post(ask('Hi'), { 'x-practice-fault': 'html' });
  expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html']);
  expect(await html.text()).toContain('<h1>502 Bad Gateway</h1>');
  const empty = await server.post(ask('Hi'), { 'x-practice-fault': 'empty' });
  expect([empty.status, await empty.text()]).toEqual([500, '']);
});

test('a connection that breaks before any answer is a connection error to the SDK', async () => {
  const { error } = await readStream('reset', { maxRetries: 0 });
  expect(error).toBeInstanceOf(APIConnectionError);
});

test('a refused key is echoed masked, also as the password of nobody', async () => {
  const authorization = `Basic ${Buffer.from(':sk-practice-abcdefgh').toString('base64')}`;
  const response = await server.post(ask('Hi'), { authorization, 'x-practice-fault': '401' });
  expect((await response.json()).error.message).toContain(' sk-pract********efgh.');
});

test('refused connections are a server where nobody listens', async () => {
  const fresh = await practice({ fault: 'refuse' });
  await expect(fresh.post(ask('Hi'))).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await fresh.close();
});

describe('with time held still', () => {
  async function held() {
    const clock = heldClock();
    const fresh = await practice({ clock, pace: 'instant' });
    return { clock, fresh };
  }

  test('slow headers come so much later', async () => {
    const { clock, fresh } = await held();
    const pending = fresh.post(ask('Hi'), { 'x-practice-fault': 'slow-headers=1500' });
    await clock.advanceToNext();
    expect((await pending).status).toBe(200);
    expect(clock.now()).toBe(1500);
    await fresh.close();
  });

  test('a stall comes before what ends the stream at the same place', async () => {
    const { clock, fresh } = await held();
    const body = ask("Say 'Hello World'", { stream: true });
    const pending = fresh.post(body, { 'x-practice-fault': 'end@chunk=2,stall=1500@chunk=2' });
    await clock.advanceToNext();
    expect(dataOf(await (await pending).text())).toHaveLength(2);
    expect(clock.now()).toBe(1500);
    await fresh.close();
  });

  test('a stall beyond the last chunk comes before [DONE]', async () => {
    const { clock, fresh } = await held();
    const body = ask("Say 'Hello World'", { stream: true });
    const pending = fresh.post(body, { 'x-practice-fault': 'stall=1500@chunk=99' });
    await clock.advanceToNext();
    expect(dataOf(await (await pending).text()).at(-1)).toBe('[DONE]');
    expect(clock.now()).toBe(1500);
    await fresh.close();
  });

  test('slow headers are slow before errors and lists as well', async () => {
    const { clock, fresh } = await held();
    const slow = { 'x-practice-fault': 'slow-headers=1000' };
    const failing = fresh.post(ask('Hi'), { 'x-practice-fault': '500,slow-headers=1000' });
    await clock.advanceToNext();
    expect((await failing).status).toBe(500);
    const list = fresh.get('/models', slow);
    await clock.advanceToNext();
    expect((await list).status).toBe(200);
    const refused = fresh.post(ask('Hi', { temperature: 9 }), slow);
    await clock.advanceToNext();
    expect((await refused).status).toBe(400);
    expect(clock.now()).toBe(3000);
    await fresh.close();
  });

  test('a stall holds the stream after so many chunks, and then it goes on to its end', async () => {
    const { clock, fresh } = await held();
    const body = ask("Say 'Hello World'", { stream: true });
    const response = await fresh.post(body, { 'x-practice-fault': 'stall=5000@chunk=2' });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    await clock.nextWait();
    let seen = '';
    while (dataOf(seen).length < 2) seen += (await reader.read()).value;
    expect(seen).not.toContain(' World');
    await clock.advanceToNext();
    for (let part = await reader.read(); !part.done; part = await reader.read()) seen += part.value;
    expect(clock.now()).toBe(5000);
    expect(dataOf(seen).at(-1)).toBe('[DONE]');
    await fresh.close();
  });
});

test('without its last blank line a stream can still break or fail', async () => {
  expect((await readStream('no-blank,cut@chunk=2')).error).toBeInstanceOf(TypeError);
  expect((await readStream('no-blank,error@chunk=2')).error).toBeInstanceOf(APIError);
  const { text, error } = await readStream('no-blank,comments,batch=2');
  expect({ error, text }).toEqual({ error: null, text: expect.stringMatching(/machine learning\.$/) });
});

test('a type that lies does so on every answer', async () => {
  const lie = { 'x-practice-fault': 'wrong-type' };
  for (const response of [await server.get('/models', lie), await server.post(ask('Hi', { n: 0 }), lie)]) {
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(typeof (await response.json())).toBe('object');
  }
});

test('a connection breaks also for a request that waits behind another one', async () => {
  const request = (path: string, more: string, body = '') =>
    `${body ? 'POST' : 'GET'} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-practice\r\n${more}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  const stream = JSON.stringify(ask('Say hello.', { stream: true }));
  socket.write(
    request('/v1/chat/completions', 'x-practice-pace: fast\r\n', stream) +
      request('/v1/models', 'x-practice-fault: reset\r\n'),
  );
  await expect(text(socket)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test.each([
  'teapot',
  '429*',
  'cut@chunk=',
  'cut@token=3',
  '429=5',
  'crlf@chunk=2',
  'stall=90000000',
  'refuse',
  'cut,',
  '',
])('the fault "%s" is refused in one sentence', async (fault) => {
  const response = await server.post(ask('Hi', { stream: true }), { 'x-practice-fault': fault });
  expect(response.status).toBe(400);
  const { message, param } = (await response.json()).error;
  expect(param).toBe('x-practice-fault');
  expect(message).toMatch(/^The practice (server does not know the )?fault '[^']*'[^.]+\.$/);
});

test('a fault of streams is refused where nothing is streamed, rather than ignored', async () => {
  const cut = { 'x-practice-fault': 'cut@chunk=7' };
  for (const response of [await server.post(ask('Hi'), cut), await server.get('/models', cut)]) {
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).toContain('"stream": true');
  }
});

test('what help and README list is what the server knows', () => {
  const listed = faultGroups.flatMap(({ faults }) => faults.map(({ form }) => form.replace(/=.*/, '')));
  expect(listed.filter((name) => name !== 'refuse').sort()).toEqual(Object.keys(faultKinds).sort());
  for (const name of listed.filter((known) => known !== 'refuse')) {
    expect(parseFaults(name)).toMatchObject({ faults: [{ name }] });
  }
  const [, inReadme = ''] =
    /```\n(instead of an answer[^`]+)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
  const names = inReadme
    .split('\n')
    .flatMap((line) => line.slice(23).split(/ +/))
    .filter(Boolean);
  expect(names).toEqual(faultGroups.flatMap(({ faults }) => faults.map(({ form }) => form)));
});
