import OpenAI from 'openai';
import { afterAll, expect, test } from 'vitest';
import { estimatePrompt } from '../../../src/core/api/prompt-tokens.ts';
import type { ChatBody } from '../../../src/core/run/request.ts';
import { warningsOf } from '../../../src/core/sandbox/checks.ts';
import { bodyOf, type Draft, type DraftMessage } from '../../../src/core/sandbox/draft.ts';
import { checkParameter, type ParameterName } from '../../../src/core/sandbox/parameters.ts';
import { presets } from '../../../src/core/sandbox/presets.ts';
import { practice } from '../practice/practice-client.ts';

const server = await practice({ rateLimit: 'off' });
const sdk = server.sdk();
afterAll(() => server.close());

/** What came of a request; `promptTokens` is null where none are reported. */
interface Outcome {
  readonly status: number;
  readonly promptTokens: number | null;
  readonly error?: string;
}

async function send(body: ChatBody): Promise<Outcome> {
  try {
    const answer = await sdk.chat.completions.create(body);
    let promptTokens = 'usage' in answer ? answer.usage!.prompt_tokens : null;
    if (Symbol.asyncIterator in answer) {
      for await (const { usage } of answer) promptTokens = usage?.prompt_tokens ?? promptTokens;
    }
    return { status: 200, promptTokens };
  } catch (error) {
    if (!(error instanceof OpenAI.APIError)) throw error;
    return { status: error.status, promptTokens: null, error: error.message };
  }
}

/** What is said of a draft before it is sent. */
async function foretell(draft: Draft, body: ChatBody): Promise<Outcome> {
  const promptTokens = (await estimatePrompt(body)).total;
  const names = Object.keys({ model: '', ...draft.parameters }) as ParameterName[];
  const isWrong = names.some((name) => checkParameter(name, draft.parameters[name] ?? '', draft));
  const refused = warningsOf(draft, { promptTokens, isPractice: true }).find(({ status }) => status !== null);
  return { status: refused?.status ?? (isWrong ? 400 : 200), promptTokens };
}

/** Holds that a draft fares as foretold; gives the status. */
async function expectAsForetold(draft: Draft, about: string): Promise<number> {
  const made = bodyOf(draft);
  if (!('body' in made)) throw new Error(made.unreadable.sentence);
  const { status, promptTokens, error } = await send(made.body);
  const foretold = await foretell(draft, made.body);
  expect(foretold.status, `${about} → ${error ?? 'answered'}`).toBe(status);
  if (promptTokens !== null) expect(foretold.promptTokens, about).toBe(promptTokens);
  return status;
}

test.each(presets.map((preset) => [preset.id, preset] as const))('the preset %s', async (id, { draft }) => {
  expect(await expectAsForetold(draft, id)).toBe(id === 'empty' ? 400 : 200);
});

const json = JSON.stringify;
const tool = (definition: object) => ({ type: 'function', function: definition });
const look = json([
  tool({
    name: 'look',
    description: 'Look around.',
    parameters: { type: 'object', properties: { at: { enum: ['sky', 'sea'] } } },
  }),
]);

const typed: Partial<Record<ParameterName, readonly string[]>> = {
  stream: ['true', 'false', 'maybe'],
  include_usage: ['true', 'false'],
  max_tokens: ['1', '16384', '0', '-1', '1.5', '16385', 'many'],
  max_completion_tokens: ['1', '0', '99999', '1e2', '1e999'],
  temperature: ['0', '2', '-0.01', '2.01', 'hot', '.5'],
  top_p: ['0', '1', '1.1', '-1'],
  stop: ['END', '[]', '["a","b","c","d"]', '["a","b","c","d","e"]', '["a",1]', '\\n'],
  n: ['1', '3', '0', '129', '1.5'],
  seed: ['0', '-7', '1.5', 'x', '1e30'],
  presence_penalty: ['-2', '2', '2.5'],
  frequency_penalty: ['-2', '2', '-2.5'],
  logprobs: ['true', 'false', '1'],
  top_logprobs: ['0', '20', '21', '-1'],
  response_format: [
    'text',
    'json_object',
    'null',
    '"text"',
    '{"type":"xml"}',
    '{}',
    '{"type":"json_schema"}',
    '{"type":"json_schema","json_schema":{}}',
    '{"type":"json_schema","json_schema":{"name":"a b"}}',
    '{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object","properties":{}}}}',
  ],
  tools: [
    look,
    'null',
    '[]',
    '{}',
    '[1]',
    '[{}]',
    '[{"type":"robot"}]',
    '[{"type":"function"}]',
    json([tool({})]),
    json([tool({ name: 'look', parameters: {} })]),
    json([tool({ name: 'look here' })]),
    json([tool({ name: 'l'.repeat(65) })]),
    json([tool({ name: 'look', description: 5 })]),
    json([tool({ name: 'look', parameters: [] })]),
    json([tool({ name: 'look', parameters: { type: 'object' } })]),
    json([tool({ name: 'look', parameters: { type: 'string' } })]),
    json(Array(129).fill(tool({ name: 'look' }))),
    '[{"type":"custom","custom":{"name":"look"}}]',
    '[{"type":"custom","custom":{}}]',
  ],
  tool_choice: ['auto', 'none', '"never"', '{"type":"function","function":{"name":"look"}}'],
  reasoning_effort: ['low', 'much'],
  other: [
    '{"store":true}',
    '{"max_token":5}',
    '{"temperature":3}',
    '{"temperature":null,"logit_bias":{"1":-1}}',
    '{"stream_options":{"include_usage":true}}',
    '{"parallel_tool_calls":true}',
    '{"messages":"Hi"}',
    '{"messages":null}',
    '{"model":""}',
  ],
};

/** Drafts beside which the same text may be right or wrong. */
const besides: readonly Draft['parameters'][] = [
  { model: 'gpt-4o-mini' },
  { model: 'gpt-4o-mini', stream: 'true', logprobs: 'true', tools: look, max_tokens: '5' },
  { model: 'gpt-5-nano', max_completion_tokens: '5' },
  { model: 'o3-mini', max_completion_tokens: '5' },
];

const asks = (parameters: Draft['parameters'], messages: readonly DraftMessage[]): Draft => ({
  messages,
  parameters,
});
const said = (role: string, text: string, fields: DraftMessage['fields'] = {}): DraftMessage => ({
  role,
  text,
  fields,
});
const hi = said('user', 'Say hello.');

test.each(besides)('what is said of a parameter beside %j is what happens', async (beside) => {
  for (const [name, texts] of Object.entries(typed)) {
    for (const text of texts) {
      await expectAsForetold(asks({ ...beside, [name]: text }, [hi]), `${name}: ${text}`);
    }
  }
});

const call = (id: string, more: object = {}) => ({
  id,
  type: 'function',
  function: { name: 'look', arguments: '{}' },
  ...more,
});
const calls = (tool_calls: unknown, text = '') => said('assistant', text, { tool_calls });
const result = (id: unknown) => said('tool', '21', { tool_call_id: id });

const conversations: readonly (readonly DraftMessage[])[] = [
  [],
  [said('robot', 'Hi')],
  [said('', 'Hi')],
  [said('user', '')],
  [said('developer', 'Be brief.'), said('system', 'Be kind.'), hi],
  [said('user', 'Hi', { name: 'Ada' }), said('assistant', 'Hello')],
  [said('user', 'Hi', { name: 'Ada L' })],
  [said('user', '', { content: null })],
  [said('user', '', { content: [{ type: 'text', text: 'Say hello.' }] })],
  [said('user', '', { content: [{ type: 'image_url', image_url: { url: 'https://a.example' } }] })],
  [said('user', '', { content: [{ text: 'Hi' }] })],
  [said('user', '', { content: 5 })],
  [said('assistant', '', { content: null }), hi],
  [said('assistant', '', { content: null, refusal: 'No.' }), hi],
  [said('function', '21'), hi],
  [said('function', '21', { name: 'look' }), hi],
  [hi, calls([call('a'), call('b')]), result('a'), result('b'), hi],
  [hi, calls([call('a')], 'Let me look.'), result('a'), said('assistant', 'There.'), hi],
  [hi, calls([call('a'), call('b')]), result('a'), hi],
  [hi, calls([call('a')])],
  [hi, calls([])],
  [hi, calls([call('a', { id: 5 })]), result('a')],
  [hi, calls([call('a', { function: { name: 'look' } })]), result('a')],
  [hi, calls([{ id: 'a', type: 'custom', custom: { name: 'look', input: '' } }]), result('a')],
  [hi, result('a')],
  [hi, calls([call('a')]), said('tool', '21'), result('a')],
  [hi, calls([call('a')]), result('a'), result('z')],
];

test.each(['gpt-4o-mini', 'o1-mini'])(
  'what is said of a conversation with %s is what happens',
  async (model) => {
    for (const messages of conversations) await expectAsForetold(asks({ model }, messages), json(messages));
  },
);

test.each(['gpt-9', 'o1', 'gpt-4o-2024-05-13', ''])('there is no model %j', async (model) => {
  expect(await expectAsForetold(asks({ model }, [hi]), model)).not.toBe(200);
});

test('every model of the practice server is known here', async () => {
  for (const { id } of (await sdk.models.list()).data) {
    expect(await expectAsForetold(asks({ model: id }, [hi]), id)).toBe(200);
  }
});

test.each([
  ['ha '.repeat(128_000), '', 400],
  ['ha '.repeat(127_000), '100', 200],
  ['ha '.repeat(127_000), '2000', 400],
])('a prompt that may not fit (%#)', async (text, max_tokens, expected) => {
  const draft = asks({ model: 'gpt-4o-mini', max_tokens }, [said('user', text)]);
  expect(await expectAsForetold(draft, max_tokens)).toBe(expected);
});
