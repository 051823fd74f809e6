import type { Random } from '../../random.ts';
import { makeValue } from './make.ts';
import type { Maker } from './maker.ts';
import { factsOf, type PromptFacts } from './prompt.ts';

/** What a value is made of: what the prompt holds, and chance where it holds nothing. */
export interface ValueSource {
  readonly prompt: string;
  readonly random: Random;
}

/**
 * A JSON value that is valid against a JSON Schema (draft 2020-12, or draft 7), taken from a prompt where that
 * holds something fitting. What cannot be made within reason (a list of a billion items, a schema that nothing
 * fits) comes out as near as it gets: no schema makes it throw, go on for ever, or grow out of bounds.
 */
export function valueFor(schema: unknown, { prompt, random }: ValueSource): unknown {
  const facts = factsOf(prompt);
  const first = made(schema, facts, random, 0);
  const names = facts.found.name.filter((fact) => !first.used.facts.has(fact)).length;
  // Of more names than are taken, the last ones are meant, unless a list begins with the first.
  const isFirst = names === 0 || names === facts.found.name.length || first.used.isListed;
  return clean((isFirst ? first : made(schema, facts, random, names)).value);
}

function made(schema: unknown, facts: PromptFacts, random: Random, skippedNames: number) {
  const maker: Maker = {
    document: { root: schema, fuel: { left: 200_000 } },
    facts,
    random,
    skippedNames,
    depths: new WeakMap(),
    open: new Set(),
    hopeless: new Set(),
    room: { left: 50_000 },
    used: { facts: new Set(), hits: 0, misses: 0, isListed: false },
    make: (schemas, place) => makeValue(schemas, place, maker),
  };
  const value = maker.make([schema], {
    name: '',
    depth: 0,
    isLean: false,
    isVaried: false,
    isNullable: false,
    isTaken: () => false,
  });
  return { value, used: maker.used };
}

/** Values that a schema gives may be of any size, and hold halves of characters. */
function clean(value: unknown, room = { left: 200_000 }, depth = 0): unknown {
  room.left -= typeof value === 'string' ? value.length + 1 : 1;
  if (room.left < 0 || depth > 100) return null;
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return Number.isFinite(value) ? value : 0;
  if (typeof value !== 'object' || value === null) return typeof value === 'boolean' ? value : null;
  const entries: [string, unknown][] = [];
  for (const [name, item] of Object.entries(value)) {
    room.left -= name.length;
    if (room.left < 0) break;
    entries.push([name.toWellFormed(), clean(item, room, depth + 1)]);
  }
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
