import type { Random } from '../random.ts';
import type { ChatRequest, FinishReason } from '../wire.ts';
import type { Answer } from './answer.ts';
import { callHeadTokens } from './count.ts';
import type { LanguageModel } from './ngrams.ts';
import { choose, highest, reshape, type Sampling, top } from './sampler.ts';
import { stopWatch } from './stop-sequences.ts';
import { endOfText, speaker, type Tokenizer } from './tokens.ts';
import type { Call } from './tool-calls.ts';

interface WeighedToken {
  readonly id: number;
  /** The logarithm of its share; -9999 where it had none. */
  readonly logprob: number;
}

/** A token that was said, and what else could have been. */
export interface SaidToken extends WeighedToken {
  /** The most probable tokens at its place, as many as were asked for. */
  readonly top: readonly WeighedToken[];
}

/** What leaves the model at once: mostly one token, or the few that a character is split into. */
export type Part =
  | {
      readonly kind: 'text';
      readonly field: 'content' | 'refusal';
      readonly text: string;
      readonly tokens: readonly SaidToken[];
    }
  | { readonly kind: 'call'; readonly index: number; readonly call: Call; readonly tokens: number }
  | {
      readonly kind: 'arguments';
      readonly index: number;
      readonly type: Call['type'];
      readonly text: string;
      readonly tokens: number;
    }
  /** Reasoning: time and tokens, and nothing to see. */
  | { readonly kind: 'thought'; readonly tokens: number };

/** How one choice of an answer ended, and the tokens that were spent on it. */
export interface Ending {
  readonly finishReason: FinishReason;
  /** All of them, the reasoning too. */
  readonly tokens: number;
  readonly reasoningTokens: number;
  /** The ids of those that are text. */
  readonly said: readonly number[];
}

/** One choice being made: each part is worked out when it is asked for, and not before. */
export type Generation = Generator<Part, Ending, void>;

/** What a choice is made with. */
export interface GenerationContext {
  readonly request: ChatRequest;
  readonly tokenizer: Tokenizer;
  readonly model: LanguageModel;
  readonly random: Random;
  /** The most tokens that may be spent. */
  readonly limit: number;
  /** Tokens of reasoning before the answer; 0 for a model that does not reason. */
  readonly reasoningTokens: number;
}

export const tokensOf = (part: Part): number =>
  typeof part.tokens === 'number' ? part.tokens : part.tokens.length;

/** How the tokens of a request are chosen. */
export const samplingOf = (request: ChatRequest): Sampling => ({
  temperature: request.temperature ?? 1,
  topP: request.top_p ?? 1,
  presencePenalty: request.presence_penalty ?? 0,
  frequencyPenalty: request.frequency_penalty ?? 0,
  logitBias: new Map(Object.entries(request.logit_bias ?? {}).map(([id, bias]) => [Number(id), bias])),
});

/** Makes one choice of an answer. */
export function* generate(answer: Answer, context: GenerationContext): Generation {
  const { limit, reasoningTokens } = context;
  const thought = Math.min(reasoningTokens, limit);
  if (thought > 0) yield { kind: 'thought', tokens: thought };
  // All went into reasoning, and nothing is left for an answer (as captured, gpt-5-nano, 2025-08).
  if (thought === limit)
    return { finishReason: 'length', tokens: thought, reasoningTokens: thought, said: [] };
  const rest = { ...context, limit: limit - thought };
  const ending = answer.kind === 'calls' ? yield* callTools(answer, rest) : yield* speak(answer, rest);
  return { ...ending, tokens: ending.tokens + thought, reasoningTokens: thought };
}

type OwnEnding = Omit<Ending, 'reasoningTokens'>;

function* callTools(
  { calls, finishReason }: Extract<Answer, { kind: 'calls' }>,
  { tokenizer, limit }: GenerationContext,
): Generator<Part, OwnEnding, void> {
  let spent = 0;
  for (const [index, call] of calls.entries()) {
    if (spent === limit) break;
    const head = Math.min(callHeadTokens(tokenizer, call.name), limit - spent);
    spent += head;
    yield { kind: 'call', index, call, tokens: head };
    const { say } = speaker(tokenizer);
    let held = 0;
    for (const id of tokenizer.encode(call.arguments)) {
      if (spent === limit) return { finishReason: 'length', tokens: spent, said: [] };
      spent += 1;
      held += 1;
      const text = say(id);
      if (text === '') continue;
      yield { kind: 'arguments', index, type: call.type, text, tokens: held };
      held = 0;
    }
  }
  // No token was left to say that it is over.
  return { finishReason: spent === limit ? 'length' : finishReason, tokens: spent, said: [] };
}

/** Ends what was sampled freely: nobody shall take it for a model's answer. */
export const practiceLabel = "\n\n(Practice text, not a model's answer.)";

/** How far a written token stands above all others, as a difference of logits. */
const preference = 20;

type Spoken = Extract<Answer, { kind: 'text' }>;

function* speak(answer: Spoken, context: GenerationContext): Generator<Part, OwnEnding, void> {
  const { tokenizer, limit, request } = context;
  const field = answer.isRefusal ? 'refusal' : 'content';
  const watch = stopWatch<{ text: string; tokens: readonly SaidToken[] }>([request.stop ?? []].flat());
  const { say, end } = speaker(tokenizer);
  const { next, said } = tokenChooser(answer, context);
  let held: SaidToken[] = [];
  let sent = 0;

  const send = (stretches: readonly { text: string; tokens: readonly SaidToken[] }[]): Part[] => {
    sent += stretches.reduce((total, { tokens }) => total + tokens.length, 0);
    return stretches.map((stretch) => ({ kind: 'text', field, ...stretch }));
  };

  for (let spent = 0; spent < limit; spent += 1) {
    const token = next();
    if (token === null) {
      const left = end();
      if (left !== '') yield* send(watch.feed({ text: left, tokens: held }));
      if (!watch.isStopped()) yield* send(watch.rest());
      return { finishReason: answer.isWithheld ? 'content_filter' : 'stop', tokens: sent, said };
    }
    held.push(token);
    const text = say(token.id);
    if (text === '') continue;
    yield* send(watch.feed({ text, tokens: held }));
    if (watch.isStopped()) return { finishReason: 'stop', tokens: sent, said: said.slice(0, sent) };
    held = [];
  }
  // A character whose last token did not fit is not sent, but its tokens were spent.
  yield* send(watch.rest());
  return { finishReason: 'length', tokens: limit, said };
}

/**
 * Gives an answer token by token, and null when it is over. A written text is what the model prefers at each
 * place by far, so that only a high temperature or a bias leads away from it; JSON admits nothing else.
 */
function tokenChooser(answer: Spoken, context: GenerationContext) {
  const { request, tokenizer, model, random } = context;
  const sampling = samplingOf(request);
  const said: number[] = [];
  const counts = new Map<number, number>();
  const topCount = request.logprobs ? (request.top_logprobs ?? 0) : 0;
  let line = answer.text === null ? null : [...tokenizer.encode(answer.text)];

  function choice(): SaidToken {
    const wanted = line === null ? null : (line[0] ?? endOfText);
    if (wanted !== null && answer.isExact) return certain(wanted, topCount);
    const thought = model.next(said);
    if (wanted !== null) prefer(thought, model.position(wanted));
    const shares = reshape(thought, sampling, counts, model.position);
    const weigh = (at: number): WeighedToken => ({
      id: model.vocabulary[at]!,
      logprob: shares[at] ? Math.log(shares[at]) : -9999,
    });
    return {
      ...weigh(choose(shares, sampling, random)),
      top: topCount === 0 ? [] : top(shares, topCount).map(weigh),
    };
  }

  const next = (): SaidToken | null => {
    // The filter steps in without waiting for an end.
    if (answer.isWithheld && line?.length === 0) return null;
    let token = choice();
    if (token.id === endOfText && line === null) {
      line = [...tokenizer.encode(practiceLabel)];
      token = choice();
    }
    if (token.id === endOfText) return null;
    line?.shift();
    said.push(token.id);
    counts.set(token.id, (counts.get(token.id) ?? 0) + 1);
    return token;
  };
  return { next, said: said as readonly number[] };
}

const certain = (id: number, topCount: number): SaidToken => ({
  id,
  logprob: 0,
  top: topCount === 0 ? [] : [{ id, logprob: 0 }],
});

function prefer(thought: Float64Array, at: number | undefined): void {
  if (at === undefined) return;
  thought[at] = thought[highest(thought)]! * Math.exp(preference);
}
