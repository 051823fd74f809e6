import { type ApiError, invalid } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { type Tool, type ToolChoice, toolName } from '../wire.ts';
import {
  all,
  anything,
  type Check,
  fields,
  flag,
  list,
  missing,
  name,
  object,
  oneOf,
  text,
  wrongType,
} from './checks.ts';
import { parametersProblem, strictProblem, unsoundSchema } from './schema.ts';

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

const named = fields({ name: text() }, { required: ['name'] });

/** One tool by its name; without a type it is a function. */
const reference: Check = (value, path) =>
  isObject(value) && value.type === 'custom'
    ? fields({ custom: named }, { required: ['custom'] })(value, path)
    : fields({ function: named }, { required: ['function'] })(value, path);

const typedReference = all(
  fields({ type: oneOf(['function', 'custom']) }, { required: ['type'] }),
  reference,
);

const allowed = fields(
  { mode: oneOf(['auto', 'required']), tools: list(typedReference, 'an array of objects', { min: 1 }) },
  { required: ['mode', 'tools'] },
);

/** `none`, `auto`, `required`, one named tool, or a few that are allowed. */
export const toolChoice: Check = (value, path) => {
  if (typeof value === 'string') return oneOf(['none', 'auto', 'required'])(value, path);
  if (!isObject(value)) {
    // "one of" stands twice in theirs, too.
    return wrongType(path, "one of one of 'none', 'auto', or 'required' or object", value);
  }
  const error = fields({ type: oneOf(['function', 'allowed_tools', 'custom']) })(value, path);
  if (error) return error;
  return value.type === 'allowed_tools'
    ? fields({ allowed_tools: allowed }, { required: ['allowed_tools'] })(value, path)
    : reference(value, path);
};

/** The deprecated `function_call`. */
export const functionCall: Check = (value, path) =>
  typeof value === 'string' ? oneOf(['none', 'auto'])(value, path) : named(value, path);

const jsonSchema = all(
  fields({ name, description: text(), schema: anything, strict: flag }, { required: ['name'] }),
  (value, path) => {
    const { schema, strict, name: title } = value as JsonObject;
    if (schema == null) return strict === true ? missing(`${path}.schema`) : null;
    const check = strict === true ? strictProblem : () => null;
    return wrongSchema(schema, check, `response_format '${title}'`, 'response_format', null);
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
    : wrongSchema(
        parameters ?? {},
        strict === true ? strictProblem : parametersProblem,
        `function '${title}'`,
        path,
        'invalid_function_parameters',
      );

/** What is wrong with a schema, in the API's words, or null. */
function wrongSchema(
  schema: unknown,
  check: (schema: unknown) => string | null,
  owner: string,
  param: string,
  code: string | null,
): ApiError | null {
  const problem = unsoundSchema(schema) ?? check(schema);
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
  const known = new Set(((given ?? []) as readonly Tool[]).map(toolName));
  const unknown = chosen(choice as ToolChoice | null | undefined).find((one) => !known.has(one));
  if (unknown !== undefined) return noSuchFunction('tool_choice', unknown, 'tools');
  const called = isObject(function_call) ? String(function_call.name) : null;
  if (called === null || (old as readonly JsonObject[]).some(({ name: one }) => one === called)) return null;
  return noSuchFunction('function_call', called, 'functions');
}

/** The names of the tools that a choice is among. */
function chosen(choice: ToolChoice | null | undefined): readonly string[] {
  if (typeof choice !== 'object' || choice === null) return [];
  return choice.type === 'allowed_tools' ? choice.allowed_tools.tools.map(toolName) : [toolName(choice)];
}

const needsTools = (param: string, needed: string): ApiError =>
  invalid(
    `Invalid value for '${param}': '${param}' is only allowed when '${needed}' are specified.`,
    param,
    null,
  );

const noSuchFunction = (param: string, wanted: string, among: string): ApiError =>
  invalid(
    `Invalid value for '${param}': no function named '${wanted}' was specified in the '${among}' parameter.`,
    param,
    null,
  );
