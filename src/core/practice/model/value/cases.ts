import { isObject, type JsonObject } from '../../json.ts';
import type { SchemaDocument } from './check.ts';
import { referenced } from './refs.ts';

/** Schemas that a value has to fit all at once, with no choice left but that of a type. */
export type Parts = readonly JsonObject[];

/** Schemas of which a value has to fit the group that is chosen. */
interface OpenChoice {
  readonly options: readonly (readonly unknown[])[];
}

const isChoice = (value: unknown): value is OpenChoice => value instanceof Object && choices.has(value);
const choices = new WeakSet<object>();

function choice(options: OpenChoice['options']): OpenChoice {
  const made = { options };
  choices.add(made);
  return made;
}

/** Puts the options of an `anyOf` or `oneOf` in the order in which they are to be tried. */
export type Ordering = (options: readonly unknown[]) => readonly unknown[];

const mostParts = 100;

/** The numbers that schemas have for a keyword. */
export const limitsOf = (parts: Parts, keyword: string): readonly number[] =>
  parts.flatMap((part) => (typeof part[keyword] === 'number' ? [part[keyword] as number] : []));

/**
 * Takes schemas apart into what they refer to and consist of, once for every way to choose among what they leave
 * open, likely ones first.
 */
export function* casesOf(
  schemas: readonly unknown[],
  document: SchemaDocument,
  ordering: Ordering,
  found: Parts = [],
): Generator<Parts> {
  const todo = schemas.toReversed();
  const parts = [...found];
  while (todo.length > 0) {
    const schema = todo.pop();
    if (schema === false) return;
    if (isChoice(schema)) {
      for (const option of schema.options) {
        yield* casesOf([...option, ...todo.toReversed()], document, ordering, parts);
      }
      return;
    }
    if (!isObject(schema) || parts.includes(schema)) continue;
    if (parts.length >= mostParts || document.fuel.left-- <= 0) continue;
    parts.push(schema);
    todo.push(...openIn(schema, ordering).toReversed());
    for (const implied of impliedBy(schema, document).toReversed()) todo.push(implied);
  }
  yield parts;
}

/** The schemas that a schema refers to or consists of: whatever fits it fits them. */
function impliedBy(schema: JsonObject, { root }: SchemaDocument): readonly unknown[] {
  const refs = [schema.$ref, schema.$dynamicRef, schema.$recursiveRef];
  return [
    ...refs.flatMap((ref) => (typeof ref === 'string' ? [referenced(root, ref)] : [])),
    ...listOf(schema.allOf),
  ];
}

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value.slice(0, 1000) : [];

function openIn(schema: JsonObject, ordering: Ordering): readonly OpenChoice[] {
  const open = [schema.anyOf, schema.oneOf]
    .filter((options) => Array.isArray(options))
    .map((options) => choice(ordering(listOf(options)).map((option) => [option])));
  const { if: condition, then: consequence = true, else: otherwise = true } = schema;
  return condition === undefined ? open : [...open, choice([[condition, consequence], [otherwise]])];
}

/**
 * How many steps down a value of a schema has to go at least, or null where it never ends: what has a property
 * of its own kind that may not be missing.
 */
export function leastDepth(schema: unknown, document: SchemaDocument, known: KnownDepths): number | null {
  for (let limit = 0; limit <= 16; limit++) {
    if (endsWithin(schema, limit, document, known)) return limit;
  }
  return null;
}

export type KnownDepths = WeakMap<object, Map<number, boolean>>;

function endsWithin(schema: unknown, limit: number, document: SchemaDocument, known: KnownDepths): boolean {
  if (!isObject(schema)) return schema !== false;
  if (limit < 0 || document.fuel.left-- <= 0) return false;
  const answers = known.get(schema) ?? new Map<number, boolean>();
  known.set(schema, answers);
  if (!answers.has(limit)) {
    const within = (part: unknown) => endsWithin(part, limit - 1, document, known);
    const options = [schema.anyOf, schema.oneOf].filter((list) => Array.isArray(list));
    answers.set(
      limit,
      impliedBy(schema, document).every(within) &&
        options.every((list) => listOf(list).some(within)) &&
        neededBy(schema).every(within),
    );
  }
  return answers.get(limit)!;
}

/** The schemas of which a value of a schema holds at least one each. */
function neededBy(schema: JsonObject): readonly unknown[] {
  const { properties, required, items, minItems } = schema;
  const types = [schema.type].flat();
  if ('const' in schema || 'enum' in schema || types.some((type) => scalars.has(type))) return [];
  if (typeof minItems === 'number' && minItems > 0 && !types.includes('object')) return [items];
  if (types.includes('array') || !isObject(properties)) return [];
  return listOf(required).map((name) =>
    typeof name === 'string' && Object.hasOwn(properties, name) ? properties[name] : true,
  );
}

const scalars = new Set<unknown>(['string', 'number', 'integer', 'boolean', 'null']);

/** Whether a schema leads back to one of those whose value is being made, whatever is chosen in it. */
export function reopens(
  schema: unknown,
  open: ReadonlySet<JsonObject>,
  document: SchemaDocument,
  depth = 0,
): boolean {
  if (open.size === 0 || !isObject(schema) || depth > 20 || document.fuel.left-- <= 0) return false;
  const again = (part: unknown) => reopens(part, open, document, depth + 1);
  return (
    open.has(schema) ||
    impliedBy(schema, document).some(again) ||
    [schema.anyOf, schema.oneOf].some(
      (list) => Array.isArray(list) && list.length > 0 && listOf(list).every(again),
    )
  );
}
