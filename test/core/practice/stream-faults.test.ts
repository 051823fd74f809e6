import OpenAI, { APIError, RateLimitError } from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { practice, user } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice();
});
afterAll(() => server.close());

const whole = 'Python is a general-purpose programming language';

/** What the SDK's loop over a stream gets, what it throws, and the bytes that it was given. */
async function loop(fault: string | null) {
  let raw = '';
  const client = new OpenAI({
    baseURL: server.url,
    apiKey: 'sk-practice',
    maxRetries: 0,
    logLevel: 'off',
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const decoder = new TextDecoder();
      const watch = new TransformStream<Uint8Array, Uint8Array>({
        transform: (bytes, controller) => {
          raw += decoder.decode(bytes, { stream: true });
          controller.enqueue(bytes);
        },
      });
      return new Response(response.body!.pipeThrough(watch), response);
    },
  });
  const chunks: OpenAI.ChatCompletionChunk[] = [];
  let error: unknown = null;
  let isAborted = false;
  try {
    const stream = await client.chat.completions.create(
      {
        model: 'gpt-4o-mini',
        messages: [user('What is Python? One sentence.')],
        stream: true,
        stream_options: { include_usage: true },
      },
      fault ? { headers: { 'x-practice-fault': fault } } : {},
    );
    for await (const chunk of stream) chunks.push(chunk);
    isAborted = stream.controller.signal.aborted;
  } catch (thrown) {
    error = thrown;
  }
  const text = chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');
  return { raw, chunks, text, error, isAborted };
}

test('normal: every object is yielded, the usage chunk without choices too', async () => {
  const { chunks, text, error } = await loop(null);
  expect(error).toBeNull();
  expect(text).toContain(whole);
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 37 } });
  expect(chunks.at(-1)?.choices[0]).toBeUndefined();
});

test.each([
  ['data: {"error"}', 'error@chunk=4', /data: \{"error":\{/],
  ['event: error', 'error-event@chunk=4', /event: error\ndata: \{"message":/],
])('%s: APIError itself, without a status, with all that the error says', async (_, fault, bytes) => {
  const { raw, chunks, text, error } = await loop(fault);
  expect(raw).toMatch(bytes);
  expect(chunks).toHaveLength(4);
  // What had come before is kept.
  expect(text).toBe('Python is a');
  expect((error as Error).constructor).toBe(APIError);
  expect(error).toMatchObject({
    status: undefined,
    type: 'server_error',
    code: 'server_error',
    param: null,
    error: { type: 'server_error' },
    requestID: expect.stringMatching(/^req_[0-9a-f]{32}$/),
  });
  expect((error as APIError).headers?.get('x-practice-server')).toBe('first-token');
});

test('events after [DONE]: ignored', async () => {
  const { raw, chunks, error } = await loop('double-done');
  expect(raw.match(/data: \[DONE\]/g)?.length ?? 0).toBeGreaterThanOrEqual(1);
  expect(error).toBeNull();
  expect(chunks.filter(({ usage }) => usage)).toHaveLength(1);
});

test('the end without [DONE]: silence, and nothing is aborted', async () => {
  const { raw, text, error, isAborted } = await loop('end');
  expect(raw).not.toContain('[DONE]');
  expect(text).toContain(whole);
  expect({ error, isAborted }).toEqual({ error: null, isAborted: false });
});

test('the connection broken in mid-stream: a plain TypeError, no APIConnectionError', async () => {
  const { chunks, text, error } = await loop('cut@chunk=7');
  expect(chunks).toHaveLength(7);
  expect(text).toContain('Python is a general-purpose');
  expect(error).not.toBeInstanceOf(APIError);
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } });
});

test('broken JSON in an event: a SyntaxError of the SDK', async () => {
  const { chunks, error } = await loop('bad-json@chunk=2');
  expect(chunks).toHaveLength(2);
  expect(error).toBeInstanceOf(SyntaxError);
  expect((error as Error).message).toBe('Error reading response: malformed server-sent event JSON.');
});

test('comment lines: ignored', async () => {
  const { raw, text, error } = await loop('comments');
  expect(raw).toContain(': keep-alive\n\n');
  expect({ error, isWhole: text.includes(whole) }).toEqual({ error: null, isWhole: true });
});

test.each([
  ['CRLF', 'crlf', /\r\n\r\n/],
  ['bytes one by one', 'split', /\[DONE\]/],
  ['writes that end within a character', 'split-utf8', /\[DONE\]/],
  ['CRLF, one by one', 'crlf,split', /\r\n\r\n/],
  ['three events at once', 'batch=3', /\[DONE\]/],
  ['all events at once', 'batch', /\[DONE\]/],
])('%s: fine', async (_, fault, bytes) => {
  const usual = await loop(null);
  const { raw, text, error } = await loop(fault);
  expect(raw).toMatch(bytes);
  expect(error).toBeNull();
  expect(text).toBe(usual.text);
});

test('the last event without its blank line: delivered', async () => {
  const { raw, chunks, error } = await loop('no-blank');
  expect(raw).toMatch(/\}$/);
  expect(error).toBeNull();
  expect(chunks.at(-1)?.usage?.completion_tokens).toBe(37);
});

test('200 with JSON though a stream was asked for: an empty stream, no error', async () => {
  const { raw, chunks, error } = await loop('json');
  expect(JSON.parse(raw).choices[0].message.content).toContain(whole);
  expect({ chunks, error }).toEqual({ chunks: [], error: null });
});

test('a content type that lies: the stream is read all the same', async () => {
  expect((await loop('wrong-type')).text).toContain(whole);
});

test('another status: the typed error before anything is yielded', async () => {
  const { chunks, error } = await loop('429');
  expect(chunks).toEqual([]);
  expect(error).toBeInstanceOf(RateLimitError);
});
