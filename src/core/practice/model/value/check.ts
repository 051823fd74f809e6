import { isObject, type JsonObject } from '../../json.ts';
import { hasFormat, wholeFormats } from './formats.ts';
import { type Fuel, matchesPattern } from './pattern.ts';
import { referenced } from './refs.ts';

/** A schema document, and how much may still be spent on it. */
export interface SchemaDocument {
  readonly root: unknown;
  readonly fuel: Fuel;
}

const deepest = 80;

/**
 * Whether a value is valid against a schema of a document. What is no schema allows everything, and so does one
 * for which no fuel is left: an answer that comes late is worse than one that is not held against its schema.
 */
export function fits(schema: unknown, value: unknown, document: SchemaDocument, depth = 0): boolean {
  if (!isObject(schema)) return schema !== false;
  if (document.fuel.left-- <= 0 || depth > deepest) return true;
  const inner: Inner = {
    fuel: document.fuel,
    root: document.root,
    fits: (part, item) => fits(part, item, document, depth + 1),
  };
  return Object.entries(schema).every(
    ([keyword, argument]) =>
      !Object.hasOwn(keywords, keyword) || keywords[keyword]!(argument, value, schema, inner),
  );
}

/** A text that is the same for two JSON values if they are equal. */
export function canonical(value: unknown, depth = 0): string {
  if (depth > deepest) return '…';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join()}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name], depth + 1)}`).join()}}`;
}

const characterCount = (text: string): number => [...text].length;

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

interface Inner {
  readonly fuel: Fuel;
  readonly root: unknown;
  readonly fits: (schema: unknown, value: unknown) => boolean;
}

type Keyword = (argument: unknown, value: unknown, schema: JsonObject, inner: Inner) => boolean;

const compare =
  (holds: (value: number, limit: number) => boolean): Keyword =>
  (limit, value) =>
    typeof limit !== 'number' || typeof value !== 'number' || holds(value, limit);

const measure =
  (size: (value: unknown) => number | null, holds: (size: number, limit: number) => boolean): Keyword =>
  (limit, value) => {
    const measured = size(value);
    return measured === null || typeof limit !== 'number' || holds(measured, limit);
  };

const sizeOfText = (value: unknown) => (typeof value === 'string' ? characterCount(value) : null);
const sizeOfList = (value: unknown) => (Array.isArray(value) ? value.length : null);
const sizeOfObject = (value: unknown) => (isObject(value) ? Object.keys(value).length : null);
const atLeast = (size: number, limit: number) => size >= limit;
const atMost = (size: number, limit: number) => size <= limit;

const follow: Keyword = (ref, value, _, { root, fits }) =>
  typeof ref !== 'string' || fits(referenced(root, ref), value);

const hasAll = (value: JsonObject, names: readonly unknown[]): boolean =>
  names.every((name) => typeof name !== 'string' || Object.hasOwn(value, name));

/** What one property being there asks of an object. */
const dependent: Keyword = (wanted, value, _, { fits }) =>
  !isObject(wanted) ||
  !isObject(value) ||
  Object.entries(wanted).every(([name, asked]) => {
    if (!Object.hasOwn(value, name)) return true;
    return Array.isArray(asked) ? hasAll(value, asked) : fits(asked, value);
  });

const keywords: Readonly<Record<string, Keyword>> = {
  $ref: follow,
  $dynamicRef: follow,
  $recursiveRef: follow,
  type: (types, value) => {
    if (typeof types !== 'string' && !Array.isArray(types)) return true;
    const type = typeOf(value);
    return [types].flat().some((one) => one === type || (one === 'integer' && Number.isInteger(value)));
  },
  enum: (members, value, _, { fuel }) => {
    if (!Array.isArray(members) || members.includes(value)) return true;
    const text = canonical(value);
    fuel.left -= members.length >> 3;
    return members.some((member) => typeof member === typeof value && canonical(member) === text);
  },
  const: (only, value, _, { fuel }) => {
    const text = canonical(only);
    fuel.left -= text.length >> 6;
    return text === canonical(value);
  },
  minimum: compare((value, limit) => value >= limit),
  maximum: compare((value, limit) => value <= limit),
  exclusiveMinimum: compare((value, limit) => value > limit),
  exclusiveMaximum: compare((value, limit) => value < limit),
  multipleOf: compare((value, step) => step <= 0 || Number.isInteger(value / step)),
  minLength: measure(sizeOfText, atLeast),
  maxLength: measure(sizeOfText, atMost),
  pattern: (pattern, value, _, { fuel }) =>
    typeof pattern !== 'string' || typeof value !== 'string' || matchesPattern(pattern, value, fuel),
  format: (format, value) => {
    if (typeof value === 'number') return !wholeFormats.has(format) || Number.isInteger(value);
    return typeof format !== 'string' || typeof value !== 'string' || hasFormat(value, format);
  },
  minItems: measure(sizeOfList, atLeast),
  maxItems: measure(sizeOfList, atMost),
  minProperties: measure(sizeOfObject, atLeast),
  maxProperties: measure(sizeOfObject, atMost),
  uniqueItems: (isUnique, value) =>
    isUnique !== true ||
    !Array.isArray(value) ||
    new Set(value.map((item) => canonical(item))).size === value.length,
  prefixItems: (parts, value, _, { fits }) =>
    !Array.isArray(parts) ||
    !Array.isArray(value) ||
    value.every((item, i) => i >= parts.length || fits(parts[i], item)),
  items: (part, value, schema, { fits }) => {
    if (!Array.isArray(value)) return true;
    if (Array.isArray(part)) {
      return value.every((item, i) => fits(i < part.length ? part[i] : schema.additionalItems, item));
    }
    const { prefixItems } = schema;
    const first = Array.isArray(prefixItems) ? prefixItems.length : 0;
    return value.every((item, i) => i < first || fits(part, item));
  },
  contains: (part, value, { minContains, maxContains }, { fits }) => {
    if (!Array.isArray(value)) return true;
    const count = value.filter((item) => fits(part, item)).length;
    const least = typeof minContains === 'number' ? minContains : 1;
    return count >= least && (typeof maxContains !== 'number' || count <= maxContains);
  },
  required: (names, value) => !Array.isArray(names) || !isObject(value) || hasAll(value, names),
  properties: (parts, value, _, { fits }) =>
    !isObject(parts) ||
    !isObject(value) ||
    Object.keys(value).every((name) => !Object.hasOwn(parts, name) || fits(parts[name], value[name])),
  patternProperties: (parts, value, _, { fits, fuel }) =>
    !isObject(parts) ||
    !isObject(value) ||
    Object.entries(parts).every(([pattern, part]) =>
      Object.keys(value).every((name) => !matchesPattern(pattern, name, fuel) || fits(part, value[name])),
    ),
  additionalProperties: (part, value, schema, { fits, fuel }) =>
    !isObject(value) ||
    Object.keys(value).every((name) => isDeclared(schema, name, fuel) || fits(part, value[name])),
  propertyNames: (part, value, _, { fits }) =>
    !isObject(value) || Object.keys(value).every((name) => fits(part, name)),
  dependentRequired: dependent,
  dependentSchemas: dependent,
  dependencies: dependent,
  allOf: (parts, value, _, { fits }) => !Array.isArray(parts) || parts.every((part) => fits(part, value)),
  anyOf: (parts, value, _, { fits }) => !Array.isArray(parts) || parts.some((part) => fits(part, value)),
  oneOf: (parts, value, _, { fits }) =>
    !Array.isArray(parts) || parts.filter((part) => fits(part, value)).length === 1,
  not: (part, value, _, { fits }) => !fits(part, value),
  if: (part, value, schema, { fits }) => fits(fits(part, value) ? schema.then : schema.else, value),
};

/** Whether `additionalProperties` has no say in a property. */
export const isDeclared = (
  { properties, patternProperties }: JsonObject,
  name: string,
  fuel: Fuel,
): boolean =>
  (isObject(properties) && Object.hasOwn(properties, name)) ||
  (isObject(patternProperties) &&
    Object.keys(patternProperties).some((pattern) => matchesPattern(pattern, name, fuel)));
