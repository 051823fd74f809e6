import { isReasoning } from '../api/models.ts';
import type { Draft } from './draft.ts';
import { type ParameterName, parameters } from './parameters.ts';

/** The name under which a model takes the limit of an answer: reasoning models know only the newer one. */
export const limitName = (model: string): 'max_tokens' | 'max_completion_tokens' =>
  isReasoning(model) ? 'max_completion_tokens' : 'max_tokens';

/** A draft whose model has changed, with a limit that only other models take moved to the name that this one takes. */
export function fitLimit(draft: Draft): Draft {
  const { model = '', max_tokens, max_completion_tokens } = draft.parameters;
  const isMisnamed = limitName(model) === 'max_completion_tokens' && max_tokens && !max_completion_tokens;
  if (!isMisnamed) return draft;
  return { ...draft, parameters: { ...draft.parameters, max_tokens: '', max_completion_tokens: max_tokens } };
}

/** The parameters that a form shows: of the two limits the one that the model takes, and the other if it is set. */
export function shownParameters({ parameters: typed }: Draft): readonly ParameterName[] {
  const wanted = limitName(typed.model ?? '');
  return parameters
    .map(({ name }) => name)
    .filter((name) => !/^max_/.test(name) || name === wanted || Boolean(typed[name]));
}
