import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lessonRequests, mathsHistory, otherEndings, weatherTool } from './lesson-requests.ts';
import { ask, type Json, practice, user } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
let sdk: OpenAI;
beforeAll(async () => {
  server = await practice();
  sdk = server.sdk();
});
afterAll(() => server.close());

const complete = (body: Json) => sdk.chat.completions.create(body as never) as Promise<OpenAI.ChatCompletion>;
const textOf = async (body: Json) => (await complete(body)).choices[0]?.message.content;

describe('the answers to the prompts of the lessons', () => {
  test.each(lessonRequests)('$id has the token counts of a model and ends as one', async (lesson) => {
    const { usage, choices } = await complete(lesson.body);
    expect(usage).toMatchObject({
      prompt_tokens: lesson.prompt,
      completion_tokens: lesson.completion,
      total_tokens: lesson.prompt + lesson.completion,
    });
    expect(choices[0]?.finish_reason).toBe(lesson.finish);
  });

  test.each(otherEndings)('$id is an ending that really happens', async ({ body, finish }) => {
    expect((await complete(body)).choices[0]?.finish_reason).toBe(finish);
  });

  test('3c has more bytes than characters, so that the two can be told apart', async () => {
    const text = (await textOf(lessonRequests.find(({ id }) => id === '3c')!.body)) ?? '';
    expect(Buffer.byteLength(text)).toBeGreaterThan(text.length);
  });

  test('what the filter withholds breaks off in the middle of a sentence', async () => {
    expect(await textOf(otherEndings[1]!.body)).toMatch(/\w$/);
  });
});

describe('answers that depend on what was sent', () => {
  test('the earlier answer is read from the history: another history, another answer', async () => {
    expect(await textOf({ model: 'gpt-4o-mini', messages: mathsHistory })).toBe(
      'The answer given before was 30.',
    );
    const changed = mathsHistory.with(2, { role: 'assistant', content: 'It comes to 42,5 apples.' });
    expect(await textOf({ model: 'gpt-4o-mini', messages: changed })).toContain('42,5');
    const worded = mathsHistory.with(2, { role: 'assistant', content: 'Think of tenths. Then halve them.' });
    expect(await textOf({ model: 'gpt-4o-mini', messages: worded })).toContain('Then halve them.');
  });

  test('without the history the earlier answer cannot be known, and the reply says so', async () => {
    const messages = [mathsHistory[0], mathsHistory[3]];
    const text = await textOf({ model: 'gpt-4o-mini', messages });
    expect(text).toContain('cannot know');
    expect(text).not.toContain('30');
  });

  test('a prompt that merely holds the words is not taken for that question', async () => {
    expect(await textOf(ask('Before you answer, count to ten.'))).not.toContain('cannot know');
  });

  test('three turns in Tokyo grow the prompt from 34 to 64 to 88 tokens', async () => {
    const messages: Json[] = [
      { role: 'system', content: 'You are a travel guide. Give 1-sentence answers only.' },
    ];
    const counts: number[][] = [];
    for (const turn of [
      "I'm visiting Tokyo. What's one must-see?",
      'What food should I try there?',
      'Any etiquette tips?',
    ]) {
      messages.push(user(turn));
      const { usage, choices } = await complete({ model: 'gpt-4o-mini', messages, max_tokens: 60 });
      counts.push([usage!.prompt_tokens, usage!.completion_tokens]);
      messages.push({ role: 'assistant', content: choices[0]!.message.content });
    }
    expect(counts).toEqual([
      [34, 15],
      [64, 12],
      [88, 16],
    ]);
  });

  test('"there" is the place of the earlier turns, and nowhere without them', async () => {
    const question = 'What food should I try there?';
    expect(await textOf(ask(question))).toContain('cannot know where');
    const inParis = [user("I'm visiting Paris. What's one must-see?"), user(question)];
    const text = await textOf({ model: 'gpt-4o-mini', messages: inParis });
    expect(text).toContain('Paris');
    expect(text).not.toContain('sushi');
  });

  test.each([
    ["Say 'Good morning, Ada'", 'Good morning, Ada!'],
    ['say "Really?"', 'Really?'],
    [`Say '{"a":1}'`, '{"a":1}'],
    ['Say this is a test', 'This is a test.'],
    ["Say exactly 'pong'.", 'pong'],
    ['Reply with only: {"ok": true}', '{"ok": true}'],
  ])('%s is answered with %s', async (prompt, expected) => {
    expect(await textOf(ask(prompt))).toBe(expected);
  });

  test('a name is known from an earlier message, and from nowhere else', async () => {
    const question = user('What is my name?');
    const told = [user('Hi, my name is Ada.'), { role: 'assistant', content: 'Hello!' }, question];
    expect(await textOf({ model: 'gpt-4o-mini', messages: told })).toBe('Your name is Ada.');
    expect(await textOf({ model: 'gpt-4o-mini', messages: [question] })).toContain('cannot know');
  });

  test('anything else is made up of what was read about it, and labelled as practice', async () => {
    const text = await textOf(
      ask('Why is the sky blue and not violet, and who found out?', { temperature: 0 }),
    );
    expect(text).toMatch(/\bsky\b/);
    expect(text).toMatch(/\n\n\(Practice text, not a model's answer\.\)$/);
  });

  test('a key that is not a word of the prompt table is not mistaken for one', async () => {
    for (const prompt of ['constructor', '']) expect(await textOf(ask(prompt))).toMatch(/\(Practice text/);
  });
});

describe('limits', () => {
  const poem = 'Write a poem about the ocean.';

  test('max_tokens and max_completion_tokens cut at the same token', async () => {
    const old = await complete(ask(poem, { max_tokens: 12 }));
    const current = await complete(ask(poem, { max_completion_tokens: 12 }));
    expect(current.choices[0]?.message.content).toBe(old.choices[0]?.message.content);
    expect(current.usage?.completion_tokens).toBe(12);
  });

  test('an answer of exactly the limit ends with length: no token was left to end it', async () => {
    const exact = await complete(ask("Say 'Hello World'", { max_tokens: 3 }));
    expect(exact.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'Hello World!' } });
    const roomy = await complete(ask("Say 'Hello World'", { max_tokens: 4 }));
    expect(roomy.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'Hello World!' } });
  });

  test('the answer ends before a stop sequence, also one across several tokens', async () => {
    const stopped = await complete(ask(poem, { stop: ['never', 'sheet of li'] }));
    expect(stopped.choices[0]).toMatchObject({
      finish_reason: 'stop',
      message: { content: 'The morning lifts a ' },
    });
    expect(stopped.usage?.completion_tokens).toBe(5);
  });

  test('a stop sequence beyond the limit changes nothing', async () => {
    const cut = await complete(ask(poem, { stop: 'your ear', max_tokens: 10 }));
    expect(cut.choices[0]?.finish_reason).toBe('length');
  });

  test('a character of several tokens is never cut in half', async () => {
    for (const max_tokens of [1, 2, 3, 4]) {
      const text = (await textOf(ask("Say '𓀀𓀁'", { max_tokens }))) ?? '';
      expect('𓀀𓀁!'.startsWith(text)).toBe(true);
    }
  });
});

describe('function calls', () => {
  const question = 'What is the weather in Lisbon right now?';
  const callOf = async (body: Json) => (await complete(body)).choices[0]?.message.tool_calls?.[0];

  test('a prompt that asks for what a function does gets a call with fitting arguments', async () => {
    const call = await callOf(ask(question, { tools: [weatherTool] }));
    expect(call).toMatchObject({
      id: expect.stringMatching(/^call_[A-Za-z0-9]{24}$/),
      type: 'function',
      function: { name: 'get_weather', arguments: '{"city":"Lisbon"}' },
    });
  });

  test.each([
    ['without tools', {}],
    ['with tool_choice none', { tools: [weatherTool], tool_choice: 'none' }],
  ])('%s it says that it cannot look', async (_, more) => {
    expect(await textOf(ask(question, more))).toContain('cannot look');
  });

  test('a prompt about something else gets text', async () => {
    expect(await callOf(ask('Say hello.', { tools: [weatherTool] }))).toBeUndefined();
  });

  test('tool_choice can force a call that the prompt does not ask for', async () => {
    const named = { type: 'function', function: { name: 'get_weather' } };
    for (const tool_choice of ['required', named]) {
      const call = await callOf(ask('Say hello.', { tools: [weatherTool], tool_choice }));
      expect(call).toMatchObject({ function: { name: 'get_weather' } });
    }
  });

  test('arguments follow the types, enums and required names of the schema', async () => {
    const parameters = {
      type: 'object',
      properties: {
        seats: { type: 'integer' },
        class: { type: 'string', enum: ['economy', 'business'] },
        stops: { type: 'array', items: { type: 'string' } },
        window: { type: 'boolean' },
        note: { type: 'string' },
      },
      required: ['seats', 'class', 'stops', 'window'],
    };
    const tools = [{ type: 'function', function: { name: 'book_flight', parameters } }];
    const call = await callOf(ask('Book a business flight for 3 people to New York', { tools }));
    expect(JSON.parse((call as { function: { arguments: string } }).function.arguments)).toEqual({
      seats: 3,
      class: 'business',
      stops: ['New York'],
      window: true,
    });
  });

  test('the result of a function is answered with, not asked for again', async () => {
    const call = await callOf(ask(question, { tools: [weatherTool] }));
    const text = await textOf({
      model: 'gpt-4o-mini',
      tools: [weatherTool],
      messages: [
        user(question),
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: call!.id, content: '21 °C and clear' },
      ],
    });
    expect(text).toContain('21 °C and clear');
  });

  test('functions cost prompt tokens', async () => {
    const bare = await complete(ask(question));
    const withTool = await complete(ask(question, { tools: [weatherTool] }));
    expect(withTool.usage!.prompt_tokens).toBeGreaterThan(bare.usage!.prompt_tokens);
  });
});
