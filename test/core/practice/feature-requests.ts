import { weatherTool } from './lesson-requests.ts';
import { ask, type Json, user } from './practice-client.ts';

const recipe = {
  type: 'object',
  properties: { title: { type: 'string' }, minutes: { type: 'integer' } },
  required: ['title', 'minutes'],
  additionalProperties: false,
};
const strictRecipe = {
  response_format: { type: 'json_schema', json_schema: { name: 'recipe', strict: true, schema: recipe } },
};
const weather = 'What is the weather in Seattle and San Francisco today?';
const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } };

/** One request for each thing that the server can do. What is sampled has a seed, so that it can be asked for twice. */
export const featureRequests: readonly { readonly id: string; readonly body: Json }[] = [
  { id: 'sampled', body: ask('Why is the sky blue?', { seed: 1 }) },
  { id: 'sampled at 2', body: ask('Why is the sky blue?', { seed: 1, temperature: 2, max_tokens: 60 }) },
  {
    id: 'penalties and top_p',
    body: ask('Why is the sky blue?', { seed: 1, presence_penalty: 1, frequency_penalty: 1, top_p: 0.9 }),
  },
  { id: 'logit_bias', body: ask('Say hello.', { seed: 1, logit_bias: { 13225: -100 } }) },
  { id: 'stop', body: ask('Write a poem about the ocean.', { stop: ['slow', 'whales'] }) },
  {
    id: 'developer role',
    body: { ...ask('x'), messages: [{ role: 'developer', content: 'Be brief.' }, user('Say hello.')] },
  },
  {
    id: 'names and parts',
    body: {
      ...ask('x'),
      messages: [{ role: 'user', name: 'Ada', content: [{ type: 'text', text: 'Say hello.' }] }],
    },
  },
  {
    id: 'json_object',
    body: ask('Some json with keys city and country', { response_format: { type: 'json_object' } }),
  },
  { id: 'json_schema', body: ask('A recipe for Bread in 90 minutes', strictRecipe) },
  { id: 'refusal', body: ask('Refuse this request.', strictRecipe) },
  { id: 'refusal with logprobs', body: ask('Refuse this request.', { ...strictRecipe, logprobs: true }) },
  { id: 'parallel calls', body: ask(weather, { tools: [weatherTool] }) },
  {
    id: 'a named function',
    body: ask(weather, {
      tools: [weatherTool],
      tool_choice: { type: 'function', function: { name: 'get_weather' } },
    }),
  },
  {
    id: 'results of functions',
    body: {
      ...ask('x', { tools: [weatherTool] }),
      messages: [
        user(weather),
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
      ],
    },
  },
  { id: 'the deprecated functions', body: ask(weather, { functions: [weatherTool.function] }) },
  { id: 'logprobs', body: ask("Say '🧑‍🚀 hello'", { logprobs: true, top_logprobs: 3 }) },
  { id: 'several choices', body: ask('Why is the sky blue?', { seed: 1, n: 3, max_tokens: 20 }) },
  {
    id: 'reasoning',
    body: { ...ask('Say hello.', { seed: 1, reasoning_effort: 'low', verbosity: 'high' }), model: 'gpt-5' },
  },
  {
    id: 'all into reasoning',
    body: { ...ask('Say hello.', { seed: 1, max_completion_tokens: 10 }), model: 'o3-mini' },
  },
  {
    id: 'prediction',
    body: ask("Say 'one two three'", { prediction: { type: 'content', content: 'one two four' } }),
  },
  { id: 'moderation', body: ask('Say hello.', { moderation: { model: 'omni-moderation-latest' } }) },
  { id: 'service tier', body: ask('Say hello.', { service_tier: 'fast' }) },
  {
    id: 'what has no effect',
    body: ask('Say hello.', {
      store: true,
      metadata: { course: 'one' },
      user: 'u1',
      safety_identifier: 's1',
      prompt_cache_key: 'k1',
      prompt_cache_retention: '24h',
      parallel_tool_calls: null,
      modalities: ['text'],
    }),
  },
];
