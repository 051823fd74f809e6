import { factsOf } from '../api/models.ts';
import { list, shown } from './shape.ts';
import { message } from './structures.ts';
import { allowed, type Body, refused, type Warning } from './warning.ts';

/** A message whose fields have the right types; paths in sentences are as in the body, counted from 0. */
interface SentMessage {
  readonly role: string;
  readonly content?: string | readonly { readonly type: string }[] | null;
  readonly name?: string | null;
  readonly refusal?: unknown;
  readonly audio?: unknown;
  readonly function_call?: unknown;
  readonly tool_calls?: readonly { readonly id: string }[] | null;
  readonly tool_call_id?: string | null;
}

const wellFormed = list(message);

/** What is to be said about the messages of a body. */
export function conversationWarnings({ messages, model }: Body, isPractice: boolean): readonly Warning[] {
  if (Array.isArray(messages) && messages.length === 0) {
    return [refused('messages', 'There are no messages: add one.')];
  }
  const wrong = wellFormed(messages, 'messages');
  if (wrong !== null) return [refused('messages', wrong)];
  const all = messages as readonly SentMessage[];
  const refusedRoles = (typeof model === 'string' && factsOf(model)?.refusedRoles) || [];
  const last = all.at(-1);
  return [
    ...all.flatMap((one, index) => {
      const path = `messages[${index}]`;
      if (refusedRoles.includes(one.role)) {
        return refused(
          'messages',
          `${path} has the role ${one.role}, which ${model} refuses: give it another.`,
        );
      }
      return contentWarning(one, path, isPractice) ?? [];
    }),
    ...callWarnings(all),
    ...(last?.role === 'assistant' && !last.tool_calls ? [nothingToAnswer] : []),
  ];
}

const nothingToAnswer = allowed(
  'messages',
  "The last message is the assistant's own: that is allowed, but there is nothing new to answer.",
);

function contentWarning(
  { role, content, name, refusal, audio, function_call, tool_calls }: SentMessage,
  path: string,
  isPractice: boolean,
): Warning | null {
  if (role === 'function' && name == null)
    return refused('messages', `${path}.name is missing: name the function.`);
  if (content == null) {
    const says = tool_calls ?? function_call ?? refusal ?? audio;
    if (role === 'assistant' && says != null) return null;
    return refused('messages', `${path} has no content: give it a text.`);
  }
  if (content === '') return allowed('messages', `${path} is empty: it is sent all the same.`);
  const picture = isPractice && typeof content !== 'string' && content.find(({ type }) => isUnread(type));
  return picture
    ? refused('messages', `${path} has a part ${picture.type}: the practice server reads only text.`)
    : null;
}

const isUnread = (type: string): boolean => type !== 'text' && type !== 'refusal';

/** Every call must be followed by what its tool answered, and every such answer must follow its call. */
function callWarnings(all: readonly SentMessage[]): readonly Warning[] {
  const warnings: Warning[] = [];
  let open: readonly string[] = [];
  let caller: number | null = null;
  const close = () => {
    if (open.length === 0) return;
    const tools = `a tool message with tool_call_id ${shown(open[0], 80)} must follow it`;
    warnings.push(refused('messages', `messages[${caller}] asks for a call that nothing answers: ${tools}.`));
  };
  for (const [index, { role, tool_calls, tool_call_id }] of all.entries()) {
    const path = `messages[${index}]`;
    if (role !== 'tool') {
      close();
      open = (tool_calls ?? []).map(({ id }) => id);
      caller = open.length > 0 ? index : null;
    } else if (tool_call_id == null) {
      warnings.push(refused('messages', `${path}.tool_call_id is missing: say which call it answers.`));
    } else if (caller === null) {
      warnings.push(
        refused(
          'messages',
          `${path} answers no call: a tool message must follow an assistant's with tool_calls.`,
        ),
      );
    } else open = open.filter((id) => id !== tool_call_id);
  }
  close();
  return warnings;
}
