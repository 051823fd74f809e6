import { AuthenticationError } from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goDuration } from '../../../src/core/practice/headers.ts';
import { ask, type Json, practice, schemaErrors, user } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice();
});
afterAll(() => server.close());

describe('keys', () => {
  test('a wrong one gets the 401 of the real gateway to the byte, with the key masked', async () => {
    const response = await server.post(ask('Hi'), { authorization: 'Bearer sk-fake-key-12345' });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe(`{
    "error": {
        "message": "Incorrect API key provided: sk-fake-*****2345. You can find your API key at https://platform.openai.com/account/api-keys.",
        "type": "invalid_request_error",
        "param": null,
        "code": "invalid_api_key"
    }
}
`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('vary')).toBe('Origin');
    expect(response.headers.get('openai-version')).toBeNull();
    expect(response.headers.get('x-practice-server')).toBe('first-token');
  });

  test.each([
    [51, `sk-12345${'*'.repeat(39)}wxyz`],
    [13, 'sk-12345*wxyz'],
  ])('of %i characters are masked at their full length', async (length, masked) => {
    const key = `sk-12345${'x'.repeat(length - 12)}wxyz`;
    const response = await server.get('/models', { authorization: `Bearer ${key}` });
    expect((await response.json()).error.message).toContain(` ${masked}.`);
  });

  test('of a few characters are echoed whole, as the real gateway does', async () => {
    const response = await server.get('/models', { authorization: 'Bearer test-key' });
    expect((await response.json()).error.message).toContain(' test-key.');
  });

  test.each([{}, { authorization: 'Bearer ' }, { authorization: 'Basic c2s6' }])(
    '%j is no key at all',
    async (headers) => {
      const response = await fetch(`${server.url}/models`, { headers: headers as Record<string, string> });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="OpenAI API"');
      const { error } = await response.json();
      expect(error).toMatchObject({ code: null, param: null, type: 'invalid_request_error' });
      expect(error.message).toMatch(/^You didn't provide an API key\. .*\/account\/api-keys\.$/);
    },
  );

  test('the SDK throws AuthenticationError and does not try again', async () => {
    const failure = await server
      .sdk('sk-fake-key-12345')
      .chat.completions.create({ model: 'gpt-4o-mini', messages: [user('Hi')] })
      .catch((error) => error);
    expect(failure).toBeInstanceOf(AuthenticationError);
    expect(failure).toMatchObject({ status: 401, code: 'invalid_api_key' });
    expect(failure.message).toMatch(/^401 Incorrect API key provided: sk-fake-\*{5}2345\./);
  });
});

describe('requests that cannot be answered', () => {
  const hi = ask('Hi');
  const without = (name: string): Json =>
    Object.fromEntries(Object.entries(hi).filter(([key]) => key !== name));
  const rejected: readonly (readonly [
    string,
    Json | string,
    number,
    string | null,
    string | null,
    string,
  ])[] = [
    [
      'broken JSON',
      '{"model": ',
      400,
      null,
      null,
      'We could not parse the JSON body of your request. (HINT:',
    ],
    ['no body', '', 400, null, null, 'We could not parse the JSON body'],
    ['a list', '[]', 400, null, null, 'We could not parse the JSON body'],
    ['no model', without('model'), 400, null, null, 'you must provide a model parameter'],
    [
      'an unknown model',
      { ...hi, model: 'gpt-9' },
      404,
      null,
      'model_not_found',
      'The model `gpt-9` does not exist or you do not have access to it.',
    ],
    [
      'no messages',
      without('messages'),
      400,
      'messages',
      'missing_required_parameter',
      "Missing required parameter: 'messages'.",
    ],
    [
      'empty messages',
      { ...hi, messages: [] },
      400,
      'messages',
      'empty_array',
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
    ],
    [
      'messages as text',
      { ...hi, messages: 'Hi' },
      400,
      'messages',
      'invalid_type',
      "Invalid type for 'messages'",
    ],
    [
      'a message as text',
      { ...hi, messages: ['Hi'] },
      400,
      'messages[0]',
      'invalid_type',
      'Invalid type for',
    ],
    [
      'an unknown role',
      { ...hi, messages: [{ role: 'robot', content: 'Hi' }] },
      400,
      'messages[0].role',
      'invalid_value',
      "Invalid value: 'robot'. Supported values are: 'system', 'assistant', 'user',",
    ],
    [
      'a number as content',
      { ...hi, messages: [user('Hi'), { role: 'user', content: 7 }] },
      400,
      'messages[1].content',
      'invalid_type',
      "Invalid type for 'messages[1].content': expected one of a string or array of objects, but got an integer",
    ],
    [
      'max_tokens 0',
      { ...hi, max_tokens: 0 },
      400,
      'max_tokens',
      'integer_below_min_value',
      "Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.",
    ],
    [
      'max_tokens beyond the model',
      { ...hi, max_tokens: 99_999 },
      400,
      'max_tokens',
      null,
      'max_tokens is too large: 99999. This model supports at most 16384 completion tokens, whereas',
    ],
    [
      'both limits',
      { ...hi, max_tokens: 5, max_completion_tokens: 5 },
      400,
      'max_tokens',
      'invalid_parameter_combination',
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
    ],
    [
      'a temperature above 2',
      { ...hi, temperature: 200 },
      400,
      'temperature',
      'decimal_above_max_value',
      "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 200 instead.",
    ],
    [
      'a temperature below 0',
      { ...hi, temperature: -0.5 },
      400,
      'temperature',
      'decimal_below_min_value',
      "Invalid 'temperature': decimal below minimum value. Expected a value >= 0, but got -0.5 instead.",
    ],
    [
      'five stop sequences',
      { ...hi, stop: ['a', 'b', 'c', 'd', 'e'] },
      400,
      'stop',
      'array_above_max_length',
      "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length 5 instead.",
    ],
    [
      'a function call without an id',
      { ...hi, messages: [{ role: 'assistant', tool_calls: [{ type: 'function' }] }, user('Hi')] },
      400,
      'messages[0].tool_calls[0].id',
      'missing_required_parameter',
      "Missing required parameter: 'messages[0].tool_calls[0].id'.",
    ],
    [
      'a function whose parameters are no schema',
      {
        ...hi,
        tools: [{ type: 'function', function: { name: 'say_hi', parameters: { properties: { to: 5 } } } }],
      },
      400,
      'tools[0].function.parameters',
      'invalid_function_parameters',
      "Invalid schema for function 'say_hi': 5 is not valid under any of the given schemas.",
    ],
    [
      'a function whose parameters are a list',
      { ...hi, tools: [{ type: 'function', function: { name: 'say_hi', parameters: { type: 'array' } } }] },
      400,
      'tools[0].function.parameters',
      'invalid_function_parameters',
      `Invalid schema for function 'say_hi': schema must be a JSON Schema of 'type: "object"', got 'type: "array"'.`,
    ],
    [
      'a function that does not say which parameters it has',
      { ...hi, tools: [{ type: 'function', function: { name: 'say_hi', parameters: { type: 'object' } } }] },
      400,
      'tools[0].function.parameters',
      'invalid_function_parameters',
      "Invalid schema for function 'say_hi': In context=(), object schema missing properties.",
    ],
    [
      'a function with a list of nobody knows what',
      {
        ...hi,
        tools: [
          {
            type: 'function',
            function: {
              name: 'say_hi',
              parameters: { type: 'object', properties: { to: { type: 'array' } } },
            },
          },
        ],
      },
      400,
      'tools[0].function.parameters',
      'invalid_function_parameters',
      "Invalid schema for function 'say_hi': In context=('properties', 'to'), array schema missing items.",
    ],
    [
      'stream_options without stream',
      { ...hi, stream_options: { include_usage: true } },
      400,
      'stream_options',
      null,
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
    ],
    [
      'a parameter that does not exist',
      { ...hi, max_token: 5 },
      400,
      null,
      null,
      'Unrecognized request argument supplied: max_token',
    ],
    [
      'parameters that do not exist',
      { ...hi, max_token: 5, temp: 1 },
      400,
      null,
      null,
      'Unrecognized request arguments supplied: max_token, temp',
    ],
    [
      'messages of null',
      { ...hi, messages: null },
      400,
      'messages',
      'invalid_type',
      "Invalid type for 'messages': expected an array of objects, but got null instead.",
    ],
    [
      'a function message without a name',
      { ...hi, messages: [user('Hi'), { role: 'function', content: '1' }] },
      400,
      'messages[1].name',
      'missing_required_parameter',
      "Missing required parameter: 'messages[1].name'.",
    ],
    [
      'JSON out of all measure',
      `{"model": "gpt-4o-mini", "messages": ${'['.repeat(50_000)}`,
      400,
      null,
      null,
      'We could not parse the JSON body',
    ],
    [
      'a parameter of other models',
      { ...hi, reasoning_effort: 'low' },
      400,
      null,
      null,
      'Unrecognized request argument supplied: reasoning_effort',
    ],
  ];

  test.each(rejected)('%s', async (_, body, status, param, code, message) => {
    const response = await server.post(body);
    const parsed = await response.json();
    expect(response.status).toBe(status);
    expect(schemaErrors('error', parsed)).toEqual([]);
    expect(parsed.error).toMatchObject({ type: 'invalid_request_error', param, code });
    expect(parsed.error.message.slice(0, message.length)).toBe(message);
  });

  test('null is as good as nothing, where the schema allows it', async () => {
    const nulls = { temperature: null, max_tokens: null, stop: null, stream_options: null, tools: null };
    expect((await server.post({ ...hi, ...nulls })).status).toBe(200);
  });

  test('those about a parameter are indented by two, end without a line break and still count', async () => {
    const fresh = await practice();
    const response = await fresh.post({ ...hi, messages: [] });
    const text = await response.text();
    await fresh.close();
    expect(text).toBe(JSON.stringify(JSON.parse(text), null, 2));
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('content-length')).toBe(String(text.length));
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('499');
  });

  const bare = (method: string, path: string) =>
    fetch(new URL(path, server.url), { method, headers: { authorization: 'Bearer sk-practice' } });

  test('a path that leads nowhere is an invalid URL, and one outside of /v1 an unknown one', async () => {
    const under = await bare('POST', '/v1/chat/completion');
    expect(under.status).toBe(404);
    expect((await under.json()).error.message).toBe('Invalid URL (POST /v1/chat/completion)');
    const outside = await bare('GET', '/models');
    expect(outside.status).toBe(404);
    expect((await outside.json()).error).toMatchObject({
      message: expect.stringMatching(/^Unknown request URL: GET \/models\. Please check the URL for typos/),
      code: 'unknown_url',
    });
  });

  test.each([
    ['GET', '/v1/chat/completions', 'POST'],
    ['POST', '/v1/models', 'GET'],
    ['DELETE', '/v1/models/gpt-4o-mini', 'GET'],
  ])('%s %s is the wrong method, and the right one is named', async (method, path, allowed) => {
    const response = await bare(method, path);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allowed);
    expect((await response.json()).error.message).toContain(`Not allowed to ${method} on ${path}.`);
  });

  test('an unknown model card is a 404 that names it', async () => {
    const response = await server.get('/models/gpt%2F9');
    expect(response.status).toBe(404);
    expect((await response.json()).error.code).toBe('model_not_found');
  });
});

test('times until a reset are written as Go durations', () => {
  expect([0, 6, 120, 8640, 59_369, 66_499].map(goDuration)).toEqual([
    '0s',
    '6ms',
    '120ms',
    '8.64s',
    '59.369s',
    '1m6.499s',
  ]);
});
