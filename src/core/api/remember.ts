/** How many characters of text are kept; a long conversation has fewer. */
const mostCharacters = 1_000_000;

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
