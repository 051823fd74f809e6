import {
  anything,
  type Check,
  decimal,
  fields,
  firstOf,
  flag,
  integer,
  type JsonObject,
  list,
  object,
  text,
} from './checks.ts';
import { type ApiError, invalid } from './errors.ts';
import type { PracticeModel } from './models.ts';
import { messages } from './validate-messages.ts';
import { tools } from './validate-tools.ts';

const stopSequences = list(text, 'one of a string or array of strings', { max: 4 });

/** The parameters of the gpt-4o models (official schema), in the order in which they are looked at. */
const parameters: Readonly<Record<string, Check>> = {
  model: text,
  messages,
  max_tokens: integer(1),
  max_completion_tokens: integer(1),
  temperature: decimal(0, 2),
  top_p: decimal(0, 1),
  presence_penalty: decimal(-2, 2),
  frequency_penalty: decimal(-2, 2),
  n: integer(1, 128),
  seed: integer(Number.NEGATIVE_INFINITY),
  stop: (value, path) => (typeof value === 'string' ? null : stopSequences(value, path)),
  stream: flag,
  stream_options: fields({ include_usage: flag, include_obfuscation: flag }),
  tools,
  tool_choice: anything,
  parallel_tool_calls: flag,
  response_format: object,
  logprobs: flag,
  top_logprobs: integer(0, 20),
  logit_bias: object,
  functions: anything,
  function_call: anything,
  store: flag,
  metadata: object,
  service_tier: text,
  user: text,
  safety_identifier: text,
  prompt_cache_key: text,
  prompt_cache_options: anything,
  prompt_cache_retention: anything,
  modalities: anything,
  audio: anything,
  prediction: anything,
  moderation: anything,
  web_search_options: anything,
};

const checkParameters = fields(parameters, ['messages']);

/** Says what is wrong with parameters that do not go together, or null. */
type Rule = (body: JsonObject, model: PracticeModel) => ApiError | null;

const rules: readonly Rule[] = [
  ({ max_tokens, max_completion_tokens }) =>
    max_tokens != null && max_completion_tokens != null
      ? invalid(
          "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
          'max_tokens',
          'invalid_parameter_combination',
        )
      : null,
  ({ max_tokens }, { maxCompletionTokens }) =>
    typeof max_tokens === 'number' && max_tokens > maxCompletionTokens
      ? invalid(
          `max_tokens is too large: ${max_tokens}. This model supports at most ${maxCompletionTokens} completion tokens, whereas you provided ${max_tokens}.`,
          'max_tokens',
          'invalid_value',
        )
      : null,
  ({ stream, stream_options }) =>
    stream_options != null && stream !== true
      ? invalid(
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
          'stream_options',
          null,
        )
      : null,
];

/** The first thing wrong with a chat completion body whose model is known, or null. */
export function validate(body: JsonObject, model: PracticeModel): ApiError | null {
  const unknown = Object.keys(body).find((name) => !Object.hasOwn(parameters, name));
  if (unknown) return invalid(`Unrecognized request argument supplied: ${unknown}`, null, null);
  return checkParameters(body, '') ?? firstOf(rules, (rule) => rule(body, model));
}
