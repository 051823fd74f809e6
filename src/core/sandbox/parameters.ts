import { combinationWarnings } from './combinations.ts';
import { type Draft, readableBody } from './draft.ts';
import type { Problem, Read } from './json-text.ts';
import { modelWarnings } from './model-rules.ts';
import { type ParameterName, parameters } from './parameter-table.ts';
import { valueProblem } from './value-problem.ts';
import { isSent, typedValue } from './values.ts';

export type { Problem } from './json-text.ts';
export { type ParameterName, parameterOf, parameters } from './parameter-table.ts';
export { typedValue } from './values.ts';

/**
 * What is wrong with a typed text, by itself and beside the rest of its draft; null if nothing is. OpenAI answers such
 * a request with 400, unless it is only that a number goes out as another. It may still be sent on purpose, unless the
 * text cannot be read as a value at all.
 */
export function checkParameter(name: ParameterName, text: string, draft: Draft): Problem | null {
  // Of a draft by a newer version: nothing is known of them.
  if (parameters.every((one) => one.name !== name)) return null;
  const read: Read = isSent(name, text) ? typedValue(name, text) : { value: null };
  if ('unreadable' in read) return read.unreadable;
  const wrong = valueProblem(name, read.value);
  if (wrong !== null) return { sentence: wrong };
  const body = readableBody({ ...draft, parameters: { ...draft.parameters, [name]: text } });
  const warning = [...combinationWarnings(body), ...modelWarnings(body, false)].find(
    ({ about, status }) => about === name && status !== null,
  );
  const sentence = warning?.sentence ?? read.loss;
  return sentence ? { sentence } : null;
}
