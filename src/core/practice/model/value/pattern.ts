import { type PatternNode, parsePattern } from './pattern-parse.ts';

/** How many steps may still be taken; what runs out of them gives up. */
export interface Fuel {
  left: number;
}

/** No search goes on for longer, whatever it has left: one for `(a+)+$` might never end. */
const stepsEach = 20_000;
const deepest = 600;

/** Whether a pattern is found in a text. True for a pattern that is not understood, false for a search given up. */
export function matchesPattern(pattern: string, text: string, fuel: Fuel): boolean {
  const part = parsePattern(pattern);
  if (!part) return true;
  const steps = { left: Math.min(stepsEach, fuel.left) };
  const before = steps.left;
  const characters = [...text];
  let isFound = false;
  for (let start = 0; start <= characters.length && steps.left > 0 && !isFound; start++) {
    isFound = search(characters, part, start, steps);
  }
  fuel.left -= before - steps.left;
  return isFound;
}

type Next = (at: number) => boolean;
type Repeat = Extract<PatternNode, { kind: 'repeat' }>;
type Character = Extract<PatternNode, { kind: 'character' }>;

/** Tries one way after another to match a part from a place on, each trying in turn what comes next. */
function search(text: readonly string[], whole: PatternNode, start: number, steps: Fuel): boolean {
  const groups = new Map<string, readonly string[]>();
  let depth = 0;
  return run(whole, start, () => true);

  function run(part: PatternNode, at: number, next: Next): boolean {
    if (steps.left-- <= 0 || depth > deepest) return false;
    depth += 1;
    const isFound = match(part, at, next);
    depth -= 1;
    return isFound;
  }

  function match(part: PatternNode, at: number, next: Next): boolean {
    switch (part.kind) {
      case 'character':
        return at < text.length && part.is(text[at]!) && next(at + 1);
      case 'all':
        return sequence(part.parts, 0, at, next);
      case 'any':
        return part.options.some((option) => run(option, at, next));
      case 'repeat':
        return part.part.kind === 'character' ? row(part, part.part, at, next) : times(part, 0, at, next);
      case 'group':
        return run(part.part, at, (end) => remember(part.name, at, end, next));
      case 'again': {
        const repeated = groups.get(part.name) ?? [];
        return repeated.every((one, i) => text[at + i] === one) && next(at + repeated.length);
      }
      case 'edge':
        return isEdge(part.at, at) && next(at);
      case 'look':
        return looks(part.part, part.isAhead, at) !== part.isNegated && next(at);
    }
  }

  /** Plain characters need no call for each. */
  function sequence(parts: readonly PatternNode[], first: number, from: number, next: Next): boolean {
    let [index, at] = [first, from];
    for (let part = parts[index]; part?.kind === 'character'; part = parts[index]) {
      if (at >= text.length || !part.is(text[at]!)) return false;
      index += 1;
      at += 1;
    }
    const part = parts[index];
    return part ? run(part, at, (end) => sequence(parts, index + 1, end, next)) : next(at);
  }

  function row({ min, max, isLazy }: Repeat, character: Character, at: number, next: Next): boolean {
    let end = at;
    while (end < text.length && end - at < max && character.is(text[end]!)) end++;
    steps.left -= end - at;
    for (let i = 0; i <= end - at - min; i++) {
      if (steps.left-- <= 0) return false;
      if (next(isLazy ? at + min + i : end - i)) return true;
    }
    return false;
  }

  function times(repeat: Repeat, count: number, at: number, next: Next): boolean {
    const more = () =>
      count < repeat.max &&
      run(repeat.part, at, (end) => {
        const isStuck = end === at && count >= repeat.min;
        return !isStuck && times(repeat, count + 1, end, next);
      });
    const stop = () => count >= repeat.min && next(at);
    return repeat.isLazy ? stop() || more() : more() || stop();
  }

  function remember(name: string, from: number, end: number, next: Next): boolean {
    const before = groups.get(name);
    groups.set(name, text.slice(from, end));
    if (next(end)) return true;
    if (before) groups.set(name, before);
    else groups.delete(name);
    return false;
  }

  function isEdge(edge: '^' | '$' | 'b' | 'B', at: number): boolean {
    if (edge === '^') return at === 0;
    if (edge === '$') return at === text.length;
    const isBetween = isWordCharacter(text[at - 1]) !== isWordCharacter(text[at]);
    return isBetween === (edge === 'b');
  }

  function looks(part: PatternNode, isAhead: boolean, at: number): boolean {
    if (isAhead) return run(part, at, () => true);
    for (let from = at; from >= 0; from--) {
      if (run(part, from, (end) => end === at)) return true;
    }
    return false;
  }
}

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /^\w$/.test(character);
