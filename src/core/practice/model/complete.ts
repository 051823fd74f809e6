import type { PracticeModel } from '../models.ts';
import { type Random, seededRandom } from '../random.ts';
import { type ChatRequest, messageText, type ReasoningEffort, type Usage } from '../wire.ts';
import { type Answer, answer, promptOf } from './answer.ts';
import { type Ending, type Generation, generate, practiceLabel, samplingOf } from './generate.ts';
import { type LanguageModel, modelFor, type Reading } from './ngrams.ts';
import { endOfText, type Tokenizer } from './tokens.ts';

/** One choice of an answer about to be made. */
export interface Choice {
  readonly answer: () => Answer;
  readonly generation: Generation;
}

/** An answer about to be made. Nothing of it is worked out before it is asked for. */
export interface Completion {
  /** One for each of `n`, in the order of their index. */
  readonly choices: readonly Choice[];
  /** What it cost, once every choice has ended. */
  readonly usage: (endings: readonly Ending[]) => Usage;
}

interface CompletionContext {
  readonly model: PracticeModel;
  readonly tokenizer: Tokenizer;
  readonly reading: Reading;
  readonly random: Random;
  readonly promptTokens: number;
  /** How many of them a prompt cache had. */
  readonly cachedTokens: number;
}

/** No answer is longer, all its choices together: this much, with everything known of each token, fits into memory. */
const mostTokens = 32_768;

/** Begins to answer a valid request. */
export function complete(request: ChatRequest, context: CompletionContext): Completion {
  const { model, tokenizer, reading, random, promptTokens } = context;
  const limit = Math.min(
    request.max_completion_tokens ?? request.max_tokens ?? model.maxCompletionTokens,
    model.contextTokens - promptTokens,
    Math.floor(mostTokens / (request.n ?? 1)),
  );
  const prompt = promptOf(request);
  const models = new Map<string, LanguageModel>();
  const modelOf = (text: string) => {
    const known = models.get(text) ?? modelFor(reading, prompt, extraTokens(text, request, tokenizer));
    models.set(text, known);
    return known;
  };
  const choices = Array.from({ length: request.n ?? 1 }, (_, index) => {
    // The same `seed` draws the same; without one, what is drawn follows from the server's own.
    const own = request.seed == null ? random : seededRandom(request.seed % 2 ** 32, index);
    let said: Answer | null = null;
    const answerOnce = () => {
      said ??= answer(request, own);
      return said;
    };
    return { answer: answerOnce, generation: choice(answerOnce, own) };
  });

  function* choice(said: () => Answer, own: Random): Generation {
    return yield* generate(said(), {
      request,
      tokenizer,
      model: modelOf(textOf(said())),
      random: own,
      limit,
      reasoningTokens: reasoningTokens(request, model, own),
    });
  }
  return {
    choices,
    usage: (endings) => usage(context, endings, predicted(request, endings[0]!, tokenizer)),
  };
}

/** What is written for an answer; nothing where it is made up on the way. */
const textOf = (said: Answer): string => (said.kind === 'text' ? (said.text ?? '') : '');

/** Tokens that may be said though the corpus does not have them. */
const extraTokens = (text: string, request: ChatRequest, { encode }: Tokenizer): readonly number[] => [
  endOfText,
  ...encode(text),
  ...encode(practiceLabel),
  ...samplingOf(request).logitBias.keys(),
];

/** Steps of reasoning that an effort takes; real ones come in multiples of 64 tokens, too (captured, 2025-08). */
const steps: Readonly<Record<ReasoningEffort, number>> = {
  minimal: 0,
  low: 1,
  medium: 3,
  high: 7,
};

function reasoningTokens(
  { reasoning_effort }: ChatRequest,
  { efforts }: PracticeModel,
  random: Random,
): number {
  if (!efforts) return 0;
  const count = steps[reasoning_effort ?? 'medium'];
  return count === 0 ? 0 : 64 * (count + Math.floor(random() * 2));
}

/** How much of a predicted output the answer has from its start, and how much of it was for nothing. */
function predicted({ prediction }: ChatRequest, { said }: Ending, { encode }: Tokenizer) {
  const guess = prediction ? encode(messageText(prediction)) : [];
  const differs = guess.findIndex((token, at) => token !== said[at]);
  const accepted = differs < 0 ? guess.length : differs;
  return { accepted, rejected: guess.length - accepted };
}

function usage(
  { promptTokens, cachedTokens }: CompletionContext,
  endings: readonly Ending[],
  { accepted, rejected }: { accepted: number; rejected: number },
): Usage {
  const sum = (key: 'tokens' | 'reasoningTokens') =>
    endings.reduce((total, ending) => total + ending[key], 0);
  // A prediction that did not come true is paid for all the same.
  const completionTokens = sum('tokens') + rejected;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: sum('reasoningTokens'),
      audio_tokens: 0,
      accepted_prediction_tokens: accepted,
      rejected_prediction_tokens: rejected,
    },
  };
}
