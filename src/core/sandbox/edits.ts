import type { AnswerMessage } from '../run/answer-message.ts';
import { type Draft, type DraftMessage, type Role, roles } from './draft.ts';
import type { ParameterName } from './parameter-table.ts';

const withMessages = (draft: Draft, messages: readonly DraftMessage[]): Draft => ({ ...draft, messages });

/** Changes one message; the same draft if there is none of that place. */
export function changeMessage(draft: Draft, index: number, change: Partial<DraftMessage>): Draft {
  const before = draft.messages[index];
  return before ? withMessages(draft, draft.messages.with(index, { ...before, ...change })) : draft;
}

/** The next role in the order of the roles; from one that is not among them, the first. */
export function turnRole(draft: Draft, index: number): Draft {
  const { role } = draft.messages[index] ?? {};
  const at = roles.indexOf(role as Role);
  return changeMessage(draft, index, { role: roles[(at + 1) % roles.length]! });
}

/** Puts an empty message at a place, of the role that is most likely to speak there. */
export const addMessage = (draft: Draft, index: number): Draft =>
  withMessages(
    draft,
    draft.messages.toSpliced(index, 0, {
      role: draft.messages[index - 1]?.role === 'user' ? 'assistant' : 'user',
      text: '',
      fields: {},
    }),
  );

/** Takes out one message; the same draft if there is none of that place. */
export const removeMessage = (draft: Draft, index: number): Draft =>
  index in draft.messages ? withMessages(draft, draft.messages.toSpliced(index, 1)) : draft;

/** Moves a message so many places down, or up if `by` is negative; the same draft where it cannot go. */
export function moveMessage(draft: Draft, index: number, by: number): Draft {
  const message = draft.messages[index];
  if (!message || !(index + by in draft.messages)) return draft;
  return withMessages(draft, draft.messages.toSpliced(index, 1).toSpliced(index + by, 0, message));
}

/** Puts a text as it was typed into the row of a parameter; the same draft if it stands there already. */
export const setParameter = (draft: Draft, name: ParameterName, text: string): Draft =>
  draft.parameters[name] === text ? draft : { ...draft, parameters: { ...draft.parameters, [name]: text } };

/**
 * The conversation with an answer at its end, and behind it what comes next: for each call of a tool an empty message
 * with its result to be filled in, or else an empty message of the user.
 */
export function takeAnswer(draft: Draft, answer: AnswerMessage): Draft {
  const { content, role: _, ...fields } = answer;
  const next: readonly DraftMessage[] =
    answer.tool_calls && answer.tool_calls.length > 0
      ? answer.tool_calls.map(({ id }) => ({ role: 'tool', text: '', fields: { tool_call_id: id } }))
      : [{ role: 'user', text: '', fields: {} }];
  return withMessages(draft, [
    ...draft.messages,
    { role: 'assistant', text: content ?? '', fields },
    ...next,
  ]);
}
