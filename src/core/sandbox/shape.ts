import { isRecord } from '../json.ts';

/** The first thing wrong with a JSON value that stands at a path, as a sentence, or null. */
export type Shape = (value: unknown, path: string) => string | null;

const is =
  (kind: string, holds: (value: unknown) => boolean): Shape =>
  (value, path) =>
    holds(value) ? null : `${path} must be ${kind}.`;

export const text = is('a text in double quotes', (value) => typeof value === 'string');
export const flag = is('true or false', (value) => typeof value === 'boolean');
export const object = is('an object in braces', isRecord);

/** The name of a function, a schema or a participant (official specification). */
export const name: Shape = (value, path) =>
  text(value, path) ??
  (/^[a-zA-Z0-9_-]{1,64}$/.test(value as string)
    ? null
    : `${path} must have 1 to 64 letters, digits, _ or -, and nothing else.`);

/** One of these texts. */
export const oneOf = (...words: readonly string[]): Shape =>
  is(listed(words.map((word) => `"${word}"`)), (value) => words.includes(value as string));

/** `a`, `a or b`, `a, b or c`. */
export const listed = (words: readonly string[], last = 'or'): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter(Boolean).join(` ${last} `);

/** A value as it is sent, cut behind so many characters. */
export function shown(value: unknown, most = 30): string {
  const text = JSON.stringify(value);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** A list of between `min` and `max` items, each of a shape. */
export const list =
  (item: Shape, { min = 0, max = Number.POSITIVE_INFINITY } = {}): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return `${path} must be a list in brackets.`;
    if (value.length < min) return `${path} must not be empty.`;
    if (value.length > max) return `${path} has ${value.length} items, and ${max} are the most.`;
    return firstOf(value.entries(), ([index, one]) => item(one, `${path}[${index}]`));
  };

/** An object with these fields; null counts as not given, and other fields are let through. */
export const fields =
  (shapes: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape =>
  (value, path) => {
    if (!isRecord(value)) return object(value, path);
    return firstOf(Object.entries(shapes), ([key, shape]) => {
      if (Object.hasOwn(value, key) && value[key] != null) return shape(value[key], `${path}.${key}`);
      return required.includes(key) ? `${path}.${key} is missing.` : null;
    });
  };

/** The first thing that one of several shapes finds, in their order. */
export const all =
  (...shapes: readonly Shape[]): Shape =>
  (value, path) =>
    firstOf(shapes, (shape) => shape(value, path));

function firstOf<T>(items: Iterable<T>, check: (item: T) => string | null): string | null {
  for (const item of items) {
    const sentence = check(item);
    if (sentence !== null) return sentence;
  }
  return null;
}
