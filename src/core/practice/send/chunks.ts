import type { Answer, Call } from '../model/answer.ts';
import type { Part } from '../model/generate.ts';
import type { FinishReason, Usage } from '../wire.ts';
import { type Logprobs, logprobsOf } from './logprobs.ts';
import { type AnswerMeta, callObject, noModeration } from './meta.ts';

/** Makes the objects of a stream, keys in the order of the wire (as captured live, 2024-11 to 2026-09). */
export interface ChunkMaker {
  /** The first one of a choice, which names the role. */
  readonly role: (index: number, answer: Answer) => object;
  /** One that brings a part; null where there is nothing to see of it. */
  readonly part: (index: number, part: Part) => object | null;
  /** The last one of a choice, which is empty and says why it ended. */
  readonly finish: (index: number, reason: FinishReason) => object;
  /** The very last, where usage was asked for; it has no choices. */
  readonly usage: (usage: Usage) => object;
}

export function chunkMaker(meta: AnswerMeta, includesUsage: boolean): ChunkMaker {
  /** Choices whose only call is named in the same chunk as the role. */
  const merged = new Set<number>();
  const chunk = (choices: readonly object[], usage: Usage | null): object => ({
    id: meta.id,
    object: 'chat.completion.chunk',
    created: meta.created,
    model: meta.model.snapshot,
    service_tier: meta.serviceTier,
    system_fingerprint: meta.fingerprint,
    choices,
    // Only a request that asks for usage sees the key, as null until the last chunk.
    ...(includesUsage && { usage }),
    ...(meta.isModerated && { moderation: null }),
  });
  const one = (
    index: number,
    delta: object,
    logprobs: Logprobs | null,
    reason: FinishReason | null,
  ): object =>
    chunk(
      [
        {
          index,
          delta,
          ...(meta.model.framing === 'chatml' && { logprobs }),
          finish_reason: reason,
        },
      ],
      null,
    );

  return {
    role: (index, answer) => {
      if (answer.kind === 'text') {
        const delta = answer.isRefusal
          ? { role: 'assistant', content: null, refusal: '' }
          : { role: 'assistant', content: '', refusal: null };
        return one(index, delta, meta.hasLogprobs ? emptyLogprobs(answer.isRefusal) : null, null);
      }
      const [call, second] = answer.calls;
      if (!call || second) return one(index, { role: 'assistant', content: null }, null, null);
      merged.add(index);
      return one(
        index,
        { role: 'assistant', content: null, ...head(call, 0, meta), refusal: null },
        null,
        null,
      );
    },
    part: (index, part) => {
      switch (part.kind) {
        case 'text':
          return one(
            index,
            { [part.field]: part.text },
            meta.hasLogprobs ? logprobsOf(part, meta.tokenizer) : null,
            null,
          );
        case 'call':
          return merged.has(index) ? null : one(index, head(part.call, part.index, meta), null, null);
        case 'arguments':
          return one(index, fragment(part), null, null);
        case 'thought':
          return null;
      }
    },
    finish: (index, reason) => one(index, {}, null, reason),
    usage: (usage) => ({ ...chunk([], usage), ...(meta.isModerated && { moderation: noModeration }) }),
  };
}

const emptyLogprobs = (isRefusal = false): Logprobs =>
  isRefusal ? { content: null, refusal: [] } : { content: [], refusal: null };

/** What names a call: its id, type and name come once. */
function head(call: Call, index: number, { callId }: AnswerMeta): object {
  if (call.type === 'legacy') return { function_call: { name: call.name, arguments: '' } };
  return { tool_calls: [{ index, ...callObject(call, callId(), '') }] };
}

function fragment({ index, text, type }: Extract<Part, { kind: 'arguments' }>): object {
  if (type === 'legacy') return { function_call: { arguments: text } };
  return {
    tool_calls: [
      { index, ...(type === 'custom' ? { custom: { input: text } } : { function: { arguments: text } }) },
    ],
  };
}
