import type { Completion } from './complete.ts';
import type { Piece } from './tokens.ts';

/** What every object of one answer says of itself. */
export interface AnswerMeta {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  /** The dated model name. */
  readonly model: string;
  readonly fingerprint: string;
}

/** The `chat.completion` object, keys in the order of the wire (as captured live, 2024-11 and 2025-08). */
export function completionObject({ content, call, finishReason, usage }: Completion, meta: AnswerMeta) {
  const toolCalls = call && [
    { id: call.id, type: 'function', function: { name: call.name, arguments: join(call.arguments) } },
  ];
  return {
    id: meta.id,
    object: 'chat.completion',
    created: meta.created,
    model: meta.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: call ? null : join(content),
          ...(toolCalls && { tool_calls: toolCalls }),
          refusal: null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage,
    service_tier: 'default',
    system_fingerprint: meta.fingerprint,
  };
}

const join = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');
