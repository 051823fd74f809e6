import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTokenizer } from '../../../src/core/practice/model/tokens.ts';
import { ask, type Json, practice } from './practice-client.ts';

const { encode } = await loadTokenizer();

let server: Awaited<ReturnType<typeof practice>>;
let sdk: OpenAI;
beforeAll(async () => {
  server = await practice({ rateLimit: 'off', seed: 11 });
  sdk = server.sdk();
});
afterAll(() => server.close());

const complete = (body: Json) => sdk.chat.completions.create(body as never) as Promise<OpenAI.ChatCompletion>;
const textsOf = async (body: Json) =>
  (await complete(body)).choices.map(({ message }) => message.content ?? '');
const textOf = async (body: Json) => (await textsOf(body))[0]!;
const question = 'Tell me about the sea and the moon';

describe('freely made answers', () => {
  test('are the same at temperature 0, whatever is drawn', async () => {
    const texts = await Promise.all([1, 2, 3].map(() => textOf(ask(question, { temperature: 0 }))));
    expect(new Set(texts).size).toBe(1);
  });

  test('are the same for the same seed and differ between seeds', async () => {
    const [one, again, other] = await Promise.all([3, 3, 4].map((seed) => textOf(ask(question, { seed }))));
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  test('differ from request to request without a seed, and among the choices of one', async () => {
    const texts = [
      await textOf(ask(question)),
      await textOf(ask(question)),
      ...(await textsOf(ask(question, { n: 3 }))),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('are wilder at 2 than at 1: more different words for as many', async () => {
    const variety = async (temperature: number) => {
      const texts = await textsOf(ask(question, { temperature, n: 8, max_tokens: 60, seed: 1 }));
      return new Set(texts.flatMap((text) => text.split(' '))).size;
    };
    expect(await variety(2)).toBeGreaterThan(1.3 * (await variety(1)));
  });

  test('with a tiny top_p are those of temperature 0', async () => {
    const greedy = await textOf(ask(question, { temperature: 0 }));
    expect(await textOf(ask(question, { temperature: 1, top_p: 0.0001 }))).toBe(greedy);
  });

  test('repeat themselves less with a frequency penalty', async () => {
    const repeated = async (frequency_penalty: number) => {
      const body = ask(question, { frequency_penalty, n: 6, max_tokens: 120, seed: 2 });
      const words = (await textsOf(body)).map((text) => text.split(' '));
      const count = words.reduce((sum, list) => sum + list.length, 0);
      return words.reduce((sum, list) => sum + list.length - new Set(list).size, 0) / count;
    };
    expect(await repeated(2)).toBeLessThan(0.8 * (await repeated(0)));
  });

  test('never have a token with a bias of -100, and have nothing but one of 100', async () => {
    const [the = 0, zebra = 0] = [' the', ' zebra'].map((word) => encode(word)[0]!);
    const without = await textsOf(ask(question, { logit_bias: { [the]: -100 }, n: 4 }));
    expect(without.join(' ')).not.toMatch(/ the\b/);
    expect(await textOf(ask(question, { logit_bias: { [zebra]: 100 }, max_tokens: 3 }))).toBe(
      ' zebra zebra zebra',
    );
  });
});

describe('a written answer', () => {
  test('is the same at any usual temperature', async () => {
    const texts = await Promise.all(
      [0, 0.3, 1].map((temperature) => textOf(ask('Say hello.', { temperature }))),
    );
    expect(texts).toEqual(Array.from({ length: 3 }, () => 'Hello! What shall we look at today?'));
  });

  test('gives way where a bias bans its words', async () => {
    const [hello = 0] = encode('Hello');
    expect(await textOf(ask('Say hello.', { logit_bias: { [hello]: -100 } }))).not.toMatch(/^Hello/);
  });
});

describe('log probabilities', () => {
  const logprobsOf = async (body: Json) => (await complete(body)).choices[0]!.logprobs?.content ?? [];

  test('are there for every token, whose texts and bytes add up to the answer', async () => {
    const { choices, usage } = await complete(ask(question, { logprobs: true, seed: 5 }));
    const items = choices[0]!.logprobs!.content!;
    expect(items).toHaveLength(usage!.completion_tokens);
    expect(items.map(({ token }) => token).join('')).toBe(choices[0]!.message.content);
    const bytes = items.flatMap(({ bytes: own }) => own ?? []);
    expect(Buffer.from(bytes).toString('utf8')).toBe(choices[0]!.message.content);
    expect(items.every(({ logprob, top_logprobs }) => logprob <= 0 && top_logprobs.length === 0)).toBe(true);
  });

  test('of a character of several tokens are those of each, as bytes', async () => {
    const items = await logprobsOf(ask("Say '𓀀'", { logprobs: true }));
    expect(items[0]?.token).toMatch(/^bytes:(\\x[0-9a-f]{2})+$/);
    const bytes = items.slice(0, -1).flatMap(({ bytes: own }) => own ?? []);
    expect(Buffer.from(bytes).toString('utf8')).toBe('𓀀');
  });

  test('come with as many others as asked for, the most probable first', async () => {
    const items = await logprobsOf(ask(question, { logprobs: true, top_logprobs: 5, max_tokens: 10 }));
    for (const { top_logprobs } of items) {
      expect(top_logprobs).toHaveLength(5);
      const values = top_logprobs.map(({ logprob }) => logprob);
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(values.reduce((sum, value) => sum + Math.exp(value), 0)).toBeLessThan(1.000001);
    }
  });

  test('are those of the distribution that is sampled: a token comes as often as they say', async () => {
    const [{ top_logprobs: expected }] = (await logprobsOf(
      ask(question, { logprobs: true, top_logprobs: 3, max_tokens: 1, temperature: 1.2 }),
    )) as [OpenAI.ChatCompletionTokenLogprob];
    const firsts = new Map<string, number>();
    for (let call = 0; call < 5; call += 1) {
      const body = ask(question, { max_tokens: 1, temperature: 1.2, n: 100, seed: call });
      for (const text of await textsOf(body)) firsts.set(text, (firsts.get(text) ?? 0) + 1);
    }
    for (const { token, logprob } of expected) {
      expect(Math.abs((firsts.get(token) ?? 0) / 500 - Math.exp(logprob))).toBeLessThan(0.07);
    }
  });

  test('say -9999 of what top_p leaves no chance', async () => {
    const items = await logprobsOf(
      ask(question, { logprobs: true, top_logprobs: 2, top_p: 0.0001, max_tokens: 2 }),
    );
    for (const { logprob, top_logprobs } of items) {
      expect(logprob).toBe(0);
      expect(top_logprobs[1]?.logprob).toBe(-9999);
    }
  });

  test('in a stream come with each piece, as an empty list with the role and not at the end', async () => {
    const stream = await sdk.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: "Say 'Hello World'" }],
      logprobs: true,
      stream: true,
    });
    const seen: unknown[] = [];
    for await (const { choices } of stream) seen.push(choices[0]?.logprobs);
    expect(seen).toEqual([
      { content: [], refusal: null },
      ...['Hello', ' World', '!'].map((token) => ({
        content: [expect.objectContaining({ token, bytes: [...Buffer.from(token)] })],
        refusal: null,
      })),
      null,
    ]);
  });
});

describe('several choices', () => {
  test('each have their index, and usage counts them all', async () => {
    const { choices, usage } = await complete(ask("Say 'Hello World'", { n: 3 }));
    expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(usage).toMatchObject({ prompt_tokens: 12, completion_tokens: 9, total_tokens: 21 });
  });

  test('interleave in a stream: each begins a chunk after the one before, and all end together', async () => {
    const stream = await sdk.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: "Say 'Hello World'" }],
      n: 3,
      stream: true,
      stream_options: { include_usage: true },
    });
    const seen: string[] = [];
    let tokens = 0;
    for await (const { choices, usage } of stream) {
      tokens = usage?.completion_tokens ?? tokens;
      for (const { index, delta, finish_reason } of choices) {
        seen.push(`${index}:${delta.role ?? finish_reason ?? delta.content}`);
      }
    }
    expect(seen).toEqual([
      '0:assistant',
      '0:Hello',
      '1:assistant',
      '0: World',
      '1:Hello',
      '2:assistant',
      '0:!',
      '1: World',
      '2:Hello',
      '1:!',
      '2: World',
      '2:!',
      '0:stop',
      '1:stop',
      '2:stop',
    ]);
    expect(tokens).toBe(9);
  });
});

test('a stop sequence in a stream is never seen, not even its beginning', async () => {
  const stream = await sdk.chat.completions.create({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Write a poem about the ocean.' }],
    stop: ['never', 'sheet of li'],
    stream: true,
  });
  let text = '';
  let reason: string | null | undefined;
  for await (const { choices } of stream) {
    text += choices[0]?.delta.content ?? '';
    reason = choices[0]?.finish_reason;
  }
  expect({ text, reason }).toEqual({ text: 'The morning lifts a ', reason: 'stop' });
});
