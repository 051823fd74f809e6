import { APIError, InternalServerError, RateLimitError } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe('in the middle of a stream the SDK', () => {
  const sixTokens = 'Python is a general-purpose';

  test('throws APIError on an error event, after what had come', async () => {
    const { chunks, text, error } = await readStream('error@chunk=7');
    expect({ chunks, text }).toMatchObject({ chunks: 7, text: expect.stringContaining(sixTokens) });
    expect((error as Error).constructor).toBe(APIError);
    expect(error).toMatchObject({
      status: undefined,
      type: 'server_error',
      code: 'server_error',
      param: null,
    });
    expect((error as APIError).requestID).toMatch(/^req_/);
    expect((error as Error).message).toContain((error as APIError).requestID);
  });

  test('throws a plain TypeError when the connection breaks, after what had come', async () => {
    const { chunks, text, error } = await readStream('cut@chunk=7');
    expect({ chunks, text }).toMatchObject({ chunks: 7, text: expect.stringContaining(sixTokens) });
    expect(error).toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(APIError);
    expect(error).toMatchObject({ message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } });
  });

  test('says nothing when the stream ends without [DONE]', async () => {
    const { chunks, error } = await readStream('end@chunk=7');
    expect({ chunks, error }).toEqual({ chunks: 7, error: null });
  });

  test('meets a fault beyond the last chunk after the last chunk', async () => {
    expect((await readStream('error@chunk=999')).error).toBeInstanceOf(APIError);
    const body = await (
      await server.post(ask('Hi', { stream: true }), { 'x-practice-fault': 'end@chunk=999' })
    ).text();
    expect(body).toContain('"finish_reason":"stop"');
    expect(body).not.toContain('[DONE]');
  });

  test('meets a fault before the first chunk, too', async () => {
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

  test('429 asks for a wait of 400 ms, and of a whole second where only seconds fit', async () => {
    const response = await server.post(ask('Hi'), { 'x-practice-fault': '429' });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after-ms')).toBe('400');
    expect(response.headers.get('retry-after')).toBe('1');
    expect((await response.json()).error.message).toContain('Please try again in 400ms.');
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

test.each(['teapot', '429*', 'cut@chunk=', 'cut@token=3', ''])(
  'the fault "%s" is refused in one sentence',
  async (fault) => {
    const response = await server.post(ask('Hi', { stream: true }), { 'x-practice-fault': fault });
    expect(response.status).toBe(400);
    const { message } = (await response.json()).error;
    expect(message).toContain(`'${fault}'`);
    expect(message).toMatch(/^[^.]+\.$/);
  },
);

test('a fault of streams is refused where nothing is streamed, rather than ignored', async () => {
  const response = await server.post(ask('Hi'), { 'x-practice-fault': 'cut@chunk=7' });
  expect(response.status).toBe(400);
  expect((await response.json()).error.message).toContain('"stream": true');
});
