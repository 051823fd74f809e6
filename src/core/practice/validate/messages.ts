import { type ApiError, invalid } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { PracticeModel } from '../models.ts';
import {
  anything,
  type Check,
  fields,
  firstOf,
  list,
  missing,
  name,
  oneOf,
  text,
  wrongType,
} from './checks.ts';

const role = oneOf(['system', 'assistant', 'user', 'function', 'tool', 'developer']);

const part = fields(
  {
    type: oneOf(['text', 'image_url', 'input_audio', 'refusal', 'audio', 'file']),
    text: text(),
    refusal: text(),
    image_url: fields(
      { url: text(), detail: oneOf(['auto', 'low', 'high', 'original']) },
      { required: ['url'] },
    ),
  },
  { required: ['type'] },
);

const parts = list(part, 'one of a string or array of objects');
const whole = text();
const content: Check = (value, path) => (typeof value === 'string' ? whole : parts)(value, path);

const calledFunction = fields({ name: text(), arguments: text() }, { required: ['name', 'arguments'] });

const toolCall: Check = (value, path) =>
  fields({ id: text(), type: oneOf(['function', 'custom']) }, { required: ['id', 'type'] })(value, path) ??
  (isObject(value) && value.type === 'custom'
    ? fields(
        { custom: fields({ name: text(), input: text() }, { required: ['name', 'input'] }) },
        { required: ['custom'] },
      )(value, path)
    : fields({ function: calledFunction }, { required: ['function'] })(value, path));

const shape = fields(
  {
    role,
    content,
    name,
    refusal: text(),
    tool_calls: list(toolCall, 'an array of objects', { min: 1 }),
    tool_call_id: text(),
    function_call: calledFunction,
    audio: anything,
  },
  { required: ['role'] },
);

/** The conversation of a chat completion request, as far as one message can be told right from wrong by itself. */
export const messages = list(
  (value, path) => (isObject(value) ? shape(value, path) : wrongType(path, 'an object', value)),
  'an array of objects',
  { min: 1 },
);

/** What is wrong with a conversation of well-shaped messages as a whole, or null. Paths are as the API writes them. */
export const conversation = (all: readonly JsonObject[], model: PracticeModel): ApiError | null =>
  firstOf([...all.entries()], ([index, message]) => refusedRole(message, index, model)) ??
  firstOf([...all.entries()], ([index, message]) => unreadable(message, index)) ??
  unanswered(all) ??
  firstOf([...all.entries()], ([index, message]) => noContent(message, index));

const refusedRole = (message: JsonObject, index: number, { refusedRoles }: PracticeModel): ApiError | null =>
  refusedRoles.includes(message.role as string)
    ? invalid(
        `Unsupported value: 'messages[${index}].role' does not support '${message.role}' with this model.`,
        `messages[${index}].role`,
        'unsupported_value',
      )
    : null;

/** A text-only model answers pictures as any model without eyes does; the same words serve sound and files. */
function unreadable({ content: parts }: JsonObject, index: number): ApiError | null {
  if (!Array.isArray(parts)) return null;
  const at = parts.findIndex(({ type }) => ['image_url', 'input_audio', 'audio', 'file'].includes(type));
  if (at < 0) return null;
  return invalid(
    `Invalid content type. ${parts[at].type} is only supported by certain models.`,
    `messages.[${index}].content.[${at}].type`,
    null,
  );
}

/** Every call must be followed by what its tool answered, and every such answer must follow its call. */
function unanswered(all: readonly JsonObject[]): ApiError | null {
  let open: string[] = [];
  let isAfterCall = false;
  let caller = 0;
  for (const [index, message] of all.entries()) {
    if (message.role === 'tool') {
      if (message.tool_call_id == null) return noCallId(index);
      if (!isAfterCall) return orphan(index);
      open = open.filter((id) => id !== message.tool_call_id);
      continue;
    }
    if (open.length > 0) return unansweredCalls(open, caller);
    const calls = (message.tool_calls ?? []) as readonly { id: string }[];
    isAfterCall = calls.length > 0;
    caller = index;
    open = calls.map(({ id }) => id);
  }
  return open.length > 0 ? unansweredCalls(open, caller) : null;
}

const noCallId = (index: number): ApiError =>
  invalid(
    "Missing parameter 'tool_call_id': messages with role 'tool' must have a 'tool_call_id'.",
    `messages.[${index}].tool_call_id`,
    null,
  );

const orphan = (index: number): ApiError =>
  invalid(
    // The spelling is theirs.
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    `messages.[${index}].role`,
    null,
  );

const unansweredCalls = (ids: readonly string[], index: number): ApiError =>
  invalid(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids.join(', ')}`,
    `messages.[${index}].role`,
    null,
  );

function noContent(message: JsonObject, index: number): ApiError | null {
  if (message.role === 'function' && message.name == null) return missing(`messages[${index}].name`);
  if (message.content != null) return null;
  const { tool_calls, function_call, refusal, audio } = message;
  if (message.role === 'assistant' && (tool_calls ?? function_call ?? refusal ?? audio) != null) return null;
  if (message.role !== 'developer') {
    return invalid(
      "Invalid value for 'content': expected a string, got null.",
      `messages.[${index}].content`,
      null,
    );
  }
  const path = `messages[${index}].content`;
  return message.content === undefined
    ? missing(path)
    : wrongType(path, 'one of a string or array of objects', null);
}
