import type { Completion } from './complete.ts';
import type { AnswerMeta } from './response.ts';
import type { FinishReason, Usage } from './wire.ts';

/** A delta that carries part of an answer, and the tokens that were spent on it. */
export interface PieceDelta {
  readonly delta: object;
  readonly tokens: number;
}

/** The deltas between the first, which names the role, and the last, which is empty (as captured live, 2024-11). */
export function pieceDeltas({ content, call }: Completion): PieceDelta[] {
  if (!call) return content.map(({ text, tokens }) => ({ delta: { content: text }, tokens }));
  const head = {
    index: 0,
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: '' },
  };
  return [
    { delta: { tool_calls: [head] }, tokens: call.headTokens },
    ...call.arguments.map(({ text, tokens }) => ({
      delta: { tool_calls: [{ index: 0, function: { arguments: text } }] },
      tokens,
    })),
  ];
}

/** Every `chat.completion.chunk` of an answer in order, keys as on the wire, without the padding. */
export function* streamChunks(
  completion: Completion,
  pieces: readonly PieceDelta[],
  meta: AnswerMeta,
  includeUsage: boolean,
): Generator<object> {
  const role = completion.call
    ? { role: 'assistant', content: null }
    : { role: 'assistant', content: '', refusal: null };
  // Only a request that asks for usage sees the key, as null until the last chunk.
  const noUsage = includeUsage ? { usage: null } : {};
  yield chunk(meta, [choice(role, null)], noUsage);
  for (const { delta } of pieces) yield chunk(meta, [choice(delta, null)], noUsage);
  yield chunk(meta, [choice({}, completion.finishReason)], noUsage);
  if (includeUsage) yield chunk(meta, [], { usage: completion.usage });
}

const choice = (delta: object, finishReason: FinishReason | null) => ({
  index: 0,
  delta,
  logprobs: null,
  finish_reason: finishReason,
});

const chunk = (meta: AnswerMeta, choices: readonly object[], usage: { usage?: Usage | null }): object => ({
  id: meta.id,
  object: 'chat.completion.chunk',
  created: meta.created,
  model: meta.model,
  service_tier: 'default',
  system_fingerprint: meta.fingerprint,
  choices,
  ...usage,
});
