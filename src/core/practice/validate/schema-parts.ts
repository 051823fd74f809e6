import { isObject, type JsonObject } from '../json.ts';

/** A schema within a schema, linked to what it is in so that even a very deep one costs little to walk. */
export interface Subschema {
  readonly schema: unknown;
  readonly outer: Subschema | null;
  /** The keyword that it stands under, and its name or number there if it is one of several. */
  readonly steps: readonly string[];
  /** How many objects and lists it is in, itself included. */
  readonly level: number;
}

const single =
  'additionalItems additionalProperties contains else if items not propertyNames then unevaluatedItems unevaluatedProperties';
const listed = 'allOf anyOf items oneOf prefixItems';
const named = '$defs definitions dependencies dependentSchemas patternProperties properties';
const [singles, lists, maps] = [single, listed, named].map((keywords) => new Set(keywords.split(' ')));

/** A schema and all in it, each before what it holds. */
export function* partsOf(root: unknown): Generator<Subschema> {
  const todo: Subschema[] = [{ schema: root, outer: null, steps: [], level: levelOf(root) }];
  for (let part = todo.pop(); part; part = todo.pop()) {
    yield part;
    const inner = isObject(part.schema) ? innerParts(part.schema, part) : [];
    for (const one of inner.reverse()) todo.push(one);
  }
}

function innerParts(schema: JsonObject, outer: Subschema): Subschema[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const level = keyword === '$defs' || keyword === 'definitions' ? 0 : outer.level;
    const inner = (one: unknown, ...steps: readonly string[]) => ({
      schema: one,
      outer,
      steps: [keyword, ...steps],
      level: level + levelOf(one),
    });
    if (Array.isArray(value) ? lists!.has(keyword) : isObject(value) && maps!.has(keyword)) {
      // A draft 7 dependency is either names or a schema.
      return Object.entries(value as object)
        .filter(([, one]) => keyword !== 'dependencies' || !Array.isArray(one))
        .map(([name, one]) => inner(one, name));
    }
    return singles!.has(keyword) ? [inner(value)] : [];
  });
}

const levelOf = (schema: unknown): number =>
  typesOf(schema).some((type) => type === 'object' || type === 'array') ? 1 : 0;

export const typesOf = (schema: unknown): readonly unknown[] =>
  isObject(schema) ? [schema.type].flat() : [];

/** Where a part is, and steps further into it, as Python writes a tuple. */
export function contextOf(part: Subschema, more: readonly string[] = []): string {
  const steps = more.toReversed();
  for (let here: Subschema | null = part; here; here = here.outer) steps.push(...here.steps.toReversed());
  const items = steps.reverse().map((step) => pythonText(step));
  return `context=(${items.length === 1 ? `${items[0]},` : items.join(', ')})`;
}

/** A JSON value as Python writes it, cut where it is deep. */
export function pythonText(value: unknown, depth = 0): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return pythonString(value);
  if (typeof value !== 'object') return String(value);
  if (depth > 20) return '...';
  const inner = (one: unknown) => pythonText(one, depth + 1);
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([name, one]) => `${pythonString(name)}: ${inner(one)}`)
    .join(', ')}}`;
}

function pythonString(value: string): string {
  const escaped = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
  return value.includes("'") && !value.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`;
}
