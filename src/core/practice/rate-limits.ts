import type { PracticeModel } from './models.ts';
import { type Message, messageText } from './wire.ts';

/** What is left of one allowance that refills evenly over a minute. */
interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
}

export interface RateLimits {
  readonly requests: Allowance;
  readonly tokens: Allowance;
}

const minuteMs = 60_000;

/** The requests and tokens used of each model's minute. Counts only: nothing is refused yet. */
export class RateLimiter {
  readonly #used = new Map<string, { requests: number; tokens: number; atMs: number }>();

  /** Takes one request of so many tokens, at a time of the server's clock in milliseconds. */
  take(model: PracticeModel, tokens: number, nowMs: number): RateLimits {
    const { requestsPerMinute, tokensPerMinute } = model;
    const before = this.#used.get(model.snapshot) ?? { requests: 0, tokens: 0, atMs: nowMs };
    const share = (nowMs - before.atMs) / minuteMs;
    const used = {
      requests: Math.max(0, before.requests - share * requestsPerMinute) + 1,
      tokens: Math.max(0, before.tokens - share * tokensPerMinute) + tokens,
      atMs: nowMs,
    };
    this.#used.set(model.snapshot, used);
    return {
      requests: allowance(requestsPerMinute, used.requests),
      tokens: allowance(tokensPerMinute, used.tokens),
    };
  }
}

const allowance = (limit: number, used: number): Allowance => ({
  limit,
  remaining: Math.max(0, Math.floor(limit - used)),
  resetMs: Math.trunc((used * minuteMs) / limit),
});

/**
 * The tokens taken from the allowance when a request is let in: a quarter of its characters, one a message
 * and one more. Not the tokenizer's count (fits 13 of 13 captures of 2025).
 */
export function admissionTokens(messages: readonly Message[]): number {
  const characters = messages.reduce((total, message) => total + [...messageText(message)].length, 0);
  return Math.ceil(characters / 4) + messages.length + 1;
}
