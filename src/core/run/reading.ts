import type { CompletionUsage } from 'openai/resources/completions';
import { listOf, recordOf, textOf } from '../json.ts';

/** A tool call, or in a stream a piece of one. */
export interface ToolCallPart {
  readonly index: number;
  readonly id: string;
  /** `function` or `custom`; null where it is not said, as in all pieces of a call but the first. */
  readonly type: string | null;
  readonly name: string;
  /** The arguments of a function, the input of a custom tool. */
  readonly args: string;
}

/** What one choice of a chunk or of a response says. Null where it says nothing. */
export interface ChoiceReading {
  /** Which choice it is (`index`), from 0; a request with `n` gets several. */
  readonly choice: number;
  readonly role: string | null;
  readonly content: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCallPart[];
  /** What a server adds to the protocol where it says nothing else, such as `reasoning_content`. */
  readonly aside: { readonly name: string; readonly text: string } | null;
  readonly finishReason: string | null;
}

/** What a chunk, or a whole response, says. Null where it says nothing. */
export interface Reading {
  readonly model: string | null;
  readonly choices: readonly ChoiceReading[];
  readonly usage: CompletionUsage | null;
}

/** The same of the first choice alone, for those that tell of one. */
export interface FirstReading extends ChoiceReading {
  readonly model: string | null;
  /** How many choices there are. */
  readonly choices: number;
  readonly usage: CompletionUsage | null;
}

/**
 * Reads a chunk (`choices[].delta`) or a response (`choices[].message`) as it came from a server, which may send
 * anything: a field of another type than the protocol's counts as not sent.
 */
export function read(value: unknown): Reading {
  const answer = recordOf(value);
  return {
    model: textOf(answer.model),
    choices: listOf(answer.choices).map(readChoice),
    usage: readUsage(answer.usage),
  };
}

/** What of a reading is of the first choice. */
export const firstOf = ({ model, choices, usage }: Reading): FirstReading => ({
  ...(choices[0] ?? nothingSaid),
  model,
  choices: choices.length,
  usage,
});

/** Reads the first choice of a chunk or of a response. */
export const readAnswer = (value: unknown): FirstReading => firstOf(read(value));

/** Reads each choice of a chunk or of a response. */
export const readChoices = (value: unknown): readonly ChoiceReading[] => read(value).choices;

function readChoice(value: unknown, place: number): ChoiceReading {
  const choice = recordOf(value);
  const message = recordOf(choice.delta ?? choice.message);
  const says = message.content || message.role || message.refusal || message.tool_calls;
  return {
    choice: indexOf(choice.index, place),
    role: textOf(message.role),
    content: textOf(message.content),
    refusal: textOf(message.refusal),
    toolCalls: message.tool_calls ? listOf(message.tool_calls).map(readToolCall) : noCalls,
    aside: says ? null : asideOf(message),
    finishReason: textOf(choice.finish_reason),
  };
}

const spoken = new Set(['content', 'role', 'refusal', 'tool_calls']);

function asideOf(message: Readonly<Record<string, unknown>>): ChoiceReading['aside'] {
  for (const [name, text] of Object.entries(message)) {
    if (typeof text === 'string' && text !== '' && !spoken.has(name)) return { name, text };
  }
  return null;
}

const noCalls: readonly ToolCallPart[] = [];
const nothingSaid = readChoice(undefined, 0);

function readToolCall(value: unknown, place: number): ToolCallPart {
  const call = recordOf(value);
  const { name, arguments: args, input } = recordOf(call.custom ?? call.function);
  return {
    index: indexOf(call.index, place),
    id: textOf(call.id) ?? '',
    type: textOf(call.type) ?? (call.custom ? 'custom' : null),
    name: textOf(name) ?? '',
    args: textOf(args ?? input) ?? '',
  };
}

/**
 * A call with its next piece. Only its arguments come bit by bit: an id, a type or a name is said whole, also where a
 * server says it again with every piece, and an empty one says nothing (as the SDK adds them up).
 */
export const joinCall = (before: ToolCallPart | undefined, part: ToolCallPart): ToolCallPart =>
  before
    ? {
        index: part.index,
        id: part.id || before.id,
        type: part.type || before.type,
        name: part.name || before.name,
        args: before.args + part.args,
      }
    : part;

/** At most 128 choices, and as many tools, can be asked for: a larger index would only be a long empty list. */
function indexOf(value: unknown, place: number): number {
  const given = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  return Number.isInteger(given) && given >= 0 && given < 128 ? given : Math.min(place, 127);
}

function readUsage(value: unknown): CompletionUsage | null {
  if (!value) return null;
  const usage = recordOf(value);
  const counts = [usage.prompt_tokens, usage.completion_tokens, usage.total_tokens];
  return counts.every((count) => Number.isSafeInteger(count) && Number(count) >= 0)
    ? (usage as unknown as CompletionUsage)
    : null;
}
