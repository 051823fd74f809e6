import { createHash } from 'node:crypto';
import { type ChatRequest, messageText } from '../wire.ts';
import type { Tokenizer } from './tokens.ts';

/** Shorter prompts are not cached; longer ones are in steps of 128 tokens (documented). */
export const leastCachedTokens = 1024;
const stepTokens = 128;

/** How long a beginning is kept after it was last used (documented as five to ten minutes). */
const keptMs = 10 * 60_000;
const mostEntries = 20_000;

/** The beginnings of long prompts, as far as they were sent before. */
export class PromptCache {
  /** When each beginning was last used, by its hash; the oldest first. */
  readonly #usedAt = new Map<string, number>();

  /** How many tokens of a prompt are known, and remembers it. `nowMs` is a time of the server's clock. */
  hit(model: string, tokens: readonly number[], nowMs: number): number {
    const hash = createHash('sha1').update(model);
    let cached = 0;
    for (let length = stepTokens; length <= tokens.length; length += stepTokens) {
      hash.update(`,${tokens.slice(length - stepTokens, length).join()}`);
      if (length < leastCachedTokens) continue;
      const key = hash.copy().digest('base64');
      if (nowMs - (this.#usedAt.get(key) ?? Number.NEGATIVE_INFINITY) <= keptMs) cached = length;
      this.#usedAt.delete(key);
      this.#usedAt.set(key, nowMs);
    }
    for (const key of this.#usedAt.keys()) {
      if (this.#usedAt.size <= mostEntries) break;
      this.#usedAt.delete(key);
    }
    return cached;
  }
}

/** A request as one row of tokens, in which two that begin alike begin alike: its tools come first, as documented. */
export function promptTokens(request: ChatRequest, { encode }: Tokenizer): readonly number[] {
  const { messages, tools, functions, response_format } = request;
  const first = [tools, functions, response_format].filter((part) => part != null);
  return [
    ...first.flatMap((part) => [...encode(JSON.stringify(part))]),
    ...messages.flatMap((message) => [...encode(`\n${message.role}: ${messageText(message)}`)]),
  ];
}
