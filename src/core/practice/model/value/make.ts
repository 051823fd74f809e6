import { isObject, type JsonObject } from '../../json.ts';
import { arrayOf } from './array.ts';
import { casesOf, leastDepth, listOf, type Parts, reopens } from './cases.ts';
import { canonical, fits } from './check.ts';
import { type Candidate, given, type Maker, type Place, pick } from './maker.ts';
import { numbers } from './number.ts';
import { objectOf } from './object.ts';
import { texts } from './text.ts';
import { mentioned } from './words.ts';

const deepest = 40;
const mostCases = 24;

/**
 * A value that fits schemas all at once: the first that does of those that suggest themselves, else the first of
 * them, as a value that is nearly right is worth more than none.
 */
export function makeValue(schemas: readonly unknown[], wanted: Place, maker: Maker): unknown {
  const { document, open, room, hopeless } = maker;
  const isFitting = (value: unknown) => schemas.every((schema) => fits(schema, value, document));
  const isGood = (value: unknown) => isFitting(value) && !wanted.isTaken(value);
  room.left -= 1;
  if (wanted.depth > deepest || room.left <= 0) return null;
  const isLean = wanted.isLean || schemas.some((schema) => reopens(schema, open, document));
  if (isLean && schemas.some((schema) => leastDepth(schema, document, maker.depths) === null)) return null;
  const place = { ...wanted, isLean, isNullable: saysNull(schemas) && isGood(null) };
  let first: { readonly value: unknown } | undefined;
  const isHopeless = schemas.some((schema) => isObject(schema) && hopeless.has(schema));
  for (const attempt of isHopeless ? [place] : attemptsAt(place)) {
    let count = 0;
    for (const parts of casesOf(schemas, document, (options) => ordered(options, attempt, maker))) {
      for (const type of typesOf(parts, attempt)) {
        const before = maker.used;
        const value = valueOfType(type, parts, attempt, isGood, maker);
        if (isGood(value)) {
          if (typeof value === 'string') room.left -= value.length;
          return value;
        }
        first ??= { value };
        maker.used = before;
        if (document.fuel.left <= 0) return first.value;
      }
      count += 1;
      if (count >= mostCases) break;
    }
  }
  const example = [...given(schemas.filter(isObject), 'examples')].find(({ value }) => isGood(value));
  if (example) return example.value;
  const [only] = schemas;
  if (schemas.length === 1 && isObject(only) && !(first && isFitting(first.value))) hopeless.add(only);
  return first?.value ?? null;
}

/** As it suggests itself, then with nothing that is not required, then with whatever fits. */
function attemptsAt(place: Place): readonly Place[] {
  const varied = { ...place, isVaried: true };
  const lean = { ...place, isLean: true };
  return [place, lean, varied, { ...lean, isVaried: true }, varied, varied];
}

function valueOfType(
  type: string,
  parts: Parts,
  place: Place,
  isFitting: (value: unknown) => boolean,
  maker: Maker,
): unknown {
  const choose = (candidates: Iterable<Candidate>) => pick(candidates, isFitting, maker, place.isVaried);
  switch (type) {
    case 'given':
      return choose(fixed(parts, maker));
    case 'string':
      return choose(texts(parts, place, maker));
    case 'number':
    case 'integer':
      return choose(numbers(parts, type === 'integer', place, maker));
    case 'boolean':
      return choose([...given(parts, 'default'), { value: true }, { value: false }]);
    case 'array':
      return composed(arrayOf);
    case 'object':
      return composed(objectOf);
    default:
      return null;
  }

  /** A default is taken as it is; what is made notes the schemas that it is made for. */
  function composed(make: typeof arrayOf): unknown {
    const ready = [...given(parts, 'default')].find((candidate) => isFitting(candidate.value));
    if (ready) return ready.value;
    const entered = parts.filter((part) => !maker.open.has(part));
    for (const part of entered) maker.open.add(part);
    const value = make(parts, place, maker);
    for (const part of entered) maker.open.delete(part);
    return value;
  }
}

/** The values that a `const` or an `enum` leaves: those that the prompt mentions go first, in its order. */
function fixed(parts: Parts, maker: Maker): readonly Candidate[] {
  const only = parts.find((part) => 'const' in part);
  const members = only ? [only.const] : listOf(parts.find(({ enum: list }) => Array.isArray(list))?.enum);
  const isReading = maker.document.fuel.left > 0;
  maker.document.fuel.left -= members.length * 2;
  const candidates = members.map((value) => {
    const isText = isReading && (typeof value === 'string' || typeof value === 'number');
    const mention = isText ? mentioned(maker.facts, String(value)) : null;
    if (!mention) return { value, rank: 3, at: 0 };
    // A name that is a member, too, is not meant for something else as well.
    const name = maker.facts.found.name.find(
      ({ text }) => text.toLowerCase() === String(value).toLowerCase(),
    );
    const fact = name ?? `enum ${canonical(value)}`;
    const isUsed = maker.used.facts.has(fact);
    const rank = (mention.isWhole ? 0 : 1) + (isUsed ? 2 : 0);
    return { value, fact: isUsed ? undefined : fact, rank, at: mention.at };
  });
  const mentions = candidates.filter(({ rank }) => rank < 3).sort((a, b) => a.rank - b.rank || a.at - b.at);
  return [...mentions, ...given(parts, 'default'), ...candidates.filter(({ rank }) => rank === 3)];
}

/** The types that a value may have, `given` standing for one that is written in the schema. */
function typesOf(parts: Parts, { isLean, depth }: Place): readonly string[] {
  if (parts.some((part) => 'const' in part || Array.isArray(part.enum))) return ['given'];
  const declared = parts.flatMap(({ type }) =>
    typeof type === 'string' || Array.isArray(type) ? [[type].flat()] : [],
  );
  const [types = guessed(parts, depth), ...others] = declared;
  const common = types.flatMap((type) => narrowed(type, others));
  const isLate = (type: string) => (type === 'null') !== isLean;
  return [...common.filter((type) => !isLate(type)), ...common.filter(isLate)];
}

function narrowed(type: unknown, others: readonly (readonly unknown[])[]): readonly string[] {
  if (typeof type !== 'string') return [];
  const isInteger =
    type === 'integer' || (type === 'number' && others.some((list) => !list.includes('number')));
  const same = isInteger ? ['integer', 'number'] : [type];
  const isCommon = others.every((list) => same.some((one) => list.includes(one)));
  return isCommon ? [isInteger ? 'integer' : type] : [];
}

const hints: Readonly<Record<string, readonly string[]>> = {
  object: [
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'minProperties',
    'propertyNames',
  ],
  array: ['items', 'prefixItems', 'minItems', 'maxItems', 'contains', 'uniqueItems'],
  string: ['pattern', 'format', 'minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

/** Every type, that which the other keywords speak of first; of a whole value, an object. */
function guessed(parts: Parts, depth: number): readonly string[] {
  const all = ['object', 'array', 'string', 'number', 'boolean', 'null'];
  const hinted = Object.keys(hints).filter((type) =>
    hints[type]!.some((keyword) => parts.some((part) => part[keyword] !== undefined)),
  );
  return [...new Set([...hinted, depth === 0 ? 'object' : 'string', ...all])];
}

/** Whether a schema speaks of null at all, and does not only happen to allow it. */
const saysNull = (schemas: readonly unknown[]): boolean =>
  schemas.some(
    (schema) =>
      isObject(schema) && ['type', 'anyOf', 'oneOf', '$ref', 'allOf'].some((keyword) => keyword in schema),
  );

/** Options that the prompt mentions go first; null and what leads back to what is being made go last. */
function ordered(options: readonly unknown[], { isLean, isVaried }: Place, maker: Maker): readonly unknown[] {
  const { document, open, depths } = maker;
  const ranked = options.map((option) => {
    if (isLean) return { option, rank: leastDepth(option, document, depths) ?? 99 };
    if (isVaried) return { option, rank: maker.random() };
    const isNull = isObject(option) && option.type === 'null';
    const penalty = reopens(option, open, document) ? 2000 : isNull ? 1000 : 0;
    return { option, rank: penalty - mentions(option, maker) };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ option }) => option);
}

/** How many of the fixed values of an option, or of its properties, the prompt mentions. */
function mentions(option: unknown, maker: Maker): number {
  const parts = casesOf([option], maker.document, (options) => options).next().value ?? [];
  return parts
    .flatMap((part: JsonObject) => [part, ...propertiesOf(part)])
    .slice(0, 100)
    .flatMap((part: unknown) => (isObject(part) ? [part.const, ...listOf(part.enum)] : []))
    .filter((value: unknown) => typeof value === 'string' && mentioned(maker.facts, value)?.isWhole).length;
}

const propertiesOf = ({ properties }: JsonObject): readonly unknown[] =>
  isObject(properties) ? Object.values(properties) : [];
