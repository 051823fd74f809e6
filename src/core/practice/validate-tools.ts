import { type Check, fields, isObject, list, object, text } from './checks.ts';
import { type ApiError, invalid } from './errors.ts';

const definition = fields({ name: text, description: text, parameters: object }, ['name']);
const functionTool = fields({ function: definition }, ['function']);
const shape = fields({ type: text }, ['type']);

const tool: Check = (value, path) => {
  const error = shape(value, path);
  if (error || !isObject(value) || value.type !== 'function') return error;
  return functionTool(value, path) ?? schemaError(value.function as Definition, `${path}.function`);
};

interface Definition {
  readonly name: string;
  readonly parameters?: unknown;
}

/** The functions and other tools of a chat completion request. */
export const tools = list(tool, 'an array of objects', { max: 128 });

function schemaError({ name, parameters = {} }: Definition, path: string): ApiError | null {
  const wrong = unsound(parameters);
  if (wrong === null) return null;
  return invalid(
    `Invalid schema for function '${name}': ${JSON.stringify(wrong.value)} is not valid under any of the given schemas.`,
    `${path}.parameters`,
    'invalid_function_parameters',
  );
}

/** The first part of a JSON Schema that is none, as far as arguments are made up from it. */
function unsound(schema: unknown): { readonly value: unknown } | null {
  // `true` and `false` are schemas, too.
  if (typeof schema === 'boolean') return null;
  if (!isObject(schema)) return { value: schema };
  const { properties = {}, required = [], items = true, enum: values = [] } = schema;
  if (!isObject(properties)) return { value: properties };
  if (!Array.isArray(required) || !required.every((name) => typeof name === 'string')) {
    return { value: required };
  }
  if (!Array.isArray(values)) return { value: values };
  for (const part of [...Object.values(properties), items]) {
    const wrong = unsound(part);
    if (wrong) return wrong;
  }
  return null;
}
