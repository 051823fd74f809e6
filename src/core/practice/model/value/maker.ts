import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import type { KnownDepths, Parts } from './cases.ts';
import type { SchemaDocument } from './check.ts';
import type { Fact, FactKind, PromptFacts } from './prompt.ts';

/** Where in a value something is made. */
export interface Place {
  /** The name of the property that it is in, or of which it is an item. */
  readonly name: string;
  readonly depth: number;
  /** Only what is required, as what goes on without need would go on for ever. */
  readonly isLean: boolean;
  /** Whether anything that fits will do, instead of the first thing that comes to mind. */
  readonly isVaried: boolean;
  /** Whether null would do as well. */
  readonly isNullable: boolean;
  /** Says whether the value is one that is not wanted again. */
  readonly isTaken: (value: unknown) => boolean;
}

/** What of a prompt has been used for a value, so that the next one gets something else. */
export interface Used {
  readonly facts: ReadonlySet<Fact | string>;
  /** How often something was found in the prompt, and how often there was no text left to be found. */
  readonly hits: number;
  readonly misses: number;
  /** Whether a list has been made of what was found. */
  readonly isListed: boolean;
}

/** All that the making of a value goes by. */
export interface Maker {
  readonly document: SchemaDocument;
  readonly facts: PromptFacts;
  readonly random: Random;
  /** How many of the names in the prompt are passed over, so that the last ones are used. */
  readonly skippedNames: number;
  readonly depths: KnownDepths;
  /** The schemas whose values are being made. */
  readonly open: Set<JsonObject>;
  /** Schemas for which nothing fitting was found: not worth a second search. */
  readonly hopeless: Set<JsonObject>;
  /** How large the value may still grow: roughly, its characters. */
  readonly room: { left: number };
  used: Used;
  readonly make: (schemas: readonly unknown[], place: Place) => unknown;
}

/** A value that may be chosen, and the fact it is made of. */
export interface Candidate {
  readonly value: unknown;
  readonly fact?: Fact | string | undefined;
  /** Whether it stands in for something that the prompt does not hold. */
  readonly isFiller?: boolean;
}

/** How many fitting candidates are looked for where anything will do. */
const choiceSize = 8;

/** The first candidate that fits, or any of the first few; the very first if none does. */
export function pick(
  candidates: Iterable<Candidate>,
  isFitting: (value: unknown) => boolean,
  maker: Maker,
  isVaried: boolean,
): unknown {
  let first: Candidate | undefined;
  const fitting: Candidate[] = [];
  for (const candidate of candidates) {
    first ??= candidate;
    if (isFitting(candidate.value)) fitting.push(candidate);
    if (fitting.length >= (isVaried ? choiceSize : 1) || maker.document.fuel.left <= 0) break;
  }
  const chosen = fitting[Math.floor(maker.random() * fitting.length)] ?? fitting[0] ?? first;
  if (!chosen) return null;
  note(maker, chosen);
  return chosen.value;
}

function note(maker: Maker, { fact, isFiller = false }: Candidate): void {
  const { facts, hits, misses } = maker.used;
  maker.used = {
    ...maker.used,
    facts: fact === undefined ? facts : new Set([...facts, fact]),
    hits: fact === undefined || isFiller ? hits : hits + 1,
    misses: isFiller ? misses + 1 : misses,
  };
}

/** The facts of a kind that are still to be used. */
export function unused({ facts, used, skippedNames }: Maker, kind: FactKind): readonly Fact[] {
  const found = kind === 'name' ? facts.found.name.slice(skippedNames) : facts.found[kind];
  return found.filter((fact) => !used.facts.has(fact));
}

/** What the schemas themselves hold out as values. A default of null says only that there need be none. */
export function* given(parts: Parts, keyword: 'default' | 'examples'): Generator<Candidate> {
  for (const part of parts) {
    if (keyword === 'default' && part.default != null) yield { value: part.default };
    if (keyword === 'examples' && Array.isArray(part.examples)) {
      for (const value of part.examples.slice(0, 100)) yield { value };
    }
  }
}
