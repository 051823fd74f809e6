import { type ApiError, invalid } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import {
  all,
  anything,
  type Check,
  fields,
  flag,
  list,
  missing,
  name,
  notOneOf,
  object,
  oneOf,
  text,
  wrongType,
} from './checks.ts';
import { strictProblem, unsoundSchema } from './schema.ts';

const definition = {
  name,
  description: text(),
  parameters: object,
  strict: flag,
};

const functionShape = fields(definition, { required: ['name'], expected: 'a function definition' });

/** A function whose `parameters` are a sound schema, and where `strict` is set, one that can be kept to. */
const functionDefinition: Check = (value, path) =>
  functionShape(value, path) ?? schemaError(value as JsonObject, `${path}.parameters`);

const customDefinition = fields(
  {
    name,
    description: text(),
    format: fields(
      {
        type: oneOf(['text', 'grammar']),
        grammar: fields(
          { syntax: oneOf(['lark', 'regex']), definition: text() },
          { required: ['syntax', 'definition'] },
        ),
      },
      { required: ['type'] },
    ),
  },
  { required: ['name'] },
);

const byType: Readonly<Record<string, Check>> = {
  function: fields({ function: functionDefinition }, { required: ['function'] }),
  custom: fields({ custom: customDefinition }, { required: ['custom'] }),
};

const tool: Check = (value, path) =>
  fields({ type: oneOf(['function', 'custom']) }, { required: ['type'] })(value, path) ??
  byType[(value as JsonObject).type as string]!(value, path);

/** The tools of a chat completion request: at least one, at most 128. */
export const tools = list(tool, 'an array of objects', { min: 1, max: 128 });

/** The deprecated `functions`. */
export const functions = list(functionDefinition, 'an array of function definitions', { min: 1, max: 128 });

const reference = fields({ name: text() }, { required: ['name'] });
const allowed = fields(
  { mode: oneOf(['auto', 'required']), tools: list(object, 'an array of objects', { min: 1 }) },
  { required: ['mode', 'tools'] },
);

/** `none`, `auto`, `required`, one named tool, or a few that are allowed. */
export const toolChoice: Check = (value, path) => {
  if (typeof value === 'string') return oneOf(['none', 'auto', 'required'])(value, path);
  if (!isObject(value)) {
    // "one of" stands twice in theirs, too.
    return wrongType(path, "one of one of 'none', 'auto', or 'required' or object", value);
  }
  const { type = 'function' } = value;
  switch (type) {
    case 'function':
      return fields({ function: reference }, { required: ['function'] })(value, path);
    case 'custom':
      return fields({ custom: reference }, { required: ['custom'] })(value, path);
    case 'allowed_tools':
      return fields({ allowed_tools: allowed }, { required: ['allowed_tools'] })(value, path);
    default:
      return notOneOf(type, ['function', 'allowed_tools', 'custom'], `${path}.type`);
  }
};

/** The deprecated `function_call`. */
export const functionCall: Check = (value, path) =>
  typeof value === 'string' ? oneOf(['none', 'auto'])(value, path) : reference(value, path);

const jsonSchema = all(
  fields({ name, description: text(), schema: anything, strict: flag }, { required: ['name'] }),
  (value, path) => {
    const { schema, strict, name: title } = value as JsonObject;
    if (schema == null) return strict === true ? missing(`${path}.schema`) : null;
    return wrongSchema(schema, strict, `response_format '${title}'`, 'response_format', null);
  },
);

const typed = fields(
  { type: oneOf(['json_object', 'json_schema', 'text']), json_schema: jsonSchema },
  { required: ['type'] },
);

/** What form the answer must have. */
export const responseFormat: Check = (value, path) => {
  const error = typed(value, path);
  if (error) return error;
  const { type, json_schema } = value as JsonObject;
  return type === 'json_schema' && json_schema == null ? missing(`${path}.json_schema`) : null;
};

const schemaError = ({ name: title, parameters, strict }: JsonObject, path: string): ApiError | null =>
  parameters == null && strict !== true
    ? null
    : wrongSchema(parameters ?? {}, strict, `function '${title}'`, path, 'invalid_function_parameters');

/** What is wrong with a schema, in the API's words, or null. */
function wrongSchema(
  schema: unknown,
  strict: unknown,
  owner: string,
  param: string,
  code: string | null,
): ApiError | null {
  const problem = unsoundSchema(schema) ?? (strict === true ? strictProblem(schema) : null);
  return problem === null ? null : invalid(`Invalid schema for ${owner}: ${problem}`, param, code);
}

/** What is wrong between the tools of a request and the choice among them, or null. */
export function toolRules(body: JsonObject): ApiError | null {
  const { tools: given, tool_choice: choice, parallel_tool_calls, functions: old, function_call } = body;
  if (given == null) {
    if (choice != null) return needsTools('tool_choice', 'tools');
    if (parallel_tool_calls != null) return needsTools('parallel_tool_calls', 'tools');
  }
  if (old == null && function_call != null) return needsTools('function_call', 'functions');
  const known = names(given);
  const unknown = (isObject(choice) ? chosen(choice) : []).find((one) => !known.includes(one));
  if (unknown !== undefined) return noSuchFunction('tool_choice', unknown, 'tools');
  const called = isObject(function_call) ? (function_call.name as string) : null;
  const isKnown = called === null || (old as readonly JsonObject[]).some(({ name: one }) => one === called);
  return isKnown ? null : noSuchFunction('function_call', called, 'functions');
}

const names = (value: unknown): readonly unknown[] =>
  ((value ?? []) as readonly { function?: { name?: unknown }; custom?: { name?: unknown } }[]).map(
    (one) => one.function?.name ?? one.custom?.name,
  );

const chosen = (choice: JsonObject): readonly unknown[] =>
  names(isObject(choice.allowed_tools) ? choice.allowed_tools.tools : [choice]);

const needsTools = (param: string, needed: string): ApiError =>
  invalid(
    `Invalid value for '${param}': '${param}' is only allowed when '${needed}' are specified.`,
    param,
    null,
  );

const noSuchFunction = (param: string, wanted: unknown, among: string): ApiError =>
  invalid(
    `Invalid value for '${param}': no function named '${wanted}' was specified in the '${among}' parameter.`,
    param,
    null,
  );
