import { type ApiError, invalid } from './errors.ts';

/** Says what is wrong with a value (never null or undefined) that stands at a path, or null. */
export type Check = (value: unknown, path: string) => ApiError | null;

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const anything: Check = () => null;
export const text: Check = ofType('a string', (value) => typeof value === 'string');
export const flag: Check = ofType('a boolean', (value) => typeof value === 'boolean');
export const object: Check = ofType('an object', isObject);

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

/** A list whose items pass a check; `expected` names it whole, such as `an array of objects`. */
export function list(item: Check, expected: string, { min = 0, max = Number.POSITIVE_INFINITY } = {}): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return wrongType(path, expected, value);
    if (value.length < min) return emptyArray(path);
    if (value.length > max) return tooLong(path, max, value.length);
    return firstOf([...value.entries()], ([index, one]) => item(one, `${path}[${index}]`));
  };
}

/** An object whose fields pass their checks: null and undefined pass unless the field is required. */
export function fields(checks: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return (value, path) => {
    if (!isObject(value)) return wrongType(path, 'an object', value);
    return firstOf(Object.entries(checks), ([name, check]) => {
      const at = path === '' ? name : `${path}.${name}`;
      if (value[name] != null) return check(value[name], at);
      return required.includes(name) ? missing(at) : null;
    });
  };
}

const missing = (path: string): ApiError =>
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

const tooLong = (path: string, max: number, length: number): ApiError =>
  invalid(
    `Invalid '${path}': array too long. Expected an array with maximum length ${max}, but got an array with length ${length} instead.`,
    path,
    'array_above_max_length',
  );

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal number';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
