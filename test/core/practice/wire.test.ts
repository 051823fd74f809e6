import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { featureRequests } from './feature-requests.ts';
import { lessonRequests, otherEndings } from './lesson-requests.ts';
import { ask, dataOf, type Json, practice, schemaErrors } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice();
});
afterAll(() => server.close());

/** As much of a chunk's shape as these tests read; that it has it is what they show. */
interface Delta {
  readonly content?: string | null;
  readonly refusal?: string | null;
  readonly function_call?: { arguments: string };
  readonly tool_calls?: { index: number; function: { arguments: string } }[];
}

interface Chunk extends Json {
  readonly choices: readonly {
    readonly index: number;
    readonly delta: Delta;
    readonly finish_reason: string | null;
  }[];
}

const chunksOf = async (body: Json): Promise<Chunk[]> => {
  const response = await server.post({ ...body, stream: true });
  return dataOf(await response.text())
    .slice(0, -1)
    .map((data) => JSON.parse(data));
};

const hello = ask("Say 'Hello World'", { max_tokens: 10 });
const withUsage = { stream_options: { include_usage: true } };

describe.each([...lessonRequests, ...otherEndings, ...featureRequests])('$id', ({ body }) => {
  test('the whole response fits the strict schema', async () => {
    expect(schemaErrors('response', await (await server.post(body)).json())).toEqual([]);
  });

  test('every chunk fits the strict schema, with usage and without', async () => {
    for (const more of [{}, withUsage]) {
      for (const chunk of await chunksOf({ ...body, ...more })) {
        expect(schemaErrors('chunk', chunk)).toEqual([]);
      }
    }
  });

  test('streamed and whole are the same answer', async () => {
    const whole = await (await server.post(body)).json();
    const chunks = await chunksOf({ ...body, ...withUsage });
    for (const { index, message, finish_reason } of whole.choices) {
      const choices = chunks.flatMap((chunk) => chunk.choices).filter((choice) => choice.index === index);
      const joined = (pick: (delta: Delta) => string | null | undefined) =>
        choices.map(({ delta }) => pick(delta) ?? '').join('');
      expect(joined(({ content }) => content)).toBe(message.content ?? '');
      expect(joined(({ refusal }) => refusal)).toBe(message.refusal ?? '');
      expect(joined(({ function_call }) => function_call?.arguments)).toBe(
        message.function_call?.arguments ?? '',
      );
      const calls = (message.tool_calls ?? []) as { function: { arguments: string } }[];
      for (const [at, call] of calls.entries()) {
        expect(
          joined(({ tool_calls }) => tool_calls?.find((one) => one.index === at)?.function.arguments),
        ).toBe(call.function.arguments);
      }
      expect(choices.at(-1)?.finish_reason).toBe(finish_reason);
    }
    expect(chunks.at(-1)?.usage).toEqual(whole.usage);
  });
});

describe('the response object', () => {
  test('is indented by two, ends with a line break and keeps the order of the real one', async () => {
    const response = await server.post(hello);
    const text = await response.text();
    const body = JSON.parse(text);
    expect(text).toBe(`${JSON.stringify(body, null, 2)}\n`);
    expect(Object.keys(body)).toEqual([
      'id',
      'object',
      'created',
      'model',
      'choices',
      'usage',
      'service_tier',
      'system_fingerprint',
    ]);
    expect(Object.keys(body.choices[0])).toEqual(['index', 'message', 'logprobs', 'finish_reason']);
    expect(Object.keys(body.choices[0].message)).toEqual(['role', 'content', 'refusal', 'annotations']);
    expect(body.id).toMatch(/^chatcmpl-[A-Za-z0-9]{29}$/);
    expect(body.system_fingerprint).toMatch(/^fp_[0-9a-f]{10}$/);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('transfer-encoding')).toBe('chunked');
  });

  test.each([
    ['gpt-4o-mini', 'gpt-4o-mini-2024-07-18'],
    ['gpt-4o', 'gpt-4o-2024-08-06'],
  ])('%s is answered under its dated name', async (model, snapshot) => {
    expect((await (await server.post({ ...hello, model })).json()).model).toBe(snapshot);
  });
});

describe('a stream', () => {
  test('of Hello World is an empty role delta, the tokens, an empty delta with stop, and [DONE]', async () => {
    const response = await server.post({ ...hello, stream: true });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const text = await response.text();
    expect(text.endsWith('\n\ndata: [DONE]\n\n')).toBe(true);
    const chunks = dataOf(text)
      .slice(0, -1)
      .map((data) => JSON.parse(data));
    expect(chunks.map(({ choices }) => [choices[0].delta, choices[0].finish_reason])).toEqual([
      [{ role: 'assistant', content: '', refusal: null }, null],
      [{ content: 'Hello' }, null],
      [{ content: ' World' }, null],
      [{ content: '!' }, null],
      [{}, 'stop'],
    ]);
  });

  test('repeats id, created, model and fingerprint in every chunk, keys in the real order', async () => {
    const chunks = await chunksOf({ ...hello, ...withUsage });
    for (const chunk of chunks) {
      expect(Object.keys(chunk)).toEqual([
        'id',
        'object',
        'created',
        'model',
        'service_tier',
        'system_fingerprint',
        'choices',
        'usage',
        'obfuscation',
      ]);
    }
    const constant = chunks.map(({ choices, usage, obfuscation, ...rest }) => JSON.stringify(rest));
    expect(new Set(constant).size).toBe(1);
  });

  test('has no usage key unless asked; asked, it is null until a last chunk without choices', async () => {
    const without = await chunksOf(hello);
    expect(without.every((chunk) => !('usage' in chunk))).toBe(true);
    const chunks = await chunksOf({ ...hello, ...withUsage });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 12, completion_tokens: 3 } });
  });

  test('pads every chunk, or none if asked not to', async () => {
    const padded = await chunksOf({ ...hello, ...withUsage });
    for (const chunk of padded) expect([...JSON.stringify(chunk)].length % 16).toBe(1);
    const bare = await chunksOf({ ...hello, stream_options: { include_obfuscation: false } });
    expect(bare.every((chunk) => !('obfuscation' in chunk))).toBe(true);
  });

  test('of one function call names it together with the role, and then sends its arguments in fragments', async () => {
    const chunks = await chunksOf(otherEndings[0]!.body);
    const deltas = chunks.map(({ choices }) => choices[0]?.delta);
    expect(deltas.slice(0, 2)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            index: 0,
            id: expect.stringMatching(/^call_/),
            type: 'function',
            function: { name: 'get_weather', arguments: '' },
          },
        ],
        refusal: null,
      },
      { tool_calls: [{ index: 0, function: { arguments: '{"' } }] },
    ]);
    expect(deltas.at(-1)).toEqual({});
  });
});

describe('as long, to the byte, as what was captured', () => {
  test.each([
    [247, { model: 'gpt-5', temperature: 1.5 }],
    [219, { response_format: { type: 'json_object' } }],
    [231, { model: 'this-model-does-not-exist' }],
  ])('an error of %i bytes for %j', async (length, more) => {
    const response = await server.post({ ...ask('Hi'), ...more });
    expect(response.headers.get('content-length')).toBe(String(length));
  });

  test('an answer of 765 bytes, but for the two fields that came later', async () => {
    const text = await (await server.post(ask('Say this is a test'))).text();
    const before = text
      .replace(',\n        "annotations": []', '')
      .replace('  "service_tier": "default",\n', '');
    expect(JSON.parse(text).choices[0].message.content).toBe('This is a test.');
    expect(Buffer.byteLength(before)).toBe(765);
  });
});

describe('headers', () => {
  const headersOf = async (extra = {}) => {
    const fresh = await practice();
    try {
      return (await fresh.post({ ...hello, ...extra })).headers;
    } finally {
      await fresh.close();
    }
  };

  test.each([
    ['of a whole response', {}],
    ['of a stream', { stream: true }],
  ])(
    '%s carry the ids, times and limits of the real one, and say that this is practice',
    async (_, extra) => {
      const headers = await headersOf(extra);
      expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
      expect(headers.get('openai-processing-ms')).toMatch(/^\d+$/);
      expect(headers.get('openai-version')).toBe('2020-10-01');
      expect(headers.get('x-practice-server')).toBe('first-token');
      expect(headers.get('set-cookie')).toBeNull();
    },
  );

  test('the limits follow the arithmetic of the real ones', async () => {
    const headers = await headersOf();
    // 17 characters in one message: 5 + 1 + 1 tokens of 200 000 a minute; one request of 500 a minute.
    expect(headers.get('x-ratelimit-limit-requests')).toBe('500');
    expect(headers.get('x-ratelimit-remaining-requests')).toBe('499');
    expect(headers.get('x-ratelimit-reset-requests')).toBe('120ms');
    expect(headers.get('x-ratelimit-limit-tokens')).toBe('200000');
    expect(headers.get('x-ratelimit-remaining-tokens')).toBe('199993');
    expect(headers.get('x-ratelimit-reset-tokens')).toBe('2ms');
  });
});

describe('models', () => {
  test('are listed as the official schema says, those of the lessons among them', async () => {
    const list = await (await server.get('/models')).json();
    expect(schemaErrors('modelList', list)).toEqual([]);
    const ids = list.data.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining(['gpt-4o-mini', 'gpt-4o']));
  });

  test('can be asked for one by one', async () => {
    const card = await (await server.get('/models/gpt-4o-mini')).json();
    expect(schemaErrors('model', card)).toEqual([]);
    expect(card.id).toBe('gpt-4o-mini');
  });
});

test('the same seed gives the same bytes but for the time', async () => {
  const bodies: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const seeded = await practice({ seed: 7, clock: undefined });
    const response = await seeded.post({ ...hello, stream: true });
    bodies.push((await response.text()).replace(/"created":\d+/g, '"created":0'));
    await seeded.close();
  }
  expect(bodies[0]).toBe(bodies[1]);
});
