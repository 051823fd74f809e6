import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { weatherTool } from './lesson-requests.ts';
import { ask, dataOf, type Json, practice, schemaErrors, user } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice();
});
afterAll(() => server.close());

const complete = async (body: Json): Promise<OpenAI.ChatCompletion> => {
  const answer = await (await server.post(body)).json();
  expect(schemaErrors('response', answer)).toEqual([]);
  return answer;
};
const choiceOf = async (body: Json) => (await complete(body)).choices[0]!;
const callsOf = async (body: Json) =>
  ((await choiceOf(body)).message.tool_calls ?? []).map((call) =>
    call.type === 'function'
      ? `${call.function.name} ${call.function.arguments}`
      : `${call.custom.name}: ${call.custom.input}`,
  );
const deltasOf = async (body: Json): Promise<Json[]> => {
  const text = await (await server.post({ ...body, stream: true })).text();
  return dataOf(text)
    .slice(0, -1)
    .map((data) => JSON.parse(data).choices[0].delta);
};

const timeTool = {
  type: 'function',
  function: {
    name: 'get_time',
    description: 'The local time.',
    parameters: { type: 'object', properties: { zone: { type: 'string' } }, required: ['zone'] },
  },
};
const twoCities = 'What is the weather in Seattle and San Francisco today?';

describe('parallel calls', () => {
  test('are made about each thing that one function takes one at a time', async () => {
    expect(await callsOf(ask(twoCities, { tools: [weatherTool] }))).toEqual([
      'get_weather {"city":"Seattle"}',
      'get_weather {"city":"San Francisco"}',
    ]);
  });

  test('are made of each function that the prompt is about', async () => {
    const calls = await callsOf(
      ask('What are the time and the weather in Oslo?', { tools: [weatherTool, timeTool] }),
    );
    expect(calls).toEqual(['get_weather {"city":"Oslo"}', 'get_time {"zone":"Oslo"}']);
  });

  test('are not made where that is turned off', async () => {
    const calls = await callsOf(ask(twoCities, { tools: [weatherTool], parallel_tool_calls: false }));
    expect(calls).toHaveLength(1);
  });

  test('stream after a delta of their own for the role, each with its index', async () => {
    const deltas = await deltasOf(ask(twoCities, { tools: [weatherTool] }));
    expect(deltas[0]).toEqual({ role: 'assistant', content: null });
    const fragments = deltas.flatMap(({ tool_calls }) => (tool_calls ?? []) as Json[]);
    const heads = fragments.filter(({ id }) => id);
    expect(heads).toEqual(
      [0, 1].map((index) => ({
        index,
        id: expect.stringMatching(/^call_[A-Za-z0-9]{24}$/),
        type: 'function',
        function: { name: 'get_weather', arguments: '' },
      })),
    );
    const given = [0, 1].map((wanted) =>
      fragments
        .filter(({ index }) => index === wanted)
        .map((fragment) => (fragment.function as { arguments: string }).arguments)
        .join(''),
    );
    expect(given).toEqual(['{"city":"Seattle"}', '{"city":"San Francisco"}']);
  });
});

describe('tool_choice', () => {
  const hello = ask('Say hello.', { tools: [weatherTool, timeTool] });
  const named = { type: 'function', function: { name: 'get_time' } };

  test.each([
    ['auto', [], 'stop'],
    ['none', [], 'stop'],
    ['required', ['get_weather'], 'tool_calls'],
    [named, ['get_time'], 'stop'],
    [
      { type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [named] } },
      ['get_time'],
      'tool_calls',
    ],
    [{ type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [named] } }, [], 'stop'],
  ])('%j', async (tool_choice, names, reason) => {
    const body = { ...hello, tool_choice };
    expect((await callsOf(body)).map((call) => call.split(' ')[0])).toEqual(names);
    expect((await choiceOf(body)).finish_reason).toBe(reason);
  });

  test.each([
    [
      'without tools',
      { tools: undefined, tool_choice: 'auto' },
      'tool_choice',
      "'tool_choice' is only allowed when 'tools' are specified.",
    ],
    [
      'of a function that is not there',
      { tool_choice: { type: 'function', function: { name: 'fly' } } },
      'tool_choice',
      "no function named 'fly' was specified in the 'tools' parameter.",
    ],
    [
      'of no kind',
      { tool_choice: 'maybe' },
      'tool_choice',
      "Supported values are: 'none', 'auto', and 'required'.",
    ],
    [
      'without a name',
      { tool_choice: { type: 'function' } },
      'tool_choice.function',
      "Missing required parameter: 'tool_choice.function'.",
    ],
  ])('%s is refused', async (_, more, param, message) => {
    const response = await server.post({ ...hello, ...more });
    expect(response.status).toBe(400);
    const { error } = await response.json();
    expect(error.param).toBe(param);
    expect(error.message).toContain(message);
  });
});

describe('custom tools', () => {
  const code = {
    type: 'custom',
    custom: {
      name: 'run_code',
      description: 'Runs code.',
      format: { type: 'grammar', grammar: { syntax: 'regex', definition: '^[a-c]{3}$' } },
    },
  };
  const body = ask('Please run some code', { tools: [code] });

  test('are called with text that fits their grammar', async () => {
    expect(await callsOf(body)).toEqual([expect.stringMatching(/^run_code: [a-c]{3}$/)]);
  });

  test('stream their input', async () => {
    const [first, ...rest] = await deltasOf(body);
    expect(first).toMatchObject({
      tool_calls: [{ index: 0, type: 'custom', custom: { name: 'run_code', input: '' } }],
    });
    expect(JSON.stringify(rest[0])).toMatch(
      /^\{"tool_calls":\[\{"index":0,"custom":\{"input":"[a-c]+"\}\}\]\}$/,
    );
  });
});

describe('the deprecated functions', () => {
  const body = ask('What is the weather in Lisbon?', { functions: [weatherTool.function] });

  test('are called with function_call', async () => {
    const { message, finish_reason } = await choiceOf(body);
    expect(message.function_call).toEqual({ name: 'get_weather', arguments: '{"city":"Lisbon"}' });
    expect(finish_reason).toBe('function_call');
  });

  test('stream as one', async () => {
    const [first, second] = await deltasOf(body);
    expect(first).toMatchObject({ content: null, function_call: { name: 'get_weather', arguments: '' } });
    expect(second).toEqual({ function_call: { arguments: '{"' } });
  });

  test('are answered from', async () => {
    const messages = [
      ...(body.messages as Json[]),
      { role: 'assistant', content: null, function_call: { name: 'get_weather', arguments: '{}' } },
      { role: 'function', name: 'get_weather', content: '21 degrees' },
    ];
    expect((await choiceOf({ ...body, messages })).message.content).toBe('get_weather answered: 21 degrees');
  });

  test('can be forced and forbidden', async () => {
    const forced = await choiceOf({
      ...ask('Say hello.', { functions: [weatherTool.function] }),
      function_call: { name: 'get_weather' },
    });
    expect(forced.message.function_call?.name).toBe('get_weather');
    expect((await choiceOf({ ...body, function_call: 'none' })).message.function_call).toBeUndefined();
  });
});

test('a limit within the arguments cuts them, and the answer ends with length', async () => {
  const { message, finish_reason } = await choiceOf(
    ask('What is the weather in Lisbon?', { tools: [weatherTool], max_tokens: 13 }),
  );
  const [call] = message.tool_calls ?? [];
  expect(finish_reason).toBe('length');
  expect(
    '{"city":"Lisbon"}'.startsWith((call as { function: { arguments: string } }).function.arguments),
  ).toBe(true);
});

test('no call is named that there was no token left for', async () => {
  const one = await complete(ask('What is the weather in Seattle?', { tools: [weatherTool] }));
  const max_tokens = one.usage!.completion_tokens;
  const { message } = await choiceOf(ask(twoCities, { tools: [weatherTool], max_tokens }));
  expect(message.tool_calls).toHaveLength(1);
});

test('where reasoning takes all there is, a stream names no call either', async () => {
  const deltas = await deltasOf({
    ...ask('What is the weather in Lisbon?', { tools: [weatherTool], max_completion_tokens: 20 }),
    model: 'gpt-5-nano',
  });
  expect(deltas).toEqual([{ role: 'assistant', content: '', refusal: null }, {}]);
});

test('the results of all tools are answered from, each by its name', async () => {
  const called = await choiceOf(
    ask('What are the time and the weather in Oslo?', { tools: [weatherTool, timeTool] }),
  );
  const [weather, time] = called.message.tool_calls!;
  const { message } = await choiceOf({
    model: 'gpt-4o-mini',
    tools: [weatherTool, timeTool],
    messages: [
      user('What are the time and the weather in Oslo?'),
      called.message,
      { role: 'tool', tool_call_id: time!.id, content: '14:05' },
      { role: 'tool', tool_call_id: weather!.id, content: 'snow' },
    ],
  });
  expect(message.content).toBe('get_time answered: 14:05\nget_weather answered: snow');
});
