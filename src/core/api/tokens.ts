import { remember } from './remember.ts';

/** The `o200k_base` encoding, that of the gpt-4o, gpt-4.1, gpt-5 and o families. */
export interface Tokenizer {
  /** The ids of a text's tokens. Half of a surrogate pair has no bytes of its own, and is taken as U+FFFD. */
  readonly encode: (text: string) => readonly number[];
  /** The number of tokens of a text; remembered, since what is being typed is counted again and again. */
  readonly count: (text: string) => number;
  /** The bytes of one token; a token may end inside a character. */
  readonly bytes: (id: number) => Uint8Array;
}

let loading: Promise<Tokenizer> | undefined;

/** The tokenizer, loaded on the first call: it takes a quarter of a second. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= load();
  return loading;
}

/**
 * Counts the tokens of a text with our own tokenizer. An estimate: what a server bills it reports itself, in
 * `usage`.
 */
export async function countTokens(text: string): Promise<number> {
  return (await loadTokenizer()).count(text);
}

const utf8 = new TextEncoder();

async function load(): Promise<Tokenizer> {
  const [{ encode: encodeWords }, { default: ranks }] = await Promise.all([
    import('gpt-tokenizer/encoding/o200k_base'),
    import('gpt-tokenizer/bpeRanks/o200k_base'),
  ]);
  // A text may speak of special tokens such as <|endoftext|>; in a message they are ordinary text.
  const asText = { disallowedSpecial: new Set<string>() };
  const encode = (text: string) => shortRuns(text).flatMap((part) => encodeWords(part, asText));
  return {
    encode,
    count: remember((text) => encode(text).length),
    bytes: (id) => {
      const token = ranks[id] ?? [];
      return typeof token === 'string' ? utf8.encode(token) : Uint8Array.from(token);
    },
  };
}

const longRun = /[\p{L}\p{M}]{1000}|[^\s\p{L}\p{M}\p{N}]{1000}|\s{1000}/gu;

/**
 * A text cut within runs of more than a thousand letters, marks or blanks, since merging takes time by the square
 * of a run's length: 20,000 Chinese characters in a row take most of a second. Each cut may add a token to the count.
 */
function shortRuns(text: string): readonly string[] {
  const ends = [...text.matchAll(longRun)].map(({ index, 0: run }) => index + run.length);
  return [...ends, text.length].map((end, at) => text.slice(ends[at - 1] ?? 0, end));
}
