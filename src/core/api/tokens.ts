import { commonEnds, remember } from './remember.ts';

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
    count: remember(counter((text) => encode(text).length)),
    bytes: (id) => {
      const token = ranks[id] ?? [];
      return typeof token === 'string' ? utf8.encode(token) : Uint8Array.from(token);
    },
  };
}

/** Counts of a text that differs little from the last one only the words that differ. */
function counter(countAll: (text: string) => number): (text: string) => number {
  let last = { text: '', count: 0 };
  return (text) => {
    const same = commonEnds(last.text, text);
    let start = Math.max(0, same.start - 2);
    while (start > 0 && !isCut(text, start)) start--;
    let end = Math.min(text.length, text.length - same.end + 1);
    while (end < text.length && !isCut(text, end)) end++;
    const before = last.text.slice(start, last.text.length - (text.length - end));
    const now = text.slice(start, end);
    const isShort = before.length + now.length < text.length;
    const count = isShort ? last.count - countAll(before) + countAll(now) : countAll(text);
    last = { text, count };
    return count;
  };
}

/** Whether no token goes over this place: the encoding cuts a text there before it looks for tokens. */
const isCut = (text: string, at: number): boolean =>
  /^(\n[\p{L}\p{N}]|\p{L} \p{L})/u.test(text.slice(at - 1, at + 2));

const longRun = /[\p{L}\p{M}]{1000}|[^\s\p{L}\p{M}\p{N}]{1000}|\s{1000}/gu;

/**
 * A text cut within runs of more than a thousand letters, marks or blanks, since merging takes time by the square
 * of a run's length: 20,000 Chinese characters in a row take most of a second. Each cut may add a token to the count.
 */
function shortRuns(text: string): readonly string[] {
  const ends = [...text.matchAll(longRun)].map(({ index, 0: run }) => index + run.length);
  return [...ends, text.length].map((end, at) => text.slice(ends[at - 1] ?? 0, end));
}
