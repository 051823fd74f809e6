import type { CompletionUsage } from 'openai/resources/completions';

/** A tool call, or in a stream a piece of one. */
export interface ToolCallPart {
  readonly index: number;
  readonly name: string;
  readonly args: string;
}

/** What a chunk, or a whole response, says. Text is empty and the rest null where it says nothing. */
export interface Reading {
  readonly model: string | null;
  /** How many choices there are; what follows is of the first one. */
  readonly choices: number;
  readonly role: string | null;
  readonly content: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCallPart[];
  readonly finishReason: string | null;
  readonly usage: CompletionUsage | null;
}

/**
 * Reads a chunk (`choices[].delta`) or a response (`choices[].message`) as it came from a server, which may send
 * anything: a field of another type than the protocol's counts as not sent.
 */
export function readAnswer(value: unknown): Reading {
  const answer = recordOf(value);
  const choices = listOf(answer.choices);
  const choice = recordOf(choices[0]);
  const message = recordOf(choice.delta ?? choice.message);
  return {
    model: textOf(answer.model),
    choices: choices.length,
    role: textOf(message.role),
    content: textOf(message.content),
    refusal: textOf(message.refusal),
    toolCalls: message.tool_calls ? listOf(message.tool_calls).map(readToolCall) : noCalls,
    finishReason: textOf(choice.finish_reason),
    usage: readUsage(answer.usage),
  };
}

const noCalls: readonly ToolCallPart[] = [];

function readToolCall(value: unknown, place: number): ToolCallPart {
  const call = recordOf(value);
  const { name, arguments: args } = recordOf(call.function);
  const given = Number(call.index);
  // At most 128 tools can be offered: a larger place would only be a long empty list.
  const index = Number.isInteger(given) && given >= 0 && given < 128 ? given : place;
  return { index, name: textOf(name) ?? '', args: textOf(args) ?? '' };
}

function readUsage(value: unknown): CompletionUsage | null {
  if (!value) return null;
  const usage = recordOf(value);
  const counts = [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens];
  return counts.every((count) => Number.isSafeInteger(count) && Number(count) >= 0)
    ? (usage as unknown as CompletionUsage)
    : null;
}

const empty: Readonly<Record<string, unknown>> = {};

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : empty;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
