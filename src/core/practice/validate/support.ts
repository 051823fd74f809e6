import { type ApiError, invalid } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { PracticeModel } from '../models.ts';
import { firstOf, listed, unknownParameter } from './checks.ts';
import { parameters } from './parameters.ts';

/** Parameters that only models without reasoning know, or only those with. */
const unknownToReasoning = ['modalities', 'audio', 'web_search_options'];
const unknownToOthers = ['reasoning_effort'];

/** The keys of a body that its model does not know, in the words of its family, or null. */
export function unknownKey(body: JsonObject, { efforts }: PracticeModel): ApiError | null {
  const strange = efforts ? unknownToReasoning : unknownToOthers;
  const keys = Object.keys(body).filter((name) => !Object.hasOwn(parameters, name) || strange.includes(name));
  const [first] = keys;
  if (first === undefined) return null;
  // Newer models say it so on this endpoint, too (2025-07 to 2026-09).
  if (efforts) return unknownParameter(first);
  const noun = keys.length === 1 ? 'argument' : 'arguments';
  return invalid(`Unrecognized request ${noun} supplied: ${keys.join(', ')}`, null, null);
}

/** What reasoning models take only as it is by default. */
const fixedForReasoning: Readonly<Record<string, unknown>> = {
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logprobs: false,
  top_logprobs: undefined,
  logit_bias: undefined,
  stop: undefined,
  prediction: undefined,
};

/** What is known in general and not with this model, or null; looked at before any range is (captured, 2025-08). */
export function unsupported(body: JsonObject, model: PracticeModel): ApiError | null {
  return (
    (model.efforts ? unsupportedByReasoning(body, model) : unsupportedByOthers(body)) ??
    // Only models to come have it.
    (body.prompt_cache_options == null ? null : unsupportedParameter('prompt_cache_options'))
  );
}

function unsupportedByReasoning(body: JsonObject, { temperature, efforts }: PracticeModel): ApiError | null {
  if (body.max_tokens != null) {
    return unsupportedParameter('max_tokens', " Use 'max_completion_tokens' instead.");
  }
  const { temperature: asked, reasoning_effort: effort } = body;
  if (temperature === 'unsupported' && asked != null) return unsupportedParameter('temperature');
  if (typeof asked === 'number' && asked !== 1) {
    return unsupportedValue('temperature', String(asked), 'Only the default (1) value is supported.');
  }
  const isKnown = effort == null || (efforts as readonly unknown[]).includes(effort);
  if (typeof effort === 'string' && !isKnown) {
    const values = `Supported values are: ${listed(efforts ?? [], 'and')}.`;
    return unsupportedValue('reasoning_effort', `'${effort}'`, values);
  }
  return firstOf(Object.entries(fixedForReasoning), ([name, usual]) =>
    body[name] == null || body[name] === usual ? null : unsupportedParameter(name),
  );
}

function unsupportedByOthers({
  verbosity,
  modalities,
  audio,
  web_search_options,
}: JsonObject): ApiError | null {
  if (typeof verbosity === 'string' && verbosity !== 'medium') {
    return unsupportedValue('verbosity', `'${verbosity}'`, "Supported values are: 'medium'.");
  }
  // No body is known for sound from a model without a voice: these are the words used for its like.
  if (Array.isArray(modalities) && modalities.includes('audio')) {
    return unsupportedValue('modalities', "'audio'", "Supported values are: 'text'.");
  }
  if (audio != null) return unsupportedParameter('audio');
  if (web_search_options == null) return null;
  return invalid('Web search options not supported with this model.', 'web_search_options', null);
}

const unsupportedParameter = (name: string, instead = ''): ApiError =>
  invalid(
    `Unsupported parameter: '${name}' is not supported with this model.${instead}`,
    name,
    'unsupported_parameter',
  );

const unsupportedValue = (name: string, value: string, supported: string): ApiError =>
  invalid(
    `Unsupported value: '${name}' does not support ${value} with this model. ${supported}`,
    name,
    'unsupported_value',
  );
