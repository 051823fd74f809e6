import type { StepRows } from './log.ts';

/** A call of a tool as it is sent back with its message. */
export interface AnswerCall {
  readonly id: string;
  readonly type: string;
  readonly function: { readonly name: string; readonly arguments: string };
}

/** An answer as the message that a conversation goes on with. What the server did not send is not there. */
export interface AnswerMessage {
  readonly role: 'assistant';
  readonly content: string | null;
  readonly refusal?: string;
  readonly tool_calls?: readonly AnswerCall[];
}

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * The message of a step's first choice: as it came, or put together from what the chunks of a stream brought, also
 * where the stream broke off. Null where there is nothing of it.
 */
export function answerMessage({ response, chunks }: StepRows): AnswerMessage | null {
  const bodies = response ? [response.body] : chunks.map(({ chunk }) => chunk);
  let content: string | null = null;
  let refusal = '';
  const calls: { id: string; type: string; function: { name: string; arguments: string } }[] = [];
  for (const body of bodies) {
    const choices = listOf(fieldsOf(body).choices).map(fieldsOf);
    const choice = choices.find(({ index = 0 }) => index === 0);
    const said = fieldsOf(choice?.delta ?? choice?.message);
    if (typeof said.content === 'string') content = (content ?? '') + said.content;
    refusal += textOf(said.refusal);
    for (const [place, piece] of listOf(said.tool_calls).map(fieldsOf).entries()) {
      const given = piece.index ?? place;
      const at = typeof given === 'number' && given >= 0 && given < 128 ? Math.floor(given) : place;
      const { name, arguments: args } = fieldsOf(piece.function);
      calls[at] ??= { id: '', type: 'function', function: { name: '', arguments: '' } };
      calls[at].id += textOf(piece.id);
      calls[at].function.name += textOf(name);
      calls[at].function.arguments += textOf(args);
    }
  }
  const whole = Object.values(calls);
  if (content === null && refusal === '' && whole.length === 0) return null;
  return {
    role: 'assistant',
    content: content === '' && whole.length > 0 ? null : content,
    ...(refusal && { refusal }),
    ...(whole.length > 0 && { tool_calls: whole }),
  };
}
