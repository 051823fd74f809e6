import { isRecord } from '../json.ts';
import { hasRow, type Parameter, type ParameterName, parameterOf } from './parameter-table.ts';
import { fields, flag, listed, shown } from './shape.ts';
import * as structures from './structures.ts';

/** What is wrong with the value of a parameter by itself, as a sentence, or null. Servers take null for not given. */
export function valueProblem(name: ParameterName, value: unknown): string | null {
  if (value === null) return null;
  const parameter = parameterOf(name);
  switch (name) {
    case 'stop':
      return structures.stop(value, name);
    case 'tools':
      return structures.tools(value, name);
    case 'tool_choice':
      return structures.toolChoice(value, name);
    case 'response_format':
      return structures.responseFormat(value, name);
    case 'reasoning_effort':
      return wordProblem(parameter, value);
    case 'model':
      return typeof value === 'string' ? null : `model must be a text: ${shown(value)} is none.`;
    case 'other':
      return otherProblem(value);
    default:
      return parameter.limits ? numberProblem(parameter, value) : switchProblem(name, value);
  }
}

function numberProblem({ name, range, limits }: Parameter, value: unknown): string | null {
  const { min, max, isInteger } = limits!;
  const fit = `${name} takes ${range}`;
  if (typeof value !== 'number') return `${shown(value)} is no number: ${fit}.`;
  if (isInteger && !Number.isInteger(value)) return `${value} is no whole number: ${fit}.`;
  if (value < min) return `${value} is too low: ${fit}.`;
  return value > max ? `${value} is too high: ${fit}.` : null;
}

const switchProblem = (name: string, value: unknown): string | null =>
  typeof value === 'boolean' ? null : `${shown(value)} is neither true nor false: choose one for ${name}.`;

function wordProblem({ name, choices = [] }: Parameter, value: unknown): string | null {
  if (choices.includes(value as string)) return null;
  return `${shown(value)} is no ${name}: choose ${listed(choices)}.`;
}

/** Parameters of the official specification that have no row of their own; their values are left to the server. */
const others = new Set(
  'messages functions function_call parallel_tool_calls logit_bias stream_options store metadata service_tier verbosity user safety_identifier prompt_cache_key prompt_cache_options prompt_cache_retention modalities audio prediction moderation web_search_options'.split(
    ' ',
  ),
);

const streamOptions = fields({ include_usage: flag, include_obfuscation: flag });

function otherProblem(value: unknown): string | null {
  if (!isRecord(value)) return 'other must be one JSON object, such as {"store": true}.';
  for (const [name, one] of Object.entries(value)) {
    if (!hasRow(name) && !others.has(name)) {
      return `${shown(name)} is no parameter: take it out, or correct its name.`;
    }
    const sentence = hasRow(name) ? valueProblem(name, one) : null;
    if (sentence !== null) return `In other: ${sentence}`;
  }
  const { stream_options } = value;
  return stream_options == null ? null : streamOptions(stream_options, 'stream_options');
}
