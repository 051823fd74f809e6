import { all, fields, flag, list, name, object, oneOf, type Shape, text } from './shape.ts';

/** What the JSON Schema of a function must be at the least; more of it is left to the server. */
const parameterSchema: Shape = (value, path) => {
  const { type, properties } = value as Record<string, unknown>;
  if (type !== undefined && type !== 'object') return `${path}.type must be "object".`;
  return type === 'object' && properties === undefined
    ? `${path}.properties is missing: it may be {}.`
    : null;
};

const definition = fields(
  { name, description: text, parameters: all(object, parameterSchema), strict: flag },
  ['name'],
);

/** A shape for each value of `type`, which must be one of them. */
const byType =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, path) =>
    fields({ type: oneOf(...Object.keys(shapes)) }, ['type'])(value, path) ??
    shapes[(value as { readonly type: string }).type]!(value, path);

/** The tools of a request: 1 to 128 functions or custom tools. */
export const tools = list(
  byType({
    function: fields({ function: definition }, ['function']),
    custom: fields({ custom: fields({ name, description: text }, ['name']) }, ['custom']),
  }),
  { min: 1, max: 128 },
);

/** The calls that an assistant's message asks for. */
const toolCalls = list(
  all(
    fields({ id: text }, ['id']),
    byType({
      function: fields({ function: fields({ name: text, arguments: text }, ['name', 'arguments']) }, [
        'function',
      ]),
      custom: fields({ custom: fields({ name: text, input: text }, ['name', 'input']) }, ['custom']),
    }),
  ),
  { min: 1 },
);

const named = fields({ name: text }, ['name']);
const chosen = {
  function: fields({ function: named }, ['function']),
  custom: fields({ custom: named }, ['custom']),
};

/** Whether and which tool must be called. */
export const toolChoice: Shape = (value, path) =>
  typeof value === 'string'
    ? oneOf('auto', 'none', 'required')(value, path)
    : byType({
        ...chosen,
        allowed_tools: fields(
          {
            allowed_tools: fields(
              { mode: oneOf('auto', 'required'), tools: list(byType(chosen), { min: 1 }) },
              ['mode', 'tools'],
            ),
          },
          ['allowed_tools'],
        ),
      })(value, path);

const anything: Shape = () => null;

/** What form the answer must have; a schema's inside is left to the server. */
export const responseFormat = byType({
  text: anything,
  json_object: anything,
  json_schema: fields({ json_schema: fields({ name, description: text, strict: flag }, ['name']) }, [
    'json_schema',
  ]),
});

/** A text, or up to four of them (official specification). */
export const stop: Shape = (value, path) =>
  typeof value === 'string' ? null : list(text, { max: 4 })(value, path);

const part = fields(
  { type: oneOf('text', 'image_url', 'input_audio', 'refusal', 'audio', 'file'), text, refusal: text },
  ['type'],
);

/** A message as far as it can be told right from wrong by itself. */
export const message = fields(
  {
    role: oneOf('developer', 'system', 'user', 'assistant', 'tool', 'function'),
    content: (value, path) => (typeof value === 'string' ? null : list(part)(value, path)),
    name,
    refusal: text,
    tool_calls: toolCalls,
    tool_call_id: text,
  },
  ['role'],
);
