import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { practice, user } from './practice-client.ts';

/** The official SDK in the versions that are in use, each with what its helpers for schemas stand on. */
const versions = [
  ['5', () => import('openai5'), () => import('openai5/lib/parser')],
  ['6', () => import('openai6'), () => import('openai6/lib/parser')],
  ['7', () => import('openai'), () => import('openai/lib/parser')],
] as const;

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice({ seed: 5 });
});
afterAll(() => server.close());

const model = 'gpt-4o-mini';
const hello = { model, messages: [user("Say 'Hello World'")] };

describe.each(versions)('the official SDK %s, unchanged,', (version, loadSdk, loadParser) => {
  // What the tests use is alike in all three; the newest stands for their types.
  const client = async (headers: Record<string, string> = {}) => {
    const sdk = (await loadSdk()) as unknown as typeof import('openai');
    return {
      sdk,
      client: new sdk.OpenAI({ baseURL: server.url, apiKey: 'sk-practice', defaultHeaders: headers }),
    };
  };

  test('is of that version', async () => {
    const seen: string[] = [];
    const { sdk } = await client();
    const watched = new sdk.OpenAI({
      baseURL: server.url,
      apiKey: 'sk-practice',
      fetch: (url, init) => {
        seen.push(new Headers(init?.headers).get('x-stainless-package-version') ?? '');
        return fetch(url, init);
      },
    });
    await watched.chat.completions.create(hello);
    expect(seen[0]?.split('.')[0]).toBe(version);
  });

  test('gets an answer', async () => {
    const { client: openai } = await client();
    const { choices, usage } = await openai.chat.completions.create(hello);
    expect(choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'Hello World!' } });
    expect(usage?.total_tokens).toBe(15);
  });

  test('reads a stream', async () => {
    const { client: openai } = await client();
    const deltas: (string | undefined | null)[] = [];
    const stream = await openai.chat.completions.create({ ...hello, stream: true });
    for await (const chunk of stream) deltas.push(chunk.choices[0]?.delta.content);
    expect(deltas).toEqual(['', 'Hello', ' World', '!', undefined]);
  });

  test('adds a stream up with .stream()', async () => {
    const { client: openai } = await client();
    const contents: string[] = [];
    const stream = openai.chat.completions
      .stream({ ...hello, stream_options: { include_usage: true } })
      .on('content', (delta) => contents.push(delta));
    const { choices, usage } = await stream.finalChatCompletion();
    expect(contents).toEqual(['Hello', ' World', '!']);
    expect(choices[0]?.message.content).toBe('Hello World!');
    expect(usage?.completion_tokens).toBe(3);
  });

  test('parses an answer that fits its schema with .parse()', async () => {
    const { client: openai } = await client();
    const { makeParseableResponseFormat } =
      (await loadParser()) as unknown as typeof import('openai/lib/parser');
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' }, days: { type: 'integer' }, isByTrain: { type: 'boolean' } },
      required: ['city', 'days', 'isByTrain'],
      additionalProperties: false,
    };
    const { choices } = await openai.chat.completions.parse({
      model,
      messages: [user('Plan 3 days in Lisbon by train')],
      response_format: makeParseableResponseFormat(
        { type: 'json_schema', json_schema: { name: 'trip', strict: true, schema } },
        JSON.parse,
      ),
    });
    expect(choices[0]?.message.parsed).toEqual({ city: 'Lisbon', days: 3, isByTrain: true });
  });

  test('calls functions and answers from their results with runTools', async () => {
    const { client: openai } = await client();
    const asked: string[] = [];
    const runner = openai.chat.completions.runTools({
      model,
      messages: [user('What is the weather in Seattle and San Francisco today?')],
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            description: 'The weather in a city.',
            parse: JSON.parse,
            parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
            function: ({ city }: { city: string }) => {
              asked.push(city);
              return `${city}: 12 degrees`;
            },
          },
        },
      ],
    });
    const text = await runner.finalContent();
    expect(asked).toEqual(['Seattle', 'San Francisco']);
    expect(text).toContain('Seattle: 12 degrees');
    expect(text).toContain('San Francisco: 12 degrees');
  });

  test('stops reading when it is told to, without an error', async () => {
    const { client: openai } = await client({ 'x-practice-pace': 'fast' });
    const stream = await openai.chat.completions.create({ ...hello, stream: true });
    let chunks = 0;
    for await (const _ of stream) {
      chunks += 1;
      if (chunks === 2) stream.controller.abort();
    }
    expect(chunks).toBe(2);
  });

  test('tries again after a 429 and after a 500, and gets through', async () => {
    for (const fault of ['429*1', '500*2']) {
      const { client: openai } = await client({ 'x-practice-fault': fault });
      const { choices } = await openai.chat.completions.create(hello);
      expect(choices[0]?.message.content).toBe('Hello World!');
    }
  });

  test('throws the class that it has for each status', async () => {
    const { sdk, client: openai } = await client();
    const classes = {
      401: sdk.AuthenticationError,
      403: sdk.PermissionDeniedError,
      404: sdk.NotFoundError,
      408: sdk.APIError,
      409: sdk.ConflictError,
      429: sdk.RateLimitError,
      500: sdk.InternalServerError,
      503: sdk.InternalServerError,
    };
    for (const [fault, expected] of Object.entries(classes)) {
      const error = await openai.chat.completions
        .create(hello, { headers: { 'x-practice-fault': fault }, maxRetries: 0 })
        .catch((thrown: unknown) => thrown);
      expect((error as Error).constructor).toBe(expected);
      expect(error).toMatchObject({ status: Number(fault) });
    }
  });
});
