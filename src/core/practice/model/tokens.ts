/** The o200k_base encoding that every model here speaks. */
export interface Tokenizer {
  /** The number of tokens of a text. */
  readonly count: (text: string) => number;
  readonly encode: (text: string) => readonly number[];
  /** The bytes of one token; a token may end inside a character. None for an id that is no token of text. */
  readonly bytes: (id: number) => Uint8Array;
}

/** The token that ends a text. It has no bytes: it is never part of an answer. */
export const endOfText = 199_999;

/** One more than the highest token id (`<|endofprompt|>` is the last). */
export const vocabularySize = 200_019;

let loading: Promise<Tokenizer> | undefined;

/** The tokenizer, loaded on the first call: it takes a quarter of a second. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Tokenizer> {
  const [{ encode, setMergeCacheSize }, { default: ranks }] = await Promise.all([
    import('gpt-tokenizer/encoding/o200k_base'),
    import('gpt-tokenizer/bpeRanks/o200k_base'),
  ]);
  // Its default remembers 100 000 words of whatever anybody sends.
  setMergeCacheSize(10_000);
  // Without this, user text that holds `<|endoftext|>` throws instead of being counted.
  const asText = { disallowedSpecial: new Set<string>() };
  // Half of a surrogate pair has no bytes of its own.
  const ids = (text: string) => portions(text.toWellFormed()).flatMap((portion) => encode(portion, asText));
  return {
    count: (text) => ids(text).length,
    encode: ids,
    bytes: (id) => {
      const token = ranks[id] ?? [];
      return typeof token === 'string' ? utf8.encode(token) : Uint8Array.from(token);
    },
  };
}

const utf8 = new TextEncoder();

/**
 * Text cut within words of more than a thousand letters, marks or blanks: merging takes time by the square of
 * a word's length. Such a word may come out at a token more for each cut.
 */
function portions(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { index, 0: word } of text.matchAll(
    /[\p{L}\p{M}]{1000}|[^\s\p{L}\p{M}\p{N}]{1000}|\s{1000}/gu,
  )) {
    parts.push(text.slice(from, index + word.length));
    from = index + word.length;
  }
  return [...parts, text.slice(from)];
}

/** Makes text of tokens one at a time, in order: a character is held back until its last byte has come. */
export function speaker({ bytes }: Tokenizer) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return {
    say: (id: number): string => decoder.decode(bytes(id), { stream: true }),
    /** What is left when nothing more comes: a replacement character for each half one. */
    end: (): string => decoder.decode(),
  };
}
