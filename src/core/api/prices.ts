import type { CompletionUsage } from 'openai/resources/completions';
import { openaiBaseURL } from './endpoint.ts';
import { withoutDate } from './models.ts';

/** When the list below was last checked against public price tables. */
export const pricesDate = '2026-11';

/** Whether the list below holds for a server: another one's prices are its own, even if its models bear the same names. */
export const isPriced = (baseURL: string): boolean => baseURL.startsWith(openaiBaseURL);

/** US dollars for a million tokens, standard tier. */
interface Price {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

const prices: Readonly<Record<string, Price>> = {
  'gpt-4o-mini': { input: 0.15, cached: 0.075, output: 0.6 },
  'gpt-4o': { input: 2.5, cached: 1.25, output: 10 },
  'gpt-4.1': { input: 2, cached: 0.5, output: 8 },
  'gpt-4.1-mini': { input: 0.4, cached: 0.1, output: 1.6 },
  'gpt-4.1-nano': { input: 0.1, cached: 0.025, output: 0.4 },
  'gpt-5': { input: 1.25, cached: 0.125, output: 10 },
  'gpt-5-mini': { input: 0.25, cached: 0.025, output: 2 },
  'gpt-5-nano': { input: 0.05, cached: 0.005, output: 0.4 },
};

/** The price of a request in US dollars, by the list above; null for a model that is not on it. */
export function costOf(model: string, usage: CompletionUsage): number | null {
  const price = priceOf(model);
  if (!price) return null;
  const { cached_tokens: given } = usage.prompt_tokens_details ?? {};
  const cached = typeof given === 'number' ? given : 0;
  return (
    ((usage.prompt_tokens - cached) * price.input +
      cached * price.cached +
      usage.completion_tokens * price.output) /
    1_000_000
  );
}

/** What a request would cost, in US dollars. */
export interface CostEstimate {
  readonly promptCost: number;
  /** If every answer takes all the tokens that it may; null if they have no limit. */
  readonly mostCost: number | null;
}

/**
 * The price of a request before it is sent, by the list above; null for a model that is not on it.
 *
 * @param maxCompletionTokens the most tokens of each answer, reasoning included; null if that is open
 * @param n how many answers are made: the prompt is paid for once, each answer by itself
 */
export function estimateCost(
  model: string,
  promptTokens: number,
  maxCompletionTokens: number | null,
  n = 1,
): CostEstimate | null {
  const price = priceOf(model);
  if (!price) return null;
  const promptCost = (promptTokens * price.input) / 1_000_000;
  const mostCost =
    maxCompletionTokens === null ? null : promptCost + (n * maxCompletionTokens * price.output) / 1_000_000;
  return { promptCost, mostCost };
}

const priceOf = (model: string): Price | undefined => {
  const name = withoutDate(model);
  return Object.hasOwn(prices, name) ? prices[name] : undefined;
};
