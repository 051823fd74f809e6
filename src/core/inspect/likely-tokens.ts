/** A token that stood or could have stood at a place, with its probability from 0 to 1. */
export interface LikelyToken {
  readonly token: string;
  readonly probability: number;
}

/** A token of an answer with the likeliest ones at its place, as `top_logprobs` gave them. */
export interface ChosenToken extends LikelyToken {
  readonly likeliest: readonly LikelyToken[];
}

/** The first tokens of a chunk or a response that came with `logprobs`, whatever else a server put there left out. */
export function likelyTokens(value: unknown, most: number): ChosenToken[] {
  const tokens: ChosenToken[] = [];
  for (const choice of listOf(fieldOf(value, 'choices'))) {
    const logprobs = fieldOf(choice, 'logprobs');
    for (const field of ['content', 'refusal']) {
      for (const item of listOf(fieldOf(logprobs, field))) {
        if (tokens.length >= most) return tokens;
        const token = readToken(item);
        if (!token) continue;
        const top = listOf(fieldOf(item, 'top_logprobs')).slice(0, 20);
        tokens.push({ ...token, likeliest: top.map(readToken).filter((other) => other !== null) });
      }
    }
  }
  return tokens;
}

/** A probability in percent, with as many digits as tell the unlikely apart. */
export function formatPercent(probability: number): string {
  const percent = probability * 100;
  if (percent > 0 && percent < 0.01) return '<0.01 %';
  return `${percent.toFixed(percent < 1 && percent > 0 ? 2 : 1)} %`;
}

function readToken(item: unknown): LikelyToken | null {
  const token = fieldOf(item, 'token');
  const logprob = fieldOf(item, 'logprob');
  if (typeof token !== 'string' || typeof logprob !== 'number') return null;
  return { token, probability: Math.min(1, Math.exp(logprob)) };
}

const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
