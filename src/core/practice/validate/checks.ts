import { type ApiError, invalid } from '../errors.ts';
import { isObject } from '../json.ts';

/** Says what is wrong with a value (never null or undefined) that stands at a path, or null. */
export type Check = (value: unknown, path: string) => ApiError | null;

export const anything: Check = () => null;
export const flag: Check = ofType('a boolean', (value) => typeof value === 'boolean');
export const object: Check = ofType('an object', isObject);

/** The first thing that one of several checks finds, in their order. */
export const all =
  (...checks: readonly Check[]): Check =>
  (value, path) =>
    firstOf(checks, (check) => check(value, path));

export function integer(min: number, max = Number.POSITIVE_INFINITY): Check {
  return (value, path) =>
    Number.isInteger(value)
      ? range('integer', value as number, path, min, max)
      : wrongType(path, 'an integer', value);
}

export function decimal(min: number, max: number): Check {
  return (value, path) =>
    typeof value === 'number' ? range('decimal', value, path, min, max) : wrongType(path, 'a decimal', value);
}

interface TextRules {
  readonly min?: number;
  readonly max?: number;
  /** As the error quotes it. */
  readonly pattern?: RegExp;
}

export function text({ min = 0, max = 10_485_760, pattern }: TextRules = {}): Check {
  return (value, path) => {
    if (typeof value !== 'string') return wrongType(path, 'a string', value);
    if (value.length < min) return emptyText(path);
    const { length } = value;
    if (length > max) return tooLong(path, 'string', max, length);
    if (!pattern || pattern.test(value)) return null;
    return invalid(
      `Invalid '${path}': string does not match pattern. Expected a string that matches the pattern '${pattern.source}'.`,
      path,
      'invalid_value',
    );
  };
}

/** The name of a function, a schema or a participant. */
export const name = text({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ });

/** One of a few texts. What is no text is told apart where `expected` names the type. */
export function oneOf(values: readonly string[], expected = 'a string'): Check {
  return (value, path) => {
    if (typeof value !== 'string') return wrongType(path, expected, value);
    return values.includes(value) ? null : notOneOf(value, values, path);
  };
}

const notOneOf = (value: string, values: readonly string[], path: string): ApiError =>
  invalid(
    `Invalid value: '${value}'. Supported values are: ${listed(values, 'and')}.`,
    path,
    'invalid_value',
  );

/** `'a'`, `'a' and 'b'`, or `'a', 'b', and 'c'` (as captured, 2025-02 to 2026-09). */
export function listed(values: readonly string[], last: 'and' | 'or'): string {
  const quoted = values.map((value) => `'${value}'`);
  if (quoted.length < 3) return quoted.join(` ${last} `);
  return `${quoted.slice(0, -1).join(', ')}, ${last} ${quoted.at(-1)}`;
}

/** A list whose items pass a check; `expected` names it whole, such as `an array of objects`. */
export function list(item: Check, expected: string, { min = 0, max = Number.POSITIVE_INFINITY } = {}): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return wrongType(path, expected, value);
    if (value.length < min) return emptyArray(path);
    if (value.length > max) return tooLong(path, 'array', max, value.length);
    for (const [index, one] of value.entries()) {
      const error = item(one, `${path}[${index}]`);
      if (error) return error;
    }
    return null;
  };
}

interface FieldRules {
  readonly required?: readonly string[];
  /** How the whole is called where it is no object. */
  readonly expected?: string;
  /** Whether other keys are refused. */
  readonly isClosed?: boolean;
}

/** An object whose fields pass their checks: null and undefined pass unless the field is required. */
export function fields(checks: Readonly<Record<string, Check>>, rules: FieldRules = {}): Check {
  const { required = [], expected = 'an object', isClosed = false } = rules;
  return (value, path) => {
    if (!isObject(value)) return wrongType(path, expected, value);
    const unknown = isClosed && Object.keys(value).find((key) => !Object.hasOwn(checks, key));
    if (typeof unknown === 'string') return unknownParameter(`${path}.${unknown}`);
    return firstOf(Object.entries(checks), ([key, check]) => {
      const at = path === '' ? key : `${path}.${key}`;
      if (Object.hasOwn(value, key) && value[key] != null) return check(value[key], at);
      return required.includes(key) ? missing(at) : null;
    });
  };
}

export const unknownParameter = (path: string): ApiError =>
  invalid(`Unknown parameter: '${path}'.`, path, 'unknown_parameter');

export const missing = (path: string): ApiError =>
  invalid(`Missing required parameter: '${path}'.`, path, 'missing_required_parameter');

export const wrongType = (path: string, expected: string, value: unknown): ApiError =>
  invalid(
    `Invalid type for '${path}': expected ${expected}, but got ${typeName(value)} instead.`,
    path,
    'invalid_type',
  );

export function firstOf<T>(items: readonly T[], check: (item: T) => ApiError | null): ApiError | null {
  for (const item of items) {
    const error = check(item);
    if (error) return error;
  }
  return null;
}

function ofType(expected: string, fits: (value: unknown) => boolean): Check {
  return (value, path) => (fits(value) ? null : wrongType(path, expected, value));
}

function range(kind: string, value: number, path: string, min: number, max: number): ApiError | null {
  if (value >= min && value <= max) return null;
  const [side, bound, code] =
    value < min ? ['below minimum', `>= ${min}`, 'below_min'] : ['above maximum', `<= ${max}`, 'above_max'];
  return invalid(
    `Invalid '${path}': ${kind} ${side} value. Expected a value ${bound}, but got ${value} instead.`,
    path,
    `${kind}_${code}_value`,
  );
}

const emptyArray = (path: string): ApiError =>
  invalid(
    `Invalid '${path}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
    path,
    'empty_array',
  );

const emptyText = (path: string): ApiError =>
  invalid(
    `Invalid '${path}': empty string. Expected a string with minimum length 1, but got an empty string instead.`,
    path,
    'empty_string',
  );

const tooLong = (path: string, kind: 'array' | 'string', max: number, length: number): ApiError => {
  const article = kind === 'array' ? 'an' : 'a';
  return invalid(
    `Invalid '${path}': ${kind} too long. Expected ${article} ${kind} with maximum length ${max}, but got ${article} ${kind} with length ${length} instead.`,
    path,
    `${kind}_above_max_length`,
  );
};

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
