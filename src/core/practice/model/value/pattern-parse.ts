/** A regular expression taken apart. */
export type PatternNode =
  | { readonly kind: 'character'; readonly is: (character: string) => boolean }
  | { readonly kind: 'all'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'any'; readonly options: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly part: PatternNode;
      readonly min: number;
      readonly max: number;
      readonly isLazy: boolean;
    }
  | { readonly kind: 'group'; readonly part: PatternNode; readonly name: string }
  /** What a group has matched, once more. */
  | { readonly kind: 'again'; readonly name: string }
  | { readonly kind: 'edge'; readonly at: '^' | '$' | 'b' | 'B' }
  | {
      readonly kind: 'look';
      readonly part: PatternNode;
      readonly isAhead: boolean;
      readonly isNegated: boolean;
    };

const parsed = new Map<string, PatternNode | null>();

/**
 * The parts of a pattern, or null where it is no regular expression or has syntax that is not known here
 * (flags within a pattern, escapes that only some engines have).
 */
export function parsePattern(pattern: string): PatternNode | null {
  if (!parsed.has(pattern)) {
    // Kept for the many times a value is held against its schema, not for ever.
    if (parsed.size > 200) parsed.clear();
    parsed.set(pattern, partsOf(pattern));
  }
  return parsed.get(pattern)!;
}

/** Long patterns are left alone: they nest deeper than a call stack. */
const longest = 4000;

function partsOf(pattern: string): PatternNode | null {
  if (pattern.length > longest) return null;
  // Some write escapes that only the older syntax takes.
  for (const flags of ['u', '']) {
    try {
      new RegExp(pattern, flags);
      return read(pattern, flags);
    } catch {}
  }
  return null;
}

/** What one character may be written as, for a reader that stands at its first letter. */
const oneCharacter =
  /\[(?:\\.|[^\]\\])*\]|\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u(?:[\da-fA-F]{4}|\{[\da-fA-F]+\})|\\x[\da-fA-F]{2}|\\c[A-Za-z]|\\[pP]\{[^}]*\}|\\.|./suy;

/** Reads a pattern that the engine has found sound, so that only what it means is left to find out. */
function read(pattern: string, flags: string): PatternNode {
  let at = 0;
  let groups = 0;
  const whole = options();
  if (at < pattern.length) throw new SyntaxError('A bracket too many');
  return whole;

  function options(): PatternNode {
    const found = [sequence()];
    while (takes('|')) found.push(sequence());
    return found.length === 1 ? found[0]! : { kind: 'any', options: found };
  }

  function sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') parts.push(repeated(one()));
    return { kind: 'all', parts };
  }

  function repeated(part: PatternNode): PatternNode {
    const counts = match(/([*+?])|\{(\d+)(,?)(\d*)\}/y);
    if (!counts) return part;
    const [, sign, least, comma, most] = counts;
    const min = sign ? (sign === '+' ? 1 : 0) : Number(least);
    const max = sign ? (sign === '?' ? 1 : Number.POSITIVE_INFINITY) : upTo(min, comma!, most!);
    return { kind: 'repeat', part, min, max, isLazy: takes('?') };
  }

  function one(): PatternNode {
    const look = match(/\(\?(<?)([=!])/y);
    if (look) return { kind: 'look', part: group(), isAhead: look[1] === '', isNegated: look[2] === '!' };
    if (takes('(?:')) return group();
    const named = match(/\(\?<([^>]+)>/y);
    if (named || takes('(')) {
      groups += 1;
      const numbered: PatternNode = { kind: 'group', name: String(groups), part: group() };
      return named ? { kind: 'group', name: named[1]!, part: numbered } : numbered;
    }
    const edge = match(/[$^]|\\[bB]/y);
    if (edge) return { kind: 'edge', at: edge[0].at(-1) as '^' };
    const again = match(/\\(?:k<([^>]+)>|([1-9]\d*))/y);
    return again ? { kind: 'again', name: again[1] ?? again[2]! } : character();
  }

  function character(): PatternNode {
    const source = match(oneCharacter)![0];
    // What stands here is no sign of its own, so these stand for themselves, or for syntax that is not known.
    if (/^[?*+]$/.test(source)) throw new SyntaxError(source);
    const exactly = new RegExp(`^(?:${/^[{}\]]$/.test(source) ? `\\${source}` : source})$`, flags);
    return { kind: 'character', is: (text) => exactly.test(text) };
  }

  function group(): PatternNode {
    const part = options();
    if (!takes(')')) throw new SyntaxError('A bracket too few');
    return part;
  }

  function takes(text: string): boolean {
    const isNext = pattern.startsWith(text, at);
    if (isNext) at += text.length;
    return isNext;
  }

  function match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = at;
    const found = sticky.exec(pattern);
    if (found) at += found[0].length;
    return found;
  }
}

function upTo(min: number, comma: string, most: string): number {
  if (comma === '') return min;
  return most === '' ? Number.POSITIVE_INFINITY : Number(most);
}
