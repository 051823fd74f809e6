import type { Ending, Part } from '../model/generate.ts';
import type { Call } from '../model/tool-calls.ts';
import type { Usage } from '../wire.ts';
import { logprobsOf } from './logprobs.ts';
import { type AnswerMeta, callObject, noModeration } from './meta.ts';

/** One choice of an answer, all its parts and how it ended. */
export interface FinishedChoice {
  readonly parts: readonly Part[];
  readonly ending: Ending;
}

/** The `chat.completion` object, keys in the order of the wire (as captured live, 2024-11 and 2025-08). */
export function completionObject(choices: readonly FinishedChoice[], usage: Usage, meta: AnswerMeta) {
  return {
    id: meta.id,
    object: 'chat.completion',
    created: meta.created,
    model: meta.model.snapshot,
    choices: choices.map(({ parts, ending }, index) => ({
      index,
      message: message(parts, meta),
      ...logprobs(parts, meta),
      finish_reason: ending.finishReason,
    })),
    usage,
    service_tier: meta.serviceTier,
    system_fingerprint: meta.fingerprint,
    ...(meta.isModerated && { moderation: noModeration }),
  };
}

function message(parts: readonly Part[], meta: AnswerMeta): object {
  const calls = parts.flatMap((part) =>
    part.kind === 'call' ? [{ call: part.call, given: given(parts, part.index) }] : [],
  );
  const refusal = textOf(parts, 'refusal');
  const isRefusal = parts.some((part) => part.kind === 'text' && part.field === 'refusal');
  return {
    role: 'assistant',
    content: calls.length > 0 || isRefusal ? null : textOf(parts, 'content'),
    ...callFields(calls, meta),
    refusal: isRefusal ? refusal : null,
    annotations: [],
  };
}

interface MadeCall {
  readonly call: Call;
  readonly given: string;
}

function callFields(calls: readonly MadeCall[], { callId }: AnswerMeta): object {
  const [first] = calls;
  if (!first) return {};
  if (first.call.type === 'legacy') {
    return { function_call: { name: first.call.name, arguments: first.given } };
  }
  return { tool_calls: calls.map(({ call, given: text }) => callObject(call, callId(), text)) };
}

const given = (parts: readonly Part[], call: number): string =>
  parts.map((part) => (part.kind === 'arguments' && part.index === call ? part.text : '')).join('');

const textOf = (parts: readonly Part[], field: 'content' | 'refusal'): string =>
  parts.map((part) => (part.kind === 'text' && part.field === field ? part.text : '')).join('');

/** Models of the gpt-5 family send no such key at all (captured live, 2025-08). */
function logprobs(parts: readonly Part[], { model, hasLogprobs, tokenizer }: AnswerMeta): object {
  if (model.framing === 'harmony') return {};
  if (!hasLogprobs || parts.some(({ kind }) => kind === 'call')) return { logprobs: null };
  const texts = parts.filter((part) => part.kind === 'text');
  const field = texts[0]?.field ?? 'content';
  return { logprobs: logprobsOf({ field, tokens: texts.flatMap(({ tokens }) => tokens) }, tokenizer) };
}
