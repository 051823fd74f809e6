import { isRecord } from '../json.ts';
import type { ChatBody } from '../run/request.ts';
import type { Problem } from './json-text.ts';
import { hasRow, type ParameterName, parameters } from './parameter-table.ts';
import { isSent, jsonLines, typedText, typedValue } from './values.ts';

export type Role = 'developer' | 'system' | 'user' | 'assistant' | 'tool';

/** The roles to choose from, in the order in which they come up in a conversation. */
export const roles: readonly Role[] = ['developer', 'system', 'user', 'assistant', 'tool'];

/** A message as it is edited. */
export interface DraftMessage {
  /** One of `roles`; a preset or a file may hold another, and '' is not sent. */
  readonly role: string;
  readonly text: string;
  /**
   * The other fields of the message: `tool_calls`, `tool_call_id`, `name`, `refusal` and so on. Where `content` is no
   * text (a list of parts, null), it is here, and is sent as long as `text` is empty.
   */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A request as it is typed. */
export interface Draft {
  readonly messages: readonly DraftMessage[];
  /** Parameters as typed; what is absent or '' is not sent, nor what a newer version put there beside these. */
  readonly parameters: Readonly<Partial<Record<ParameterName, string>>>;
}

/** The body that a draft sends, or the first thing in it that cannot be sent, such as invalid JSON. */
export function bodyOf(draft: Draft): { readonly body: ChatBody } | { readonly unreadable: Problem } {
  const { values, unreadable } = valuesOf(draft);
  return unreadable ? { unreadable } : { body: assemble(draft, values) as unknown as ChatBody };
}

/** What can be read of a draft as a body, without what cannot: for looking at it while it is being typed. */
export function readableBody(draft: Draft): Readonly<Record<string, unknown>> {
  return assemble(draft, valuesOf(draft).values);
}

type Fields = Record<string, unknown>;

/** What the parameters put into the body, in the order of the table, and the first that cannot be read. */
function valuesOf(draft: Draft): { readonly values: Fields; readonly unreadable: Problem | null } {
  const values: Fields = {};
  let unreadable: Problem | null = null;
  for (const { name } of parameters) {
    const text = draft.parameters[name];
    if (!isSent(name, text)) continue;
    const read = typedValue(name, text);
    if ('unreadable' in read) unreadable ??= read.unreadable;
    else if (name === 'include_usage') values.stream_options = { include_usage: read.value };
    else values[name] = read.value;
  }
  return { values, unreadable };
}

/** `messages` is always sent, if only as an empty list; a field of `other` wins over a parameter of that name. */
function assemble(draft: Draft, { model, other, ...values }: Fields): Fields {
  const more = isRecord(other) ? other : {};
  const [options, moreOptions] = [values.stream_options, more.stream_options];
  return {
    ...(model !== undefined && { model }),
    messages: draft.messages.map(messageOf),
    ...values,
    ...more,
    ...(isRecord(options) && isRecord(moreOptions) && { stream_options: { ...options, ...moreOptions } }),
  };
}

function messageOf({ role, text, fields }: DraftMessage): Fields {
  const { content = contentBeside(fields), ...others } = fields;
  const sent = text === '' ? content : text;
  return { ...(role !== '' && { role }), ...(sent !== undefined && { content: sent }), ...others };
}

/** The content of a message without any: one that only asks for calls sends null. */
function contentBeside(fields: DraftMessage['fields']): '' | null | undefined {
  if ('content' in fields) return undefined;
  return fields.tool_calls ? null : '';
}

/** The draft that sends this body. What no parameter's text can send goes into `other`. */
export function draftOf(body: ChatBody): Draft {
  const { messages, stream_options, ...fields } = body as unknown as Fields;
  const isConversation = Array.isArray(messages) && messages.every(isRecord);
  const { include_usage, ...options } = isRecord(stream_options) ? stream_options : {};
  const usage = typedText('include_usage', include_usage);
  const isAllUsage = usage !== null && Object.keys(options).length === 0;

  const typed: Partial<Record<ParameterName, string>> = usage === null ? {} : { include_usage: usage };
  const rest: Fields = {
    ...(!isConversation && { messages }),
    ...(!isAllUsage && { stream_options: usage === null ? stream_options : options }),
    ...fields,
  };
  for (const name of Object.keys(fields).filter(hasRow)) {
    const text = typedText(name, fields[name]);
    if (text === null) continue;
    typed[name] = text;
    delete rest[name];
  }
  if (Object.values(rest).some((value) => value !== undefined)) typed.other = jsonLines(rest);
  return { messages: isConversation ? messages.map(draftMessageOf) : [], parameters: typed };
}

function draftMessageOf({ role, content, ...others }: Fields): DraftMessage {
  const hasRole = typeof role === 'string' && role !== '';
  const fields = hasRole || role === undefined ? others : { role, ...others };
  const named = { role: hasRole ? role : '', fields };
  if (typeof content === 'string' && content !== '') return { ...named, text: content };
  return { ...named, text: '', fields: content === contentBeside(fields) ? fields : { ...fields, content } };
}
