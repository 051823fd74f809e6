import { listOf, recordOf, textOf } from '../json.ts';
import type { ChatBody } from '../run/request.ts';
import { factsOf, type ModelFacts } from './models.ts';
import { loadTokenizer } from './tokens.ts';

/** The prompt tokens of a request, by what they are for. `total` is the sum of the others. */
export interface PromptEstimate {
  readonly total: number;
  readonly messages: readonly { readonly tokens: number }[];
  readonly tools: number;
  /** The JSON schema of `response_format`. */
  readonly schema: number;
  /** What opens the reply. */
  readonly frame: number;
  /** Whether all of this is only near: the model is not known to cut its tokens as it is done here. */
  readonly isNear: boolean;
}

/** What is counted beside the words themselves. */
interface Framing {
  readonly message: number;
  /** More for each message of the assistant. */
  readonly answer: number;
  /** Whether the name of the role is counted. */
  readonly hasRole: boolean;
  readonly reply: number;
  /** What stands around the functions, if there are any. */
  readonly functions: number;
}

/**
 * For gpt-4o models the rule of OpenAI's cookbook (How_to_count_tokens_with_tiktoken), which ten recorded pairs
 * confirm; for the gpt-5 family one inferred from recorded pairs (2025-08). Elsewhere the first is a guess.
 */
const framings: Readonly<Record<ModelFacts['framing'], Framing>> = {
  chatml: { message: 3, answer: 0, hasRole: true, reply: 3, functions: 12 },
  harmony: { message: 4, answer: 2, hasRole: false, reply: 2, functions: 96 },
};

/** A tool call counts so much beside its name and arguments; inferred from one recorded pair. */
const callFrame = 9;

/**
 * Estimates the prompt tokens of a request, whatever its fields hold: what is no text counts nothing, and so do
 * pictures and sound.
 */
export async function estimatePrompt(body: ChatBody): Promise<PromptEstimate> {
  const tokenizer = await loadTokenizer();
  const count: Count = (value) => tokenizer.count(textOf(value) ?? '');
  const facts = factsOf(String(body.model));
  const rule = framings[facts?.framing ?? 'chatml'];
  const messages = listOf(body.messages).map((message) => ({ tokens: countMessage(count, rule, message) }));
  const functions = [...listOf(body.tools).map(definitionOf), ...listOf(body.functions)];
  const tools =
    functions.length === 0 ? 0 : sum(functions, (one) => countFunction(count, one), rule.functions);
  const { type, json_schema } = recordOf(body.response_format);
  // In which form the schema is put before the prompt is not documented: it is counted as its text.
  const schema = type === 'json_schema' ? count(JSON.stringify(json_schema)) : 0;
  const frame = rule.reply;
  return {
    total: sum(messages, ({ tokens }) => tokens, tools + schema + frame),
    messages,
    tools,
    schema,
    frame,
    isNear: facts?.encoding !== 'o200k_base',
  };
}

/** Counts the tokens of a text; what is none has none. */
type Count = (value: unknown) => number;

function countMessage(count: Count, rule: Framing, message: unknown): number {
  const { role, content, refusal, name, tool_calls, function_call } = recordOf(message);
  const calls = [...listOf(tool_calls).map(definitionOf), ...(function_call ? [function_call] : [])];
  const own =
    rule.message +
    (role === 'assistant' ? rule.answer : 0) +
    (rule.hasRole ? count(role) : 0) +
    count(contentText(content)) +
    count(refusal) +
    (name ? count(name) + 1 : 0);
  return sum(calls, (call) => countCall(count, call), own);
}

/** The text of a message's content: its text parts joined, if it is a list. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  return listOf(content)
    .map((part) => textOf(recordOf(part).text ?? recordOf(part).refusal) ?? '')
    .join('');
}

function countCall(count: Count, call: unknown): number {
  const { name, arguments: args, input } = recordOf(call);
  return callFrame + count(name) + count(args ?? input);
}

/** What a tool or a call wraps. */
function definitionOf(tool: unknown): unknown {
  const { type, custom, function: called } = recordOf(tool);
  return type === 'custom' ? custom : called;
}

/** The cookbook's rule for function definitions: each property is a line of its own. */
function countFunction(count: Count, definition: unknown): number {
  const { name, description, parameters } = recordOf(definition);
  const properties = Object.entries(recordOf(recordOf(parameters).properties));
  const own = 7 + count(`${textOf(name) ?? ''}:${withoutPeriod(description)}`);
  if (properties.length === 0) return own;
  return sum(properties, ([key, property]) => countProperty(count, key, property), own + 3);
}

function countProperty(count: Count, key: string, property: unknown): number {
  const { type, description, enum: values } = recordOf(property);
  const line = 3 + count(`${key}:${textOf(type) ?? ''}:${withoutPeriod(description)}`);
  if (!Array.isArray(values)) return line;
  const written = (item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item));
  return sum(values, (item) => 3 + count(written(item)), line - 3);
}

const withoutPeriod = (value: unknown): string => (textOf(value) ?? '').replace(/\.$/, '');

function sum<T>(items: readonly T[], of: (item: T) => number, start: number): number {
  return items.reduce((total, item) => total + of(item), start);
}

/** One token of a text. */
export interface TokenPiece {
  readonly id: number;
  /**
   * The characters that this token completes, '' if it ends inside its first one. The texts of all pieces joined
   * are the whole text.
   */
  readonly text: string;
  /** The bytes, for tokens that are not whole characters. */
  readonly bytes: Uint8Array;
}

/** A text cut into its tokens. Half of a surrogate pair comes out as U+FFFD. */
export async function tokenPieces(text: string): Promise<readonly TokenPiece[]> {
  const tokenizer = await loadTokenizer();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return tokenizer.encode(text).map((id) => {
    const bytes = tokenizer.bytes(id);
    return { id, text: decoder.decode(bytes, { stream: true }), bytes };
  });
}
