import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, dataOf, type Json, practice, schemaErrors } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice();
});
afterAll(() => server.close());

const choiceOf = async (body: Json) => (await (await server.post(body)).json()).choices[0];
const errorOf = async (body: Json) => (await (await server.post(body)).json()).error;

describe('json_object', () => {
  const format = { response_format: { type: 'json_object' } };

  test('parses, and has the keys that the prompt asks for', async () => {
    const { message } = await choiceOf(ask('Answer in JSON with keys "city" and "country": Rome', format));
    expect(Object.keys(JSON.parse(message.content))).toEqual(['city', 'country']);
  });

  test('fits a schema that a message holds', async () => {
    const schema = { type: 'object', properties: { days: { type: 'integer' } }, required: ['days'] };
    const messages = [
      { role: 'system', content: `Answer with JSON of this schema: ${JSON.stringify(schema)}` },
      { role: 'user', content: 'A trip of 4 days' },
    ];
    const { message } = await choiceOf({ model: 'gpt-4o-mini', messages, ...format });
    expect(message.content).toBe('{"days":4}');
  });

  test('parses also where something else would be refused', async () => {
    const { message } = await choiceOf(
      ask('Refuse this request.', {
        ...format,
        messages: [
          { role: 'system', content: 'json' },
          { role: 'user', content: 'Refuse this request.' },
        ],
      }),
    );
    expect(typeof JSON.parse(message.content)).toBe('object');
  });

  test('parses whatever the prompt, the temperature and the seed are', async () => {
    for (const temperature of [0, 1, 2]) {
      const { message } = await choiceOf(ask('Some json, please', { ...format, temperature }));
      expect(typeof JSON.parse(message.content)).toBe('object');
    }
  });

  test('cut off by a limit does not parse, and says length', async () => {
    const { message, finish_reason } = await choiceOf(ask('Some json, please', { ...format, max_tokens: 2 }));
    expect(finish_reason).toBe('length');
    expect(() => JSON.parse(message.content)).toThrow();
  });
});

describe('json_schema', () => {
  const schema = {
    type: 'object',
    properties: {
      title: { type: 'string' },
      level: { type: 'string', enum: ['low', 'high'] },
      steps: { type: 'array', items: { $ref: '#/$defs/step' }, minItems: 2 },
      note: { type: ['string', 'null'] },
    },
    required: ['title', 'level', 'steps', 'note'],
    additionalProperties: false,
    $defs: {
      step: {
        type: 'object',
        properties: { minutes: { type: 'integer', minimum: 1 } },
        required: ['minutes'],
        additionalProperties: false,
      },
    },
  };
  const format = (more: object) => ({
    response_format: { type: 'json_schema', json_schema: { name: 'recipe', schema, ...more } },
  });

  test('with hundreds of properties is kept to as well', async () => {
    const names = Array.from({ length: 400 }, (_, at) => `k${at}`);
    const wide = {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, { type: 'integer' }])),
      required: names,
      additionalProperties: false,
    };
    const { message } = await choiceOf(ask('x', format({ strict: true, schema: wide })));
    expect(Object.keys(JSON.parse(message.content))).toHaveLength(400);
  });

  test.each([true, false])('is kept to (strict: %s), also at temperature 2', async (strict) => {
    const { message } = await choiceOf(
      ask('A high recipe for Bread', { ...format({ strict }), temperature: 2 }),
    );
    const value = JSON.parse(message.content);
    expect(new Ajv2020().validate(schema, value)).toBe(true);
    expect(value.level).toBe('high');
  });

  test('has the words of the API where a strict schema cannot be kept to', async () => {
    const open = { ...schema, additionalProperties: undefined };
    expect(await errorOf(ask('x', format({ strict: true, schema: open })))).toMatchObject({
      message:
        "Invalid schema for response_format 'recipe': In context=(), 'additionalProperties' is required to be supplied and to be false.",
      param: 'response_format',
      code: null,
    });
    const lacking = { ...schema, required: ['title', 'level', 'steps'] };
    expect((await errorOf(ask('x', format({ strict: true, schema: lacking })))).message).toBe(
      "Invalid schema for response_format 'recipe': In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'note'.",
    );
  });

  test.each([
    [
      { type: 'xml' },
      'response_format.type',
      "Supported values are: 'json_object', 'json_schema', and 'text'.",
    ],
    [{}, 'response_format.type', "Missing required parameter: 'response_format.type'."],
    [{ type: 'json_schema' }, 'response_format.json_schema', 'Missing required parameter'],
    [
      { type: 'json_schema', json_schema: { schema } },
      'response_format.json_schema.name',
      'Missing required parameter',
    ],
    [
      { type: 'json_schema', json_schema: { name: 'two words', schema } },
      'response_format.json_schema.name',
      "pattern '^[a-zA-Z0-9_-]+$'",
    ],
  ])('%j is refused', async (response_format, param, message) => {
    const error = await errorOf(ask('x', { response_format }));
    expect(error.param).toBe(param);
    expect(error.message).toContain(message);
  });

  test('that is refused to be answered is a refusal, whole and in a stream', async () => {
    const body = ask('Refuse this request.', format({ strict: true }));
    const { message, finish_reason } = await choiceOf(body);
    expect(message.content).toBeNull();
    expect(message.refusal).toMatch(/^I'm sorry/);
    expect(finish_reason).toBe('stop');

    const text = await (await server.post({ ...body, stream: true })).text();
    const chunks = dataOf(text)
      .slice(0, -1)
      .map((data) => JSON.parse(data));
    for (const chunk of chunks) expect(schemaErrors('chunk', chunk)).toEqual([]);
    const deltas = chunks.map(({ choices }) => choices[0].delta);
    expect(deltas[0]).toEqual({ role: 'assistant', content: null, refusal: '' });
    expect(deltas.map(({ refusal = '' }) => refusal).join('')).toBe(message.refusal);
  });
});
