import { isObject, type JsonObject } from '../../json.ts';
import { limitsOf, listOf, type Parts, reopens } from './cases.ts';
import { fits, isDeclared } from './check.ts';
import type { Maker, Place } from './maker.ts';
import { matchesPattern } from './pattern.ts';
import { textsLike } from './pattern-write.ts';
import { mentioned, wordsOf } from './words.ts';

/** No object has more properties, whatever is asked for. */
const mostNames = 5000;

/** The properties that are required, those that the prompt speaks of, and all where none is required. */
export function objectOf(parts: Parts, place: Place, maker: Maker): unknown {
  const names = namesFor(parts, place, maker);
  const schemas = new Map(names.map((name) => [name, schemasOf(parts, name, maker)]));
  const made = new Map<string, unknown>();
  for (const name of names.toSorted((a, b) => turn(a) - turn(b))) {
    const inner = { ...place, name, depth: place.depth + 1, isTaken: () => false };
    made.set(name, maker.make(schemas.get(name)!, inner));
    maker.room.left -= name.length;
  }
  return Object.fromEntries(names.map((name) => [name, made.get(name)]));

  /** What can have only few values has first pick of the prompt; lists take all that is left of it. */
  function turn(name: string): number {
    const own = schemas.get(name)!.filter(isObject);
    if (own.some((schema) => 'enum' in schema || 'const' in schema)) return 0;
    return own.some(({ type }) => [type].flat().includes('array')) ? 2 : 1;
  }
}

function namesFor(parts: Parts, place: Place, maker: Maker): readonly string[] {
  const required = stringsOf(parts.flatMap((part) => listOf(part.required)));
  const declared = parts.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []));
  const optional = declared.filter((name) => !required.includes(name) && isAllowed(parts, name, maker));
  const wanted = optional.filter(
    (name) =>
      !place.isLean &&
      (required.length === 0 || isSpokenOf(parts, name, maker)) &&
      !schemasOf(parts, name, maker).some((schema) => reopens(schema, maker.open, maker.document)),
  );
  const needed = withDependents(parts, required);
  const most = Math.max(Math.min(mostNames, ...limitsOf(parts, 'maxProperties')), needed.length);
  const extra = place.isVaried && !place.isLean ? needed.length + Math.floor(maker.random() * 4) : 0;
  const least = Math.min(Math.max(extra, ...limitsOf(parts, 'minProperties')), most);
  const chosen = new Set(needed);
  for (const name of wanted) {
    const more = withDependents(parts, [...chosen, name]);
    if (more.length <= most) for (const one of more) chosen.add(one);
  }
  for (const name of moreNames(parts, optional, place, maker)) {
    if (chosen.size >= least) break;
    chosen.add(name);
  }
  const order = [...new Set(declared)].filter((name) => chosen.has(name));
  return [...new Set([...order, ...chosen])].slice(0, mostNames);
}

const stringsOf = (values: readonly unknown[]): readonly string[] => [
  ...new Set(values.filter((value) => typeof value === 'string').slice(0, mostNames)),
];

/** The schemas that a property of a name has to fit. */
function schemasOf(parts: Parts, name: string, { document }: Maker): readonly unknown[] {
  return parts.flatMap((part) => {
    const { properties, patternProperties, additionalProperties, unevaluatedProperties } = part;
    const own = isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [];
    const likened = isObject(patternProperties)
      ? Object.entries(patternProperties).filter(([pattern]) => matchesPattern(pattern, name, document.fuel))
      : [];
    const rest = additionalProperties ?? unevaluatedProperties;
    const others = rest === undefined || isDeclared(part, name, document.fuel) ? [] : [rest];
    return [...own, ...likened.map(([, schema]) => schema), ...others];
  });
}

function isAllowed(parts: Parts, name: string, maker: Maker): boolean {
  const { document } = maker;
  return (
    !schemasOf(parts, name, maker).includes(false) &&
    parts.every((part) => part.propertyNames === undefined || fits(part.propertyNames, name, document)) &&
    // What a property being there asks of the whole object is known too late.
    !parts.some(({ dependentSchemas }) => isObject(dependentSchemas) && Object.hasOwn(dependentSchemas, name))
  );
}

/** Whether the prompt has the words of a name, or one of the values that the property can have. */
function isSpokenOf(parts: Parts, name: string, maker: Maker): boolean {
  const words = wordsOf(name);
  if (words.length > 0 && words.every((word) => maker.facts.words.has(word))) return true;
  const members = schemasOf(parts, name, maker).flatMap((schema) =>
    isObject(schema) ? listOf(schema.enum) : [],
  );
  return members.some(
    (member) => typeof member === 'string' && (mentioned(maker.facts, member)?.isWhole ?? false),
  );
}

/** Names along with those that have to be there if they are. */
function withDependents(parts: Parts, names: readonly string[]): readonly string[] {
  const all = new Set(names);
  for (const name of all) {
    if (all.size >= mostNames) break;
    for (const { dependentRequired, dependencies } of parts) {
      for (const map of [dependentRequired, dependencies]) {
        if (!isObject(map) || !Object.hasOwn(map, name)) continue;
        for (const other of stringsOf(listOf(map[name]))) all.add(other);
      }
    }
  }
  return [...all];
}

/** Names to fill an object up with: declared ones, ones like its patterns, and made up ones. */
function* moreNames(
  parts: Parts,
  optional: readonly string[],
  place: Place,
  maker: Maker,
): Generator<string> {
  yield* optional;
  const { document, random } = maker;
  const isFree = (name: string) => isAllowed(parts, name, maker);
  const patterns = parts.flatMap(({ patternProperties }) =>
    isObject(patternProperties) ? Object.keys(patternProperties) : [],
  );
  for (const pattern of patterns) {
    for (const name of textsLike(pattern, 0, random, document.fuel)) {
      if (matchesPattern(pattern, name, document.fuel) && isFree(name)) yield name;
    }
  }
  for (let i = 1; i <= mostNames; i++) if (isFree(`item${i}`)) yield `item${i}`;
  const rules = parts.flatMap(({ propertyNames }) => (isObject(propertyNames) ? [propertyNames] : []));
  const seen = new Set<unknown>();
  for (let i = 1; i <= mostNames && rules.length > 0; i++) {
    const name = nameLike(rules, seen, place, maker);
    if (isFree(name)) yield name;
  }
}

function nameLike(rules: readonly JsonObject[], seen: Set<unknown>, place: Place, maker: Maker): string {
  const inner = { ...place, name: '', depth: place.depth + 1, isTaken: (value: unknown) => seen.has(value) };
  const name = maker.make([{ type: 'string' }, ...rules], inner);
  seen.add(name);
  return typeof name === 'string' ? name : '';
}
