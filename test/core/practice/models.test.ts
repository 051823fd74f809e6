import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { heldClock } from './held-clock.ts';
import { ask, dataOf, type Json, practice, schemaErrors, user } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice({ rateLimit: 'off' });
});
afterAll(() => server.close());

const answerTo = async (body: Json) => (await server.post(body)).json();

describe('a reasoning model', () => {
  const hello = { ...ask('Say hello.'), model: 'gpt-5' };

  test('spends tokens on reasoning, in steps of 64 and the more the higher the effort', async () => {
    const reasoning = async (reasoning_effort?: string) => {
      const { usage } = await answerTo({ ...hello, ...(reasoning_effort && { reasoning_effort }) });
      const { reasoning_tokens } = usage.completion_tokens_details;
      expect(usage.completion_tokens).toBe(reasoning_tokens + 9);
      return reasoning_tokens;
    };
    const [minimal, low, usual, high] = [
      await reasoning('minimal'),
      await reasoning('low'),
      await reasoning(),
      await reasoning('high'),
    ];
    expect(minimal).toBe(0);
    expect([low, usual, high].every((tokens) => tokens > 0 && tokens % 64 === 0)).toBe(true);
    expect(low).toBeLessThan(usual);
    expect(usual).toBeLessThan(high);
  });

  test('has nothing left to say where the limit went into reasoning', async () => {
    const { choices, usage } = await answerTo({ ...hello, max_completion_tokens: 20 });
    expect(choices[0]).toMatchObject({ finish_reason: 'length', message: { content: '' } });
    expect(usage.completion_tokens_details.reasoning_tokens).toBe(20);
  });

  test('sends no logprobs and no fingerprint, whole and in a stream', async () => {
    const whole = await answerTo(hello);
    expect(schemaErrors('response', whole)).toEqual([]);
    expect(whole.system_fingerprint).toBeNull();
    expect(whole.choices[0]).not.toHaveProperty('logprobs');
    const text = await (await server.post({ ...hello, stream: true })).text();
    const chunks = dataOf(text)
      .slice(0, -1)
      .map((data) => JSON.parse(data));
    for (const chunk of chunks) {
      expect(schemaErrors('chunk', chunk)).toEqual([]);
      expect(chunk.choices[0]).not.toHaveProperty('logprobs');
    }
  });

  test('thinks before its first content, and takes the time for it', async () => {
    const clock = heldClock();
    const fresh = await practice({ clock, pace: 'realtime' });
    const pending = fresh.post({ ...hello, reasoning_effort: 'high' });
    await clock.advanceToNext();
    const { usage } = await (await pending).json();
    const { reasoning_tokens } = usage.completion_tokens_details;
    expect(clock.now()).toBeGreaterThan((reasoning_tokens * 1000) / 54);
    await fresh.close();
  });

  test.each([
    ['gpt-5', { top_p: 0.5 }, "Unsupported parameter: 'top_p' is not supported with this model."],
    ['gpt-5', { logprobs: true }, "Unsupported parameter: 'logprobs' is not supported with this model."],
    ['gpt-5-mini', { stop: 'x' }, "Unsupported parameter: 'stop' is not supported with this model."],
    ['gpt-5', { web_search_options: {} }, "Unknown parameter: 'web_search_options'."],
    ['o3-mini', { bogus: 1 }, "Unknown parameter: 'bogus'."],
    [
      'o3-mini',
      { reasoning_effort: 'minimal' },
      "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'medium', and 'high'.",
    ],
  ])('%s refuses %j', async (model, more, message) => {
    expect((await answerTo({ ...hello, model, ...more })).error.message).toBe(message);
  });

  test('takes what it cannot change, as long as that is the default', async () => {
    const usual = { temperature: 1, top_p: 1, presence_penalty: 0, logprobs: false };
    expect((await server.post({ ...hello, ...usual })).status).toBe(200);
  });

  test('is asked what it supports before any range is looked at', async () => {
    const body = {
      model: 'gpt-5-nano',
      messages: [{ role: 'user', content: null }],
      max_tokens: 0,
      temperature: -0.5,
    };
    expect((await answerTo(body)).error.code).toBe('unsupported_parameter');
  });
});

describe('what a text model cannot do is refused in the words of the API', () => {
  const image = { type: 'image_url', image_url: { url: 'https://example.com/cat.png' } };

  test.each([
    [
      { messages: [{ role: 'user', content: [{ type: 'text', text: 'Look' }, image] }] },
      'messages.[0].content.[1].type',
      'Invalid content type. image_url is only supported by certain models.',
    ],
    [{ web_search_options: {} }, 'web_search_options', 'Web search options not supported with this model.'],
    [
      { modalities: ['text', 'audio'] },
      'modalities',
      "Unsupported value: 'modalities' does not support 'audio' with this model. Supported values are: 'text'.",
    ],
    [{ audio: { voice: 'x' } }, 'audio', "Unsupported parameter: 'audio' is not supported with this model."],
    [
      { verbosity: 'low' },
      'verbosity',
      "Unsupported value: 'verbosity' does not support 'low' with this model. Supported values are: 'medium'.",
    ],
    [{ service_tier: 'flex' }, 'service_tier', 'Invalid service_tier argument'],
  ])('%j', async (more, param, message) => {
    expect((await answerTo({ ...ask('Hi'), ...more })).error).toMatchObject({ param, message });
  });
});

describe('a prompt that begins as an earlier one', () => {
  const long = Array.from({ length: 1100 }, (_, at) => `w${at}`).join(' ');
  const cached = async (content: string) =>
    (
      await answerTo({
        ...ask('x'),
        max_tokens: 1,
        messages: [{ role: 'system', content: long }, user(content)],
      })
    ).usage.prompt_tokens_details.cached_tokens;

  test('is counted as cached in steps of 128 tokens, from the second time on', async () => {
    expect(await cached('one')).toBe(0);
    const again = await cached('two');
    expect(again).toBeGreaterThanOrEqual(1024);
    expect(again % 128).toBe(0);
  });

  test('counts its tools as a part of it', async () => {
    const tools = [{ type: 'function', function: { name: 'look', description: `again ${long}` } }];
    const ofTools = async () =>
      (await answerTo(ask('Hi', { tools, max_tokens: 1 }))).usage.prompt_tokens_details.cached_tokens;
    expect([await ofTools(), (await ofTools()) >= 1024]).toEqual([0, true]);
  });

  test('is forgotten after ten minutes, and short ones are never remembered', async () => {
    const clock = heldClock();
    const fresh = await practice({ clock });
    const ofFresh = async (content: string) =>
      (await (await fresh.post(ask(content, { max_tokens: 1 }))).json()).usage.prompt_tokens_details
        .cached_tokens;
    expect([await ofFresh(long), (await ofFresh(long)) > 0]).toEqual([0, true]);
    clock.advance(11 * 60_000);
    expect(await ofFresh(long)).toBe(0);
    expect([await ofFresh('Hi'), await ofFresh('Hi')]).toEqual([0, 0]);
    await fresh.close();
  });
});

test('a predicted output is accepted as far as the answer begins like it, and the rest is paid for', async () => {
  const { usage } = await answerTo(
    ask("Say 'one two three four'", { prediction: { type: 'content', content: 'one two five six' } }),
  );
  const details = usage.completion_tokens_details;
  expect(details.accepted_prediction_tokens).toBe(2);
  expect(details.rejected_prediction_tokens).toBe(2);
  expect(usage.completion_tokens).toBe(5 + 2);
});

test('what is sampled can be predicted as well', async () => {
  const sky = { temperature: 0, messages: [user('Why is the sky blue?')], model: 'gpt-4o-mini' };
  const content = (await answerTo(sky)).choices[0].message.content;
  const { usage } = await answerTo({ ...sky, prediction: { type: 'content', content } });
  // Up to its label, where the end of the one and the beginning of the other are a token of their own.
  expect(usage.completion_tokens_details.accepted_prediction_tokens).toBeGreaterThan(10);
});

test('no more of a prediction is accepted than was said', async () => {
  const text = 'An API, or Application Programming Interface, is an agreed way';
  const prediction = { type: 'content', content: text };
  const { usage } = await answerTo(ask('What is an API? One sentence.', { prediction, max_tokens: 2 }));
  expect(usage.completion_tokens_details.accepted_prediction_tokens).toBe(2);
});

test('the service tier that was asked for is answered, fast as priority', async () => {
  for (const [asked, answered] of [
    ['auto', 'default'],
    ['fast', 'priority'],
    ['priority', 'priority'],
  ]) {
    expect((await answerTo(ask('Hi', { service_tier: asked }))).service_tier).toBe(answered);
  }
});

test('moderation is answered as not available, and not made up', async () => {
  const answer = await answerTo(ask('Hi', { moderation: { model: 'omni-moderation-latest' } }));
  expect(schemaErrors('response', answer)).toEqual([]);
  expect(answer.moderation.input).toMatchObject({ type: 'error', code: 'unavailable' });
});
