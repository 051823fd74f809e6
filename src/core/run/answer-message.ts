import { readingsOf } from './chunk-in-bytes.ts';
import type { StepRows } from './log.ts';
import { joinCall, type ToolCallPart } from './reading.ts';

/** A call of a tool as it is sent back with its message. */
type AnswerCall = { readonly id: string } & (
  | { readonly type: string; readonly function: { readonly name: string; readonly arguments: string } }
  | { readonly type: 'custom'; readonly custom: { readonly name: string; readonly input: string } }
);

/** An answer as the message that a conversation goes on with. What the server did not send is not there. */
export interface AnswerMessage {
  readonly role: 'assistant';
  readonly content: string | null;
  readonly refusal?: string;
  readonly tool_calls?: readonly AnswerCall[];
}

/**
 * The message of one choice of a step, by its index: as it came, or put together from what the chunks of a stream
 * brought, also where the stream broke off. Null where there is nothing of it.
 */
export function answerMessage(rows: StepRows, choice = 0): AnswerMessage | null {
  let content: string | null = null;
  let refusal = '';
  const calls: ToolCallPart[] = [];
  for (const said of readingsOf(rows).flatMap(({ choices }) => choices)) {
    if (said.choice !== choice) continue;
    if (said.content !== null) content = (content ?? '') + said.content;
    refusal += said.refusal ?? '';
    for (const part of said.toolCalls) calls[part.index] = joinCall(calls[part.index], part);
  }
  const whole = Object.values(calls).map(callOf);
  if (content === null && refusal === '' && whole.length === 0) return null;
  return {
    role: 'assistant',
    content: content === '' && whole.length > 0 ? null : content,
    ...(refusal && { refusal }),
    ...(whole.length > 0 && { tool_calls: whole }),
  };
}

const callOf = ({ id, type, name, args }: ToolCallPart): AnswerCall =>
  type === 'custom'
    ? { id, type, custom: { name, input: args } }
    : { id, type: type ?? 'function', function: { name, arguments: args } };
