import type { CompletionUsage } from 'openai/resources/completions';

/** When the list below was last checked against public price tables. */
export const pricesDate = '2026-11';

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
  const price = prices[model.replace(/-\d{4}-\d{2}-\d{2}$/, '')];
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
