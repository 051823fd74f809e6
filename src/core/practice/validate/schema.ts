import { isObject, type JsonObject } from '../json.ts';
import { referenced } from '../model/value/refs.ts';
import { contextOf, partsOf, pythonText, type Subschema, typesOf } from './schema-parts.ts';

/**
 * What makes a schema none, worded as the API does (a Python validator speaks there), or null:
 * `'items' is not of type 'array'.`
 */
export function unsoundSchema(schema: unknown): string | null {
  for (const part of partsOf(schema)) {
    const problem = unsound(part, schema);
    if (problem !== null) return problem;
  }
  return null;
}

/**
 * What in a sound schema cannot be kept to strictly, worded as the API does, or null:
 * `In context=(), 'additionalProperties' is required to be supplied and to be false.`
 */
export function strictProblem(schema: unknown): string | null {
  const { type } = Object(schema) as JsonObject;
  if (type !== 'object') return noObject(type);
  if (isObject(schema) && 'anyOf' in schema) return "In context=(), 'anyOf' is not permitted.";
  let [levels, properties] = [0, 0];
  for (const part of partsOf(schema)) {
    // It is false where it has a say, and none of its own.
    if (part.steps[0] === 'additionalProperties') continue;
    const finding = isObject(part.schema) ? loose(part.schema, schema) : { problem: noType };
    if (finding) {
      const { problem, steps = [], before = 'In ' } = finding;
      return `${before}${contextOf(part, steps)}, ${problem}`;
    }
    levels = Math.max(levels, part.level);
    if (isObject(part.schema)) properties += namesIn(part.schema.properties).length;
  }
  if (levels > 10) return `${levels} levels of nesting exceeds limit of 10.`;
  return properties > 5000 ? `${properties} parameters exceeds limit of 5000.` : null;
}

/** What the API does not take for the parameters of a function even where nothing is strict (quoted 2025), or null. */
export function parametersProblem(schema: unknown): string | null {
  const { type, properties } = Object(schema) as JsonObject;
  if (type !== undefined && type !== 'object') return noObject(type);
  if (type === 'object' && properties === undefined)
    return 'In context=(), object schema missing properties.';
  for (const part of partsOf(schema)) {
    const { type: own, items, prefixItems } = Object(part.schema) as JsonObject;
    if (own === 'array' && (items ?? prefixItems) === undefined) {
      return `In ${contextOf(part)}, array schema missing items.`;
    }
  }
  return null;
}

function noObject(type: unknown): string {
  const given = typeof type === 'string' ? type : pythonText(type ?? null);
  return `schema must be a JSON Schema of 'type: "object"', got 'type: "${given}"'.`;
}

const namesIn = (value: unknown): readonly string[] => (isObject(value) ? Object.keys(value) : []);

type Shape = (value: unknown) => string | null;

const is =
  (type: string, holds: (value: unknown) => boolean): Shape =>
  (value) =>
    holds(value) ? null : `${pythonText(value)} is not of type '${type}'.`;

const text = is('string', (value) => typeof value === 'string');
const flag = is('boolean', (value) => typeof value === 'boolean');
const number = is('number', (value) => typeof value === 'number');
const map = is('object', isObject);
const list = is('array', Array.isArray);

const someOf: Shape = (value) =>
  list(value) ?? ((value as unknown[]).length > 0 ? null : `${pythonText(value)} should be non-empty.`);

const count: Shape = (value) =>
  is('integer', Number.isInteger)(value) ??
  ((value as number) >= 0 ? null : `${pythonText(value)} is less than the minimum of 0.`);

const step: Shape = (value) =>
  number(value) ??
  ((value as number) > 0 ? null : `${pythonText(value)} is less than or equal to the minimum of 0.`);

const strings: Shape = (value) => {
  const wrong = list(value) ?? (value as unknown[]).map(text).find((problem) => problem !== null) ?? null;
  const isUnique = wrong !== null || new Set(value as unknown[]).size === (value as unknown[]).length;
  return isUnique ? wrong : `${pythonText(value)} has non-unique elements.`;
};

const pattern: Shape = (value) => {
  const wrong = text(value);
  if (wrong !== null) return wrong;
  // Patterns of other engines, which only the older syntax takes, are patterns as well.
  const isPattern = ['u', ''].some((flags) => {
    try {
      return Boolean(new RegExp(value as string, flags));
    } catch {
      return false;
    }
  });
  return isPattern ? null : `${pythonText(value)} is not a 'regex'.`;
};

const typeNames = new Set<unknown>(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

const type: Shape = (value) => {
  const names = [value].flat();
  const isSound = names.length > 0 && names.every((name) => typeNames.has(name));
  return isSound && new Set(names).size === names.length ? null : noneOfThem(value);
};

const noneOfThem = (value: unknown): string =>
  `${pythonText(value)} is not valid under any of the given schemas.`;

const each =
  (whole: Shape, one: Shape, of: (value: object) => readonly unknown[]): Shape =>
  (value) =>
    whole(value) ??
    of(value as object)
      .map(one)
      .find((problem) => problem !== null) ??
    null;

const shapes: ReadonlyMap<string, Shape> = new Map(
  Object.entries({
    type,
    enum: someOf,
    required: strings,
    pattern,
    patternProperties: each(map, pattern, Object.keys),
    dependentRequired: each(map, strings, Object.values),
    multipleOf: step,
    uniqueItems: flag,
    ...everyOf(map, '$defs definitions dependencies dependentSchemas properties'),
    ...everyOf(someOf, 'allOf anyOf oneOf prefixItems'),
    ...everyOf(number, 'exclusiveMaximum exclusiveMinimum maximum minimum'),
    ...everyOf(
      count,
      'maxContains maxItems maxLength maxProperties minContains minItems minLength minProperties',
    ),
    ...everyOf(text, '$anchor $id $ref description format title'),
  }),
);

function everyOf(shape: Shape, keywords: string): Readonly<Record<string, Shape>> {
  return Object.fromEntries(keywords.split(' ').map((keyword) => [keyword, shape]));
}

function unsound(part: Subschema, root: unknown): string | null {
  const { schema } = part;
  if (typeof schema === 'boolean') return null;
  if (!isObject(schema)) return noneOfThem(schema);
  for (const [keyword, value] of Object.entries(schema)) {
    const problem = shapes.get(keyword)?.(value) ?? null;
    if (problem !== null) return problem;
  }
  const { $ref } = schema;
  if (typeof $ref !== 'string' || isSchema(referenced(root, $ref))) return null;
  return `In ${contextOf(part)}, reference to component '${$ref}' which was not found in the schema.`;
}

const isSchema = (value: unknown): boolean => isObject(value) || typeof value === 'boolean';

const forbidden =
  'allOf oneOf not if then else dependentRequired dependentSchemas propertyNames patternProperties minProperties maxProperties unevaluatedProperties contains minContains maxContains uniqueItems unevaluatedItems minLength maxLength'.split(
    ' ',
  );
const strictFormats = new Set<unknown>(
  'date date-time duration email hostname ipv4 ipv6 time uuid'.split(' '),
);

const noType = "schema must have a 'type' key.";

interface Finding {
  readonly problem: string;
  /** Where in the part it is, if not in all of it. */
  readonly steps?: readonly string[];
  readonly before?: string;
}

/** What in one part of a schema leaves too much open. */
function loose(schema: JsonObject, root: unknown): Finding | null {
  if (typeof schema.$ref === 'string') return looseReference(schema.$ref, Object.keys(schema), root);
  const keyword = forbidden.find((one) => one in schema);
  if (keyword !== undefined) return { problem: `'${keyword}' is not permitted.` };
  if (schema.type === undefined) return schema.anyOf === undefined ? { problem: noType } : null;
  const types = typesOf(schema);
  const problem = types.includes('object') ? looseObject(schema) : null;
  if (problem !== null) return { problem };
  if (types.includes('array') && schema.items === undefined) {
    const steps = Array.isArray(schema.type) ? ['type', String(types.indexOf('array'))] : [];
    return { problem: 'array schema missing items.', steps };
  }
  if (schema.format === undefined || strictFormats.has(schema.format)) return null;
  return { problem: `${pythonText(schema.format)} is not a valid format.` };
}

function looseReference(ref: string, keywords: readonly string[], root: unknown): Finding | null {
  const others = keywords.filter((keyword) => keyword !== '$ref').map((keyword) => pythonText(keyword));
  // The one message that begins with the context.
  if (others.length > 0) return { problem: `$ref cannot have keywords {${others.join(', ')}}.`, before: '' };
  const isTop = referenced(root, ref) === root || /^#\/(?:\$defs|definitions)\/[^/]+$/.test(ref);
  return isTop
    ? null
    : { problem: 'reference can only point to definitions defined at the top level of the schema.' };
}

function looseObject({ properties, required, additionalProperties }: JsonObject): string | null {
  if (additionalProperties !== false) {
    return "'additionalProperties' is required to be supplied and to be false.";
  }
  if (!isObject(properties)) return 'object schema missing properties.';
  const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
  const listed = new Set(names);
  const missing = Object.keys(properties).find((name) => !listed.has(name));
  const extra = names.find((name) => !Object.hasOwn(properties, name));
  const rule = "'required' is required to be supplied and to be an array including every key in properties.";
  if (missing !== undefined) return `${rule} Missing ${pythonText(missing)}.`;
  return extra === undefined ? null : `${rule} Extra required key ${pythonText(extra)} supplied.`;
}
