import type { FunctionDefinition, Message, ParameterSchema, Tool } from './wire.ts';
import { messageText } from './wire.ts';

/** A stretch of text that leaves the model at once: one token, or the few that a character is split into. */
export interface Piece {
  readonly text: string;
  readonly tokens: number;
}

export interface Tokenizer {
  /** The number of tokens of a text. */
  readonly count: (text: string) => number;
  /** The text cut at token boundaries; the pieces joined are the text. */
  readonly pieces: (text: string) => readonly Piece[];
}

let loading: Promise<Tokenizer> | undefined;

/** The o200k_base tokenizer, loaded on the first call: it takes a quarter of a second. */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Tokenizer> {
  const { encode, decode } = await import('gpt-tokenizer/encoding/o200k_base');
  // Without this, user text that holds `<|endoftext|>` throws instead of being counted.
  const asText = { disallowedSpecial: new Set<string>() };
  const ids = (text: string) => encode(text, asText);
  // Its decoder is one long stream, and drops a byte order mark if that is the first thing in it.
  decode(ids('𓀀'));
  return {
    count: (text) => ids(text).length,
    pieces: (text) => {
      // Half of a surrogate pair has no bytes of its own.
      return cut(ids(text.toWellFormed()), decode);
    },
  };
}

/** One token at a time, in order: the decoder holds back a character until its last byte has come. */
function cut(ids: readonly number[], decode: (ids: number[]) => string): Piece[] {
  const pieces: Piece[] = [];
  let held = 0;
  for (const id of ids) {
    held += 1;
    const text = decode([id]);
    if (text === '') continue;
    pieces.push({ text, tokens: held });
    held = 0;
  }
  return pieces;
}

/**
 * The prompt tokens of a request to a gpt-4o model: three a message, its values, one more for a name, and
 * three that open the reply (the cookbook's rule, confirmed by live pairs of 2024 and 2025).
 */
export function countPrompt(
  { count }: Tokenizer,
  messages: readonly Message[],
  tools?: readonly Tool[] | null,
): number {
  const ofMessages = messages.map((message) => {
    const name = message.name ? count(message.name) + 1 : 0;
    const calls = (message.tool_calls ?? []).map((call) => callTokens(count, call.function)).reduce(sum, 0);
    return 3 + count(message.role) + count(messageText(message)) + name + calls;
  });
  return ofMessages.reduce(sum, 3) + countTools(count, tools ?? []);
}

/** What a call costs beside its name and arguments; inferred from one documented pair, so an estimate. */
const callOverhead = 9;

const callTokens = (count: Tokenizer['count'], call: { name: string; arguments: string }): number =>
  callOverhead + count(call.name) + count(call.arguments);

/** The completion tokens of one function call before its arguments. */
export const callHeadTokens = ({ count }: Tokenizer, name: string): number => callOverhead + count(name);

/** The cookbook's rule for function definitions with gpt-4o models. */
function countTools(count: Tokenizer['count'], tools: readonly Tool[]): number {
  const functions = tools.flatMap((tool) => tool.function ?? []);
  if (functions.length === 0) return 0;
  return functions.map((definition) => countFunction(count, definition)).reduce(sum, 12);
}

function countFunction(
  count: Tokenizer['count'],
  { name, description, parameters }: FunctionDefinition,
): number {
  const properties = Object.entries(parameters?.properties ?? {});
  const own = 7 + count(`${name}:${withoutPeriod(description)}`);
  if (properties.length === 0) return own;
  return properties.map(([key, property]) => countProperty(count, key, property)).reduce(sum, own + 3);
}

function countProperty(count: Tokenizer['count'], key: string, property: ParameterSchema): number {
  const line = 3 + count(`${key}:${property.type ?? ''}:${withoutPeriod(property.description)}`);
  if (!property.enum) return line;
  return property.enum.map((item) => 3 + count(String(item))).reduce(sum, line - 3);
}

const withoutPeriod = (text = ''): string => text.replace(/\.$/, '');
const sum = (total: number, part: number): number => total + part;
