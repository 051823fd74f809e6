import type { Fact, PromptFacts } from './prompt.ts';

/** The words of a text or of a name such as `dueDate`, in lower case, without the `s` of a plural. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
    .map(singular);

const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;

/** The prompt itself, on one line and cut after a word. */
export function shortText({ prompt }: PromptFacts, length = 80): string {
  const line = prompt.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line || 'text';
  const cut = line.slice(0, length).toWellFormed();
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), 0)) || cut.replace(/\uFFFD$/, '') || 'text';
}

interface Mention {
  readonly at: number;
  /** Whether it is more than a part of a word. */
  readonly isWhole: boolean;
}

/** Where a prompt mentions a text, whole words counting before parts of words; null if it does not. */
export function mentioned({ lower }: PromptFacts, text: string): Mention | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  const first = lower.indexOf(wanted);
  for (let at = first; at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
    const isWhole = !isWordPart(lower[at - 1]) && !isWordPart(lower[at + wanted.length]);
    if (isWhole) return { at, isWhole };
  }
  return first < 0 ? null : { at: first, isWhole: false };
}

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\d]/u.test(character);

/** Whether a fact stands beside a name: `to Rome` for `to`, `order 4711` for `order_id`, `3 adults` for `adults`. */
export function standsBeside(facts: PromptFacts, fact: Fact, name: string): boolean {
  const wanted = wordsOf(name);
  const near = neighbours.get(fact) ?? wordsBeside(facts, fact);
  neighbours.set(fact, near);
  return near.some((word) => wanted.includes(word));
}

const neighbours = new WeakMap<Fact, readonly string[]>();

/** The word before a fact, that before a word that says nothing, and the word after a number. */
function wordsBeside({ prompt }: PromptFacts, { text, start, end }: Fact): readonly string[] {
  const [last, earlier] = wordsOf(prompt.slice(Math.max(0, start - 40), start)).toReversed();
  const before = [last, fillers.has(last ?? '') ? earlier : undefined].filter((word) => word !== undefined);
  const next = /^-?\d/.test(text) ? /^\s+(\p{L}+)/u.exec(prompt.slice(end, end + 40))?.[1] : undefined;
  return next === undefined ? before : [...before, ...wordsOf(next)];
}

const fillers = new Set('is are be of the a an to'.split(' '));
