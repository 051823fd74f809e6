import { describe, expect, test } from 'vitest';
import { warningsOf } from '../../../src/core/sandbox/checks.ts';
import type { Draft, DraftMessage } from '../../../src/core/sandbox/draft.ts';
import { presets } from '../../../src/core/sandbox/presets.ts';

const said = (role: string, text: string, fields: DraftMessage['fields'] = {}): DraftMessage => ({
  role,
  text,
  fields,
});
const hi = said('user', 'Hi');
const call = (id: string) => ({ id, type: 'function', function: { name: 'look', arguments: '{}' } });
const calls = (...ids: string[]) => said('assistant', '', { tool_calls: ids.map(call) });
const result = (id: string) => said('tool', '21', { tool_call_id: id });

const draft = (typed: Draft['parameters'], messages: Draft['messages'] = [hi]): Draft => ({
  messages,
  parameters: { model: 'gpt-4o-mini', ...typed },
});
const warnings = (one: Draft, promptTokens: number | null = 8, isPractice = false) =>
  warningsOf(one, { promptTokens, isPractice }).map(({ about, status, sentence }) => [
    about,
    status,
    sentence,
  ]);

describe('what would be refused', () => {
  test.each<[string, Draft['parameters'], string, string]>([
    ['two limits', { max_tokens: '5', max_completion_tokens: '5' }, 'max_tokens', 'refused together'],
    [
      'two limits, one in other',
      { max_tokens: '5', other: '{"max_completion_tokens":5}' },
      'max_tokens',
      'refused together',
    ],
    ['usage of no stream', { include_usage: 'false' }, 'include_usage', 'refused without stream'],
    ['likely tokens alone', { top_logprobs: '2' }, 'top_logprobs', 'set logprobs to true'],
    [
      'JSON that no message speaks of',
      { response_format: 'json_object' },
      'response_format',
      'the word JSON',
    ],
    ['more than the model can', { max_tokens: '16385' }, 'max_tokens', 'at most 16,384 tokens'],
    [
      'the old limit for a reasoning model',
      { model: 'o4-mini', max_tokens: '5' },
      'max_tokens',
      'use max_completion_tokens',
    ],
    [
      'the temperature of a reasoning model',
      { model: 'o3-mini', temperature: '1' },
      'temperature',
      'refuses temperature',
    ],
    [
      'penalties of a reasoning model',
      { model: 'gpt-5', presence_penalty: '1' },
      'presence_penalty',
      'refuses presence_penalty',
    ],
    ['logprobs of a reasoning model', { model: 'gpt-5', logprobs: 'true' }, 'logprobs', 'refuses logprobs'],
    ['effort without reasoning', { reasoning_effort: 'low' }, 'reasoning_effort', 'does not reason'],
    [
      'an effort that the model lacks',
      { model: 'gpt-5', reasoning_effort: 'max' },
      'reasoning_effort',
      'choose minimal, low, medium or high',
    ],
    ['no model', { model: '' }, 'model', 'name one'],
  ])('%s', (_, typed, about, words) => {
    expect(warnings(draft(typed))).toContainEqual([about, 400, expect.stringContaining(words)]);
  });

  test.each<[string, DraftMessage[], string]>([
    ['no messages', [], 'There are no messages: add one.'],
    [
      'a role that is none',
      [said('robot', 'Hi')],
      'messages[0].role must be "developer", "system", "user", "assistant", "tool" or "function".',
    ],
    [
      'a name with a blank',
      [said('user', 'Hi', { name: 'A B' })],
      'messages[0].name must have 1 to 64 letters, digits, _ or -, and nothing else.',
    ],
    [
      'a tool that answers nobody',
      [hi, result('a')],
      "messages[1] answers no call: a tool message must follow an assistant's with tool_calls.",
    ],
    [
      'a tool that does not say whom it answers',
      [calls('a'), said('tool', '21'), result('a')],
      'messages[1].tool_call_id is missing: say which call it answers.',
    ],
    [
      'a call without an answer',
      [hi, calls('a', 'b'), result('a'), hi],
      'messages[1] asks for a call that nothing answers: a tool message with tool_call_id "b" must follow it.',
    ],
    [
      'a call at the end',
      [hi, calls('a')],
      'messages[1] asks for a call that nothing answers: a tool message with tool_call_id "a" must follow it.',
    ],
    [
      'a message without content',
      [said('user', '', { content: null })],
      'messages[0] has no content: give it a text.',
    ],
  ])('%s', (_, messages, sentence) => {
    expect(warnings(draft({}, messages))).toEqual([['messages', 400, sentence]]);
  });

  test('more than the context holds, by itself or with the answer', () => {
    expect(warnings(draft({}), 128_000)).toEqual([
      [
        'messages',
        400,
        'The prompt has about 128,000 tokens, which is over the 128,000 that gpt-4o-mini has for prompt and answer together: shorten the messages.',
      ],
    ]);
    expect(warnings(draft({ max_tokens: '100' }), 127_901)).toEqual([
      [
        'max_tokens',
        400,
        'The prompt has about 127,901 tokens: with 100 for the answer that is over the 128,000 that gpt-4o-mini has for prompt and answer together, so lower one of them.',
      ],
    ]);
    expect(warnings(draft({ max_tokens: '100' }), 127_900)).toEqual([]);
    expect(warnings(draft({ max_tokens: '100' }), null)).toEqual([]);
  });
});

describe('what is allowed and worth knowing', () => {
  test.each<[string, Draft, string, string]>([
    [
      'what has been replaced',
      draft({ other: '{"functions":[{"name":"look"}]}' }),
      'other',
      'functions is deprecated: use tools.',
    ],
    [
      'answers that are all paid for',
      draft({ n: '3' }),
      'n',
      'n asks for 3 answers: each of them is paid for, the prompt only once.',
    ],
    [
      'a model that nobody knows',
      draft({ model: 'llama3' }),
      'model',
      'Nothing is known here of the model "llama3": neither its limits nor its cost.',
    ],
    [
      'a model that ends',
      draft({ model: 'gpt-5-mini' }),
      'model',
      'OpenAI has announced the end of gpt-5-mini for 2026-12-10: from then on it answers 404.',
    ],
    [
      'an empty message',
      draft({}, [said('user', '')]),
      'messages',
      'messages[0] is empty: it is sent all the same.',
    ],
    [
      'the last word of the assistant',
      draft({}, [hi, said('assistant', 'Hello')]),
      'messages',
      "The last message is the assistant's own: that is allowed, but there is nothing new to answer.",
    ],
  ])('%s', (_, one, about, sentence) => {
    expect(warnings(one)).toEqual([[about, null, sentence]]);
  });

  test('quotes no name that is too long to be one', () => {
    for (const isPractice of [true, false]) {
      const [, , sentence] = warnings(draft({ model: 'm'.repeat(1000) }), 8, isPractice)[0]!;
      expect(sentence).toContain('"mmmmm');
      expect(String(sentence).length).toBeLessThan(300);
    }
  });

  test('comes after what would be refused', () => {
    const both = draft({ n: '3', max_tokens: '5', max_completion_tokens: '5' }, []);
    expect(warnings(both).map(([about, status]) => [about, status])).toEqual([
      ['messages', 400],
      ['max_tokens', 400],
      ['n', null],
    ]);
  });
});

test('the word JSON counts however it is written, and in parts', () => {
  const asked = [said('user', '', { content: [{ type: 'text', text: 'As Json, please.' }] })];
  expect(warnings(draft({ response_format: 'json_object' }, asked))).toEqual([]);
});

test('practice has fewer models and reads only text', () => {
  expect(warnings(draft({ model: 'o1' }), 8, true)).toEqual([
    [
      'model',
      404,
      expect.stringContaining('The practice server has no model "o1": choose gpt-4o-mini, gpt-4o'),
    ],
  ]);
  expect(warnings(draft({ model: 'gpt-5-2025-08-07' }), 8, true)).toEqual([]);
  const picture = said('user', '', {
    content: [{ type: 'image_url', image_url: { url: 'https://a.example/b.png' } }],
  });
  expect(warnings(draft({}, [picture]), 8, true)).toHaveLength(1);
  expect(warnings(draft({}, [picture]))).toEqual([]);
});

test('nothing is said of the presets but what several answers cost and that an empty conversation is empty', () => {
  const about = presets.flatMap(({ id, draft: one }) =>
    warnings(one).map(([subject]) => `${id}: ${subject}`),
  );
  expect(about).toEqual(['empty: messages', 'n: n']);
});

test('a draft that cannot be read is looked at as far as it can', () => {
  expect(warnings(draft({ tools: '[', n: '2' }))).toEqual([['n', null, expect.any(String)]]);
});
