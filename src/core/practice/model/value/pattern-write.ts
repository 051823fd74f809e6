import type { Random } from '../../random.ts';
import type { Fuel } from './pattern.ts';
import { type PatternNode, parsePattern } from './pattern-parse.ts';

/** A text is given up where it grows longer. */
const longest = 2000;

/**
 * Texts that are likely to match a pattern, made at random and about as long as wanted. They are to be held
 * against the pattern, as what it looks ahead or back for is left to chance.
 */
export function* textsLike(pattern: string, length: number, random: Random, fuel: Fuel): Generator<string> {
  const whole = parsePattern(pattern);
  if (!whole) return;
  // Repeated parts grow from try to try, by turns as often as they may be and as often as chance will have it.
  for (const times of [Math.max(4, length), 0, 1, 2, 8, 16, 64, 256]) {
    let isWritten = false;
    for (let i = 0; i < 12 && fuel.left > 0 && (isWritten || i < 3); i++) {
      const text = write(whole, i % 3 === 0 ? () => times : () => below(times + 1, random), random, fuel);
      if (text === null) continue;
      isWritten = true;
      yield text;
      // Where nothing holds a pattern to the end of the text, more may follow.
      yield `${text}${anyOf(letters, random)}${below(10, random)}`.padEnd(length, 'a');
    }
  }
}

function write(whole: PatternNode, howOften: () => number, random: Random, fuel: Fuel): string | null {
  const groups = new Map<string, string>();
  let written = 0;
  return one(whole);

  function one(part: PatternNode): string | null {
    if (fuel.left-- <= 0 || written > longest) return null;
    switch (part.kind) {
      case 'character':
        written += 1;
        return anyOf(charactersOf(part, fuel), random) ?? null;
      case 'all':
        return row(part.parts.length, (i) => part.parts[i]!);
      case 'any':
        return one(anyOf(part.options, random)!);
      case 'repeat': {
        const times = Math.min(Math.max(howOften(), part.min), part.max);
        return times > longest ? null : row(times, () => part.part);
      }
      case 'group': {
        const text = one(part.part);
        if (text !== null) groups.set(part.name, text);
        return text;
      }
      case 'again':
        return groups.get(part.name) ?? '';
      case 'edge':
      case 'look':
        return '';
    }
  }

  function row(count: number, at: (index: number) => PatternNode): string | null {
    let text = '';
    for (let i = 0; i < count; i++) {
      const next = one(at(i));
      if (next === null) return null;
      text += next;
    }
    return text;
  }
}

const below = (limit: number, random: Random): number =>
  Math.max(0, Math.min(Math.floor(random() * limit), limit - 1));

const anyOf = <T>(items: readonly T[], random: Random): T | undefined => items[below(items.length, random)];

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** The characters that are tried first. */
const alphabets = [
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\n\t',
  'äéñøßžАбвΑβγあア中文日本語한글€£🙂🚀',
];
const lastScanned = 0x1ffff;

type Character = Extract<PatternNode, { kind: 'character' }>;

const known = new WeakMap<PatternNode, readonly string[]>();

/** Some of the characters that a part stands for, common ones where there are any. */
function charactersOf(part: Character, fuel: Fuel): readonly string[] {
  const characters = known.get(part) ?? someCharacters(part, fuel);
  known.set(part, characters);
  return characters;
}

function someCharacters({ is }: Character, fuel: Fuel): readonly string[] {
  fuel.left -= 20;
  for (const alphabet of alphabets) {
    const fitting = [...alphabet].filter(is);
    if (fitting.length > 0) return fitting;
  }
  const fitting: string[] = [];
  for (let point = 0; point <= lastScanned && fitting.length < 20 && fuel.left > 0; point++) {
    if (point % 20 === 0) fuel.left -= 1;
    const character = String.fromCodePoint(point);
    if (character.isWellFormed() && is(character)) fitting.push(character);
  }
  return fitting;
}
