import { corpus } from './corpus.ts';
import { endOfText, loadTokenizer, type Tokenizer } from './tokens.ts';

/** How many of the last tokens decide about the next one. */
const order = 4;

/** How much a shorter context weighs against one sighting in a longer one. */
const smoothing = 0.4;

/** The share of probability that all tokens of the vocabulary have alike, wherever they were or were not seen. */
const floor = 0.02;

/** From this many tokens on an answer is more and more inclined to end, and at twice as many it all but must. */
const longAnswer = 110;

/** Where a sequence of tokens went on, and in which paragraphs. */
interface Sightings {
  readonly next: readonly number[];
  readonly paragraph: readonly number[];
}

/** What the practice model has read: every sequence of up to four tokens, and what followed it. */
export interface Reading {
  /** The token ids that it knows. A distribution has one probability for each, in this order. */
  readonly vocabulary: readonly number[];
  readonly sightings: ReadonlyMap<string, Sightings>;
  /** The telling words of each paragraph. */
  readonly words: readonly ReadonlySet<string>[];
}

/** A model that leans towards the paragraphs that have to do with a prompt. */
export interface LanguageModel {
  readonly vocabulary: readonly number[];
  /** Where a token stands in the vocabulary. */
  readonly position: (token: number) => number | undefined;
  /** The probability of each token of the vocabulary to come after these; they add up to one. A new array. */
  readonly next: (said: readonly number[]) => Float64Array;
}

/** Stands before the first token of a text. */
const start = -1;

let reading: Promise<Reading> | undefined;

/** Reads the corpus on the first call, which loads the tokenizer. */
export function loadReading(): Promise<Reading> {
  reading ??= loadTokenizer().then((tokenizer) => read(corpus, tokenizer));
  return reading;
}

/** Learns from paragraphs which tokens follow which. */
export function read(paragraphs: readonly string[], { encode }: Pick<Tokenizer, 'encode'>): Reading {
  const vocabulary = new Map<number, number>();
  const sightings = new Map<string, { next: number[]; paragraph: number[] }>();
  for (const [paragraph, text] of paragraphs.entries()) {
    const tokens = [...encode(text), endOfText];
    for (const [at, token] of tokens.entries()) {
      if (!vocabulary.has(token)) vocabulary.set(token, vocabulary.size);
      for (let length = 0; length <= order; length += 1) {
        if (length > at + 1) break;
        const key = contextKey(tokens.slice(0, at), length);
        const seen = sightings.get(key) ?? { next: [], paragraph: [] };
        sightings.set(key, seen);
        seen.next.push(vocabulary.get(token)!);
        seen.paragraph.push(paragraph);
      }
    }
  }
  return {
    vocabulary: [...vocabulary.keys()],
    sightings,
    words: paragraphs.map((text) => new Set(tellingWords(text))),
  };
}

/** The last tokens of what was said, with a mark where they reach back to its start. */
const contextKey = (said: readonly number[], length: number): string =>
  (length > said.length ? [start, ...said] : length === 0 ? [] : said.slice(-length)).join(' ');

/** The model as it answers one prompt; it knows the extra tokens as well, though it has never seen them anywhere. */
export function modelFor(reading: Reading, prompt: string, extra: readonly number[]): LanguageModel {
  const { sightings, words } = reading;
  const vocabulary = [...new Set([...reading.vocabulary, ...extra])];
  const positions = new Map(vocabulary.map((token, index) => [token, index]));
  const weights = relevance(words, tellingWords(prompt));
  const unigrams = new Float64Array(vocabulary.length);
  blend(unigrams, sightings.get('')!, weights, 0);
  for (let index = 0; index < unigrams.length; index += 1) {
    unigrams[index] = unigrams[index]! * (1 - floor) + floor / unigrams.length;
  }
  const end = positions.get(endOfText)!;
  return {
    vocabulary,
    position: (token) => positions.get(token),
    next: (said) => {
      const shares = unigrams.slice();
      for (let length = 1; length <= Math.min(order, said.length + 1); length += 1) {
        const seen = sightings.get(contextKey(said, length));
        if (seen) blend(shares, seen, weights, smoothing);
      }
      leanTowards(shares, end, (said.length - longAnswer) / longAnswer);
      return shares;
    },
  };
}

/** Adds what was seen after a context, each sighting by the weight of its paragraph, to what shorter ones say. */
function blend(shares: Float64Array, { next, paragraph }: Sightings, weights: Float64Array, prior: number) {
  let total = 0;
  for (const where of paragraph) total += weights[where]!;
  const kept = (prior * total) / next.length;
  const scale = 1 / (total + kept);
  for (let index = 0; index < shares.length; index += 1) shares[index]! *= kept * scale;
  for (let at = 0; at < next.length; at += 1) shares[next[at]!]! += weights[paragraph[at]!]! * scale;
}

function leanTowards(shares: Float64Array, favourite: number, amount: number): void {
  if (amount <= 0) return;
  // Never all the way: where a request bans the end, there must be something else to say.
  const by = Math.min(0.98, amount);
  for (let index = 0; index < shares.length; index += 1) shares[index]! *= 1 - by;
  shares[favourite]! += by;
}

/** How much each paragraph counts: the more of the prompt's rarer words it has, the more; all alike if none has any. */
function relevance(words: readonly ReadonlySet<string>[], asked: readonly string[]): Float64Array {
  const scores = new Float64Array(words.length);
  for (const word of new Set(asked)) {
    const holders = words.flatMap((known, index) => (known.has(word) ? [index] : []));
    for (const index of holders) scores[index]! += Math.log(1 + words.length / holders.length);
  }
  const best = Math.max(...scores);
  return scores.map((score) => (best === 0 ? 1 : 0.002 + (score / best) ** 4));
}

/** Words of any question, which tell nothing of what it is about. */
const askingWords = new Set(
  'about and any are can could describe did does explain for from give has have how its let list make more one please say sentence some tell that the them then there they this was what when where which who why will with word would write you your'.split(
    ' ',
  ),
);

const tellingWords = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && !askingWords.has(word))
    // Singular and plural are one word.
    .map((word) => word.replace(/(?<=..)s$/, ''));
