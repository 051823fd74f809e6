import type { Answer } from '../model/answer.ts';
import type { Part } from '../model/generate.ts';
import type { Call } from '../model/tool-calls.ts';
import type { FinishReason, Usage } from '../wire.ts';
import { type Logprobs, logprobsOf } from './logprobs.ts';
import { type AnswerMeta, callObject, noModeration } from './meta.ts';

/** Makes the objects of a stream, keys in the order of the wire (as captured live, 2024-09 to 2026-09). */
export interface ChunkMaker {
  /** The first one of a choice, which names the role; null where it waits for the first call. */
  readonly role: (index: number, answer: Answer) => object | null;
  /** Those that bring a part. */
  readonly part: (index: number, part: Part) => readonly object[];
  /** The last one of a choice, which is empty and says why it ended. */
  readonly finish: (index: number, reason: FinishReason) => readonly object[];
  /** The very last, where usage was asked for; it has no choices. */
  readonly usage: (usage: Usage) => object;
}

export function chunkMaker(meta: AnswerMeta, includesUsage: boolean): ChunkMaker {
  /** How many calls each choice will make that has not named its role yet. */
  const waiting = new Map<number, number>();
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
    logprobs: Logprobs | null = null,
    reason: FinishReason | null = null,
  ) =>
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

  /** The role of a choice that calls: together with its only call, or before several. */
  function firstCall(index: number, part: Extract<Part, { kind: 'call' }>): readonly object[] {
    const isOnly = waiting.get(index) === 1;
    waiting.delete(index);
    const role = { role: 'assistant', content: null };
    const named = head(part.call, part.index, meta);
    return isOnly
      ? [one(index, { ...role, ...named, refusal: null })]
      : [one(index, role), one(index, named)];
  }

  return {
    role: (index, answer) => {
      if (answer.kind === 'calls') {
        waiting.set(index, answer.calls.length);
        return null;
      }
      const delta = answer.isRefusal
        ? { role: 'assistant', content: null, refusal: '' }
        : { role: 'assistant', content: '', refusal: null };
      return one(index, delta, meta.hasLogprobs ? emptyLogprobs(answer.isRefusal) : null);
    },
    part: (index, part) => {
      switch (part.kind) {
        case 'text': {
          const logprobs = meta.hasLogprobs ? logprobsOf(part, meta.tokenizer) : null;
          return [one(index, { [part.field]: part.text }, logprobs)];
        }
        case 'call':
          return waiting.has(index)
            ? firstCall(index, part)
            : [one(index, head(part.call, part.index, meta))];
        case 'arguments':
          return [one(index, fragment(part))];
        case 'thought':
          return [];
      }
    },
    finish: (index, reason) => {
      const last = one(index, {}, null, reason);
      // Reasoning took all there was: the answer is empty, as a whole one is.
      return waiting.has(index)
        ? [one(index, { role: 'assistant', content: '', refusal: null }), last]
        : [last];
    },
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
