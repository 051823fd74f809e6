import type { Random } from '../random.ts';

/** How the next token is chosen, as a request says. */
export interface Sampling {
  /** 0 to 2; at 0 always the most probable token. */
  readonly temperature: number;
  /** 0 to 1: only the most probable tokens that together have this share are chosen from. */
  readonly topP: number;
  /** -2 to 2: taken once from every token that was said before. */
  readonly presencePenalty: number;
  /** -2 to 2: taken from a token as often as it was said before. */
  readonly frequencyPenalty: number;
  /** -100 to 100, added to the logit of a token. */
  readonly logitBias: ReadonlyMap<number, number>;
}

/** Probabilities for the tokens of a vocabulary, in its order; they add up to one. */
export type Distribution = Float64Array;

/**
 * What the model thinks of the next token, turned into what is chosen from: bias and penalties on the logits,
 * then the temperature, then `top_p`. At temperature 0 it is the distribution whose top is taken.
 *
 * `position` says where a token stands in the vocabulary, if it does; `said` counts the tokens so far.
 */
export function reshape(
  thought: Distribution,
  sampling: Sampling,
  said: ReadonlyMap<number, number>,
  position: (token: number) => number | undefined,
): Distribution {
  const { temperature, logitBias, presencePenalty, frequencyPenalty } = sampling;
  const hasPenalty = presencePenalty !== 0 || frequencyPenalty !== 0;
  const divisor = temperature === 0 ? 1 : temperature;
  if (logitBias.size === 0 && !hasPenalty && divisor === 1) return cut(normalised(thought), sampling);

  const logits = thought.map(Math.log);
  const shift = (token: number, by: number) => {
    const at = position(token);
    if (at !== undefined) logits[at]! += by;
  };
  for (const [token, bias] of logitBias) shift(token, bias);
  if (hasPenalty) {
    for (const [token, times] of said) shift(token, -presencePenalty - frequencyPenalty * times);
  }
  return cut(softmax(logits, divisor), sampling);
}

const cut = (shares: Distribution, { temperature, topP }: Sampling): Distribution =>
  topP < 1 && temperature > 0 ? nucleus(shares, topP) : shares;

// The loops below run over the whole vocabulary for every token: plain ones are several times as fast.

function normalised(weights: Float64Array): Distribution {
  const shares = weights.slice();
  let total = 0;
  for (let at = 0; at < shares.length; at += 1) total += shares[at]!;
  for (let at = 0; at < shares.length; at += 1) shares[at]! /= total;
  return shares;
}

function softmax(logits: Float64Array, temperature: number): Distribution {
  const highestLogit = logits[highest(logits)]!;
  for (let at = 0; at < logits.length; at += 1) {
    logits[at] = Math.exp((logits[at]! - highestLogit) / temperature);
  }
  return normalised(logits);
}

/** The smallest set of the most probable tokens whose shares reach `topP`, among themselves; at least one. */
function nucleus(shares: Distribution, topP: number): Distribution {
  const order = Array.from(shares.keys()).sort((a, b) => shares[b]! - shares[a]!);
  const kept = new Float64Array(shares.length);
  let total = 0;
  for (const index of order) {
    kept[index] = shares[index]!;
    total += shares[index]!;
    if (total >= topP) break;
  }
  return kept.map((share) => share / total);
}

/** The position of the next token. */
export function choose(shares: Distribution, { temperature }: Sampling, random: Random): number {
  if (temperature === 0) return highest(shares);
  let rest = random();
  for (let at = 0; at < shares.length; at += 1) {
    rest -= shares[at]!;
    if (rest < 0 && shares[at]! > 0) return at;
  }
  // The shares may add up to a little less than one.
  return highest(shares);
}

/** The positions of the most probable tokens, the most probable first. */
export function top(shares: Distribution, count: number): readonly number[] {
  const best: number[] = [];
  for (const [index, share] of shares.entries()) {
    if (best.length === count && share <= shares[best.at(-1)!]!) continue;
    const at = best.findIndex((other) => shares[other]! < share);
    best.splice(at < 0 ? best.length : at, 0, index);
    best.length = Math.min(best.length, count);
  }
  return best;
}

/** The position of the greatest value. */
export function highest(values: Float64Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at += 1) if (values[at]! > values[best]!) best = at;
  return best;
}
