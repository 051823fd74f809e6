import { invalid } from '../errors.ts';
import { isObject } from '../json.ts';
import { vocabularySize } from '../model/tokens.ts';
import {
  anything,
  type Check,
  decimal,
  fields,
  firstOf,
  flag,
  integer,
  list,
  object,
  oneOf,
  text,
  wrongType,
} from './checks.ts';
import { messages } from './messages.ts';
import { functionCall, functions, responseFormat, toolChoice, tools } from './tools.ts';

const stopSequences = list(text(), 'one of a string or array of strings', { max: 4 });

const topLogprobs: Check = (value, path) =>
  typeof value === 'number' && value > 20 && Number.isInteger(value)
    ? invalid(`Invalid value for '${path}': must be less than or equal to 20.`, path, null)
    : integer(0)(value, path);

const tiers = oneOf(
  ['auto', 'default', 'fast', 'flex', 'priority'],
  "one of 'auto', 'default', 'fast', 'flex', or 'priority'",
);

/** What these models are not allowed to use is refused in other words than what does not exist. */
const serviceTier: Check = (value, path) =>
  value === 'flex' || value === 'scale'
    ? invalid(`Invalid ${path} argument`, path, null)
    : tiers(value, path);

const cacheRetention: Check = (value, path) => {
  if (typeof value !== 'string') return wrongType(path, "one of 'in_memory' or '24h'", value);
  return value === 'in_memory' || value === '24h' ? null : invalid(`Invalid ${path} argument`, path, null);
};

const bias = integer(-100, 100);

const logitBias: Check = (value, path) => {
  if (!isObject(value)) return wrongType(path, 'an object', value);
  return firstOf(Object.entries(value), ([key, amount]) => {
    if (!/^\d+$/.test(key)) {
      return invalid(
        `Invalid key in '${path}': ${key}. You should only be submitting non-negative integers.`,
        path,
        null,
      );
    }
    if (Number(key) < vocabularySize) return bias(amount, `${path}.${key}`);
    return invalid(`Invalid key in '${path}': ${key}. Maximum value is ${vocabularySize - 1}.`, path, null);
  });
};

const metadataValue = text({ max: 512 });

const metadata: Check = (value, path) => {
  if (!isObject(value)) return wrongType(path, 'a metadata object', value);
  const keys = Object.keys(value);
  if (keys.length > 16) {
    return invalid(
      `Invalid '${path}': too many properties. Expected an object with at most 16 properties, but got an object with ${keys.length} properties instead.`,
      path,
      'object_above_max_properties',
    );
  }
  return firstOf(keys, (key) => {
    if (key.length <= 64) return metadataValue(value[key], `${path}.${key}`);
    return invalid(
      `Invalid property name in '${path}': '${key.slice(0, 3)}...${key.slice(-3)}' is too long. Expected a string with maximum length 64, but got a string with length ${key.length} instead.`,
      `${path}.${key}`,
      'property_name_above_max_length',
    );
  });
};

const streamOptions = fields({ include_usage: flag, include_obfuscation: flag }, { isClosed: true });

const predictedParts = list(
  fields({ type: oneOf(['text']), text: text() }, { required: ['type', 'text'] }),
  'one of a string or array of objects',
);

const predicted: Check = (value, path) => (typeof value === 'string' ? null : predictedParts(value, path));

/** Every parameter there is (official specification), in the order in which they are looked at (measured live, 2026-08). */
export const parameters: Readonly<Record<string, Check>> = {
  model: anything,
  messages,
  functions,
  function_call: functionCall,
  tools,
  tool_choice: toolChoice,
  parallel_tool_calls: flag,
  max_completion_tokens: integer(1),
  n: integer(1, 128),
  temperature: decimal(0, 2),
  top_p: decimal(0, 1),
  presence_penalty: decimal(-2, 2),
  frequency_penalty: decimal(-2, 2),
  logprobs: flag,
  top_logprobs: topLogprobs,
  user: text({ max: 64 }),
  seed: integer(-(2 ** 63), 2 ** 63),
  moderation: fields({ model: text() }, { required: ['model'] }),
  safety_identifier: text({ max: 128 }),
  prompt_cache_options: fields({ mode: oneOf(['implicit', 'explicit']), ttl: oneOf(['30m']) }),
  prompt_cache_key: text({ max: 64 }),
  prompt_cache_retention: cacheRetention,
  response_format: responseFormat,
  service_tier: serviceTier,
  max_tokens: integer(1),
  reasoning_effort: oneOf(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']),
  logit_bias: logitBias,
  stop: (value, path) => (typeof value === 'string' ? null : stopSequences(value, path)),
  stream: flag,
  stream_options: streamOptions,
  store: flag,
  metadata,
  prediction: fields({ type: oneOf(['content']), content: predicted }, { required: ['type', 'content'] }),
  verbosity: oneOf(['low', 'medium', 'high']),
  modalities: list(oneOf(['text', 'audio']), 'an array of strings', { min: 1 }),
  audio: object,
  web_search_options: object,
};
