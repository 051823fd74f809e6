import { type ApiError, invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { PracticeModel } from '../models.ts';
import { type Message, messageText } from '../wire.ts';
import { fields, firstOf, missing, wrongType } from './checks.ts';
import { conversation } from './messages.ts';
import { parameters } from './parameters.ts';
import { unknownKey, unsupported } from './support.ts';
import { toolRules } from './tools.ts';

const checkParameters = fields(parameters);

/** Says what is wrong with parameters that do not go together, or null. */
type Rule = (body: JsonObject, model: PracticeModel) => ApiError | null;

const rules: readonly Rule[] = [
  toolRules,
  ({ logprobs, top_logprobs }) =>
    top_logprobs != null && logprobs !== true ? onlyWith('top_logprobs', 'logprobs') : null,
  ({ max_tokens, max_completion_tokens }) =>
    max_tokens != null && max_completion_tokens != null
      ? invalid(
          "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
          'max_tokens',
          'invalid_parameter_combination',
        )
      : null,
  (body, model) =>
    tooManyTokens('max_tokens', body, model) ?? tooManyTokens('max_completion_tokens', body, model),
  ({ stream, stream_options }) =>
    stream_options != null && stream !== true ? onlyWith('stream_options', 'stream') : null,
  ({ messages, response_format }) => noJsonWord(messages as readonly Message[], response_format),
  ({ messages }, model) => conversation(messages as readonly JsonObject[], model),
];

/**
 * The first thing wrong with a chat completion body whose model is known, or null. Keys come first, then what
 * the model supports, then types and ranges, then what does not go together (captured 2025-08, measured 2026-08).
 */
export function validate(body: JsonObject, model: PracticeModel): ApiError | null {
  return (
    (body.messages === undefined ? missing('messages') : null) ??
    unknownKey(body, model) ??
    unsupported(body, model) ??
    (body.messages === null ? wrongType('messages', 'an array of objects', null) : null) ??
    checkParameters(body, '') ??
    firstOf(rules, (rule) => rule(body, model))
  );
}

const onlyWith = (name: string, needed: string): ApiError =>
  invalid(`The '${name}' parameter is only allowed when '${needed}' is enabled.`, name, null);

function tooManyTokens(
  name: string,
  body: JsonObject,
  { maxCompletionTokens }: PracticeModel,
): ApiError | null {
  const asked = body[name];
  if (typeof asked !== 'number' || asked <= maxCompletionTokens) return null;
  return invalid(
    `${name} is too large: ${asked}. This model supports at most ${maxCompletionTokens} completion tokens, whereas you provided ${asked}.`,
    name,
    null,
  );
}

function noJsonWord(messages: readonly Message[], format: unknown): ApiError | null {
  if ((format as { type?: unknown } | null | undefined)?.type !== 'json_object') return null;
  if (messages.some((message) => /json/i.test(messageText(message)))) return null;
  return invalid(
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    'messages',
    null,
  );
}
