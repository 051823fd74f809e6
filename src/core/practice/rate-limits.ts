import { isObject } from './json.ts';
import type { PracticeModel } from './models.ts';

/** What is left of one allowance that refills evenly over a minute. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
}

export interface RateLimits {
  readonly requests: Allowance;
  readonly tokens: Allowance;
}

/** Why a request is not let in: what is used up, and how long until it fits; `waitMs` is null if it never will. */
export interface Excess {
  readonly of: keyof RateLimits;
  readonly limit: number;
  readonly used: number;
  readonly requested: number;
  readonly waitMs: number | null;
}

/** Limits a minute in place of those of the models; `off` counts and never refuses. */
export type RateLimit = 'off' | { readonly requests?: number; readonly tokens?: number };

const minuteMs = 60_000;

type Used = Readonly<Record<keyof RateLimits, number>>;

/** The requests and tokens used of each model's minute: two buckets that run empty again evenly. */
export class RateLimiter {
  readonly #used = new Map<string, Used & { readonly atMs: number }>();
  readonly #rule: RateLimit | undefined;

  constructor(rule?: RateLimit) {
    this.#rule = rule;
  }

  /**
   * Takes one request of so many tokens, at a time of the server's clock in milliseconds. What does not fit is
   * not taken, so that asking again in vain costs nothing.
   */
  take(
    model: PracticeModel,
    tokens: number,
    nowMs: number,
  ): { readonly rateLimits: RateLimits; readonly excess: Excess | null } {
    const limits = this.#limits(model);
    const before = this.#used.get(model.snapshot) ?? { requests: 0, tokens: 0, atMs: nowMs };
    const share = (nowMs - before.atMs) / minuteMs;
    const left: Used = {
      requests: Math.max(0, before.requests - share * limits.requests),
      tokens: Math.max(0, before.tokens - share * limits.tokens),
    };
    const asked: Used = { requests: 1, tokens };
    const excess = this.#rule === 'off' ? null : excessOf(limits, left, asked);
    const used = excess
      ? left
      : { requests: left.requests + asked.requests, tokens: left.tokens + asked.tokens };
    this.#used.set(model.snapshot, { ...used, atMs: nowMs });
    const rateLimits = {
      requests: allowance(limits.requests, used.requests),
      tokens: allowance(limits.tokens, used.tokens),
    };
    return { rateLimits, excess };
  }

  #limits(model: PracticeModel): Used {
    const rule = this.#rule === 'off' ? {} : (this.#rule ?? {});
    return {
      requests: rule.requests ?? model.requestsPerMinute,
      tokens: rule.tokens ?? model.tokensPerMinute,
    };
  }
}

/** The allowance that a request does not fit into; the one with the longer wait, if both. */
function excessOf(limits: Used, used: Used, asked: Used): Excess | null {
  const excesses = (['requests', 'tokens'] as const).flatMap((of): Excess[] => {
    const limit = limits[of];
    // A hair of rounding does not make a request wait.
    const over = used[of] + asked[of] - limit;
    if (over <= 1e-6) return [];
    const waitMs = asked[of] > limit ? null : Math.ceil((over * minuteMs) / limit);
    return [{ of, limit, used: Math.ceil(used[of]), requested: asked[of], waitMs }];
  });
  const wait = ({ waitMs }: Excess) => waitMs ?? Number.POSITIVE_INFINITY;
  return excesses.sort((a, b) => wait(b) - wait(a))[0] ?? null;
}

const allowance = (limit: number, used: number): Allowance => ({
  limit,
  remaining: Math.max(0, Math.floor(limit - used + 1e-6)),
  resetMs: Math.trunc((used * minuteMs) / limit),
});

/**
 * The tokens taken from the allowance when a request is let in: a quarter of its characters, one a message
 * and one more, also of a request that is refused. Not the tokenizer's count (fits 13 of 13 captures of 2025).
 */
export function admissionTokens(messages: unknown): number {
  const list = Array.isArray(messages) ? messages : [];
  const characters = list.reduce((total: number, message) => total + charactersOf(message), 0);
  return Math.ceil(characters / 4) + list.length + 1;
}

/** Of a message as it was sent, which may be none. */
function charactersOf(message: unknown): number {
  const content = isObject(message) ? message.content : null;
  const texts = Array.isArray(content)
    ? content.map((part) => (isObject(part) ? part.text : null))
    : [content];
  return texts.reduce((total: number, text) => total + (typeof text === 'string' ? lengthOf(text) : 0), 0);
}

/** In characters, not in halves of them. */
const lengthOf = (text: string): number =>
  text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
