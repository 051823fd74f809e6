import { answer } from './answer.ts';
import { toolCallId } from './ids.ts';
import type { Random } from './random.ts';
import { callHeadTokens, countPrompt, type Piece, type Tokenizer } from './tokens.ts';
import type { ChatRequest, FinishReason, Usage } from './wire.ts';

/** A function call in pieces. `headTokens` are spent before its arguments begin. */
interface CompletedCall {
  readonly id: string;
  readonly name: string;
  readonly headTokens: number;
  readonly arguments: readonly Piece[];
}

/** An answer in full, after every limit of its request: what both ways of sending it are made from. */
export interface Completion {
  readonly content: readonly Piece[];
  readonly call: CompletedCall | null;
  readonly finishReason: FinishReason;
  readonly usage: Usage;
}

/** Answers a valid request. Pure but for the call ids it draws. */
export function complete(request: ChatRequest, tokenizer: Tokenizer, random: Random): Completion {
  const promptTokens = countPrompt(tokenizer, request.messages, request.tools);
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  const said = answer(request);

  if (said.kind === 'call') {
    const headTokens = callHeadTokens(tokenizer, said.call.name);
    const cut = cutAtLimit(tokenizer.pieces(said.call.arguments), limit - headTokens);
    return {
      content: [],
      call: { id: toolCallId(random), name: said.call.name, headTokens, arguments: cut.pieces },
      finishReason: cut.isCut ? 'length' : 'tool_calls',
      usage: usage(promptTokens, Math.min(limit, headTokens + cut.tokens)),
    };
  }

  const cut = cutAtLimit(tokenizer.pieces(said.text), limit);
  const stopped = cutAtStop(cut.pieces, [request.stop ?? []].flat());
  if (stopped) {
    return { content: stopped, call: null, finishReason: 'stop', usage: usage(promptTokens, total(stopped)) };
  }
  return {
    content: cut.pieces,
    call: null,
    finishReason: cut.isCut ? 'length' : said.isWithheld ? 'content_filter' : 'stop',
    usage: usage(promptTokens, cut.tokens),
  };
}

/** An answer of exactly `limit` tokens is cut too: there was no token left to say that it is over. */
function cutAtLimit(pieces: readonly Piece[], limit: number) {
  let tokens = 0;
  let kept = 0;
  for (const piece of pieces) {
    if (tokens + piece.tokens > limit) break;
    tokens += piece.tokens;
    kept += 1;
  }
  const isCut = kept < pieces.length || tokens === limit;
  // A character whose last token did not fit is not sent, but its tokens were spent.
  return { pieces: pieces.slice(0, kept), isCut, tokens: isCut ? Math.max(0, limit) : tokens };
}

/** The pieces before the first stop sequence, which may span several of them; null if there is none. */
function cutAtStop(pieces: readonly Piece[], sequences: readonly string[]): readonly Piece[] | null {
  const text = pieces.map((piece) => piece.text).join('');
  const found = sequences.filter(Boolean).map((sequence) => text.indexOf(sequence));
  const end = Math.min(...found.filter((index) => index >= 0));
  if (end === Number.POSITIVE_INFINITY) return null;
  const kept: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (at >= end) break;
    kept.push({ ...piece, text: piece.text.slice(0, end - at) });
    at += piece.text.length;
  }
  return kept;
}

const total = (pieces: readonly Piece[]): number => pieces.reduce((sum, { tokens }) => sum + tokens, 0);

const usage = (promptTokens: number, completionTokens: number): Usage => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
});
