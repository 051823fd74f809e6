import { type Check, fields, isObject, list, text, wrongType } from './checks.ts';
import { invalid } from './errors.ts';

const roles = ['system', 'assistant', 'user', 'function', 'tool', 'developer'];

const role: Check = (value, path) =>
  typeof value === 'string' && roles.includes(value)
    ? null
    : invalid(
        `Invalid value: '${String(value)}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.`,
        path,
        'invalid_value',
      );

const parts = list(fields({ type: text, text }, ['type']), 'one of a string or array of objects', { min: 1 });

const content: Check = (value, path) => (typeof value === 'string' ? null : parts(value, path));

const toolCall = fields(
  { id: text, type: text, function: fields({ name: text, arguments: text }, ['name', 'arguments']) },
  ['id', 'type', 'function'],
);

const shape = fields(
  { role, content, name: text, tool_calls: list(toolCall, 'an array of objects', { min: 1 }) },
  ['role'],
);

const message: Check = (value, path) => {
  if (!isObject(value)) return wrongType(path, 'an object', value);
  const error = shape(value, path);
  if (error || value.content != null) return error;
  const hasCall = value.role === 'assistant' && (value.tool_calls ?? value.function_call) != null;
  return hasCall
    ? null
    : invalid(`Invalid value for 'content': expected a string, got null.`, `${path}.content`, null);
};

/** The conversation of a chat completion request. */
export const messages = list(message, 'an array of objects', { min: 1 });
