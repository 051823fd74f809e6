import { type ApiError, contextExceeded } from './errors.ts';
import type { Fault } from './faults/parse.ts';
import { completionId, toolCallId } from './ids.ts';
import { complete } from './model/complete.ts';
import { countPrompt } from './model/count.ts';
import { loadReading } from './model/ngrams.ts';
import { leastCachedTokens, promptTokens } from './model/prompt-cache.ts';
import { loadTokenizer, type Tokenizer } from './model/tokens.ts';
import type { PracticeModel } from './models.ts';
import type { IncomingRequest, Plan, PlanContext } from './plan.ts';
import type { RateLimits } from './rate-limits.ts';
import type { AnswerMeta } from './send/meta.ts';
import { isPace, timeline } from './send/pace.ts';
import type { ChatRequest } from './wire.ts';

/** Plans the answer to a valid request that was let in; an error if it is too long for its model. */
export async function planAnswer(
  chat: ChatRequest,
  model: PracticeModel,
  request: IncomingRequest,
  faults: readonly Fault[],
  rateLimits: RateLimits,
  context: PlanContext,
): Promise<Plan> {
  const { random, note } = context;
  const [tokenizer, reading] = await Promise.all([loadTokenizer(), loadReading()]);
  const prompt = countPrompt(tokenizer, model.framing, chat);
  const tooLong = exceeded(chat, model, prompt);
  if (tooLong) return { kind: 'error', error: tooLong, rateLimits };

  note({ promptTokens: prompt, completionTokens: 0 });
  const asked = request.headers['x-practice-pace'];
  return {
    kind: 'answer',
    isStream: chat.stream === true,
    completion: complete(chat, {
      model,
      tokenizer,
      reading,
      random,
      promptTokens: prompt,
      cachedTokens: cachedTokens(chat, model, prompt, tokenizer, context),
    }),
    timeline: timeline(isPace(asked) ? asked : context.pace, random),
    meta: metaOf(chat, model, tokenizer, context),
    includesUsage: chat.stream_options?.include_usage === true,
    isObfuscated: chat.stream_options?.include_obfuscation !== false,
    faults,
    rateLimits,
  };
}

function exceeded(chat: ChatRequest, { contextTokens }: PracticeModel, prompt: number): ApiError | null {
  if (prompt >= contextTokens) return contextExceeded(contextTokens, prompt, null);
  const asked = chat.max_completion_tokens ?? chat.max_tokens ?? 0;
  return prompt + asked > contextTokens ? contextExceeded(contextTokens, prompt, asked) : null;
}

/** A prompt too short for the cache is not even looked up. */
function cachedTokens(
  chat: ChatRequest,
  { snapshot }: PracticeModel,
  prompt: number,
  tokenizer: Tokenizer,
  { cache, now }: PlanContext,
): number {
  if (prompt < leastCachedTokens) return 0;
  const known = cache.hit(snapshot, promptTokens(chat, tokenizer), now());
  // The two count frames and schemas in ways of their own.
  return Math.min(known, prompt - (prompt % 128));
}

const metaOf = (
  chat: ChatRequest,
  model: PracticeModel,
  tokenizer: Tokenizer,
  { random, wallMs, fingerprint }: PlanContext,
): AnswerMeta => ({
  id: completionId(random),
  created: Math.floor(wallMs / 1000),
  model,
  // The gpt-5 family sends none (captured live, 2025-08).
  fingerprint: model.framing === 'harmony' ? null : fingerprint,
  serviceTier: chat.service_tier === 'fast' || chat.service_tier === 'priority' ? 'priority' : 'default',
  hasLogprobs: chat.logprobs === true,
  isModerated: chat.moderation != null,
  tokenizer,
  callId: () => toolCallId(random),
});
