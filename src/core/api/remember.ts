/** How many UTF-16 units two texts have in common at their beginning, and of the rest at their end. */
export function commonEnds(one: string, other: string): { readonly start: number; readonly end: number } {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one.charCodeAt(start) === other.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < most - start &&
    one.charCodeAt(one.length - 1 - end) === other.charCodeAt(other.length - 1 - end)
  )
    end++;
  return { start, end };
}

/** How many characters of text are kept: a few states of a very long one. */
const mostCharacters = 4_000_000;

/** A function of a text that remembers what it gave for the texts that it was asked last; the very last, however long. */
export function remember<T>(make: (text: string) => T, limit = mostCharacters): (text: string) => T {
  const known = new Map<string, T>();
  let characters = 0;
  return (text) => {
    const value = known.has(text) ? known.get(text)! : make(text);
    if (!known.delete(text)) characters += text.length;
    // Last in a map is what was asked last, so that the first is what can go.
    known.set(text, value);
    for (const oldest of known.keys()) {
      if (characters <= limit || known.size === 1) break;
      known.delete(oldest);
      characters -= oldest.length;
    }
    return value;
  };
}
