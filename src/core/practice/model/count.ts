import type { PracticeModel } from '../models.ts';
import type { ChatRequest, FunctionDefinition, Message, ParameterSchema, Tool } from '../wire.ts';
import { messageText } from '../wire.ts';
import type { Tokenizer } from './tokens.ts';

type Count = Tokenizer['count'];

/** What frames a message, beside its own tokens. */
interface Framing {
  readonly perMessage: number;
  /** More for each message of the assistant. */
  readonly perAnswer: number;
  /** Whether the name of the role is a token of its own. */
  readonly hasRole: boolean;
  /** What opens the reply. */
  readonly priming: number;
  /** What stands around the functions, if there are any. */
  readonly functions: number;
}

/**
 * The cookbook's rule for gpt-4o models (confirmed by ten live pairs of 2024 to 2026), and the one inferred
 * for the gpt-5 family from eight pairs of 2025.
 */
const framings: Readonly<Record<PracticeModel['framing'], Framing>> = {
  chatml: { perMessage: 3, perAnswer: 0, hasRole: true, priming: 3, functions: 12 },
  harmony: { perMessage: 4, perAnswer: 2, hasRole: false, priming: 2, functions: 96 },
};

/** The prompt tokens of a request. */
export function countPrompt(
  { count }: Tokenizer,
  framing: PracticeModel['framing'],
  { messages, tools, functions, response_format }: Pick<ChatRequest, 'messages'> & Partial<ChatRequest>,
): number {
  const rule = framings[framing];
  const definitions = [...(tools ?? []).map(definitionOf), ...(functions ?? [])];
  return (
    messages.map((message) => countMessage(count, rule, message)).reduce(sum, rule.priming) +
    countFunctions(count, definitions, rule.functions) +
    // Not documented: the schema is put before the prompt in some form, so it is counted as its text.
    (response_format?.type === 'json_schema' ? count(JSON.stringify(response_format.json_schema)) : 0)
  );
}

function countMessage(count: Count, rule: Framing, message: Message): number {
  const calls = [
    ...(message.tool_calls ?? []).map((call) =>
      call.type === 'custom' ? { name: call.custom.name, arguments: call.custom.input } : call.function,
    ),
    ...(message.function_call ? [message.function_call] : []),
  ];
  return (
    rule.perMessage +
    (message.role === 'assistant' ? rule.perAnswer : 0) +
    (rule.hasRole ? count(message.role) : 0) +
    count(messageText(message)) +
    count(message.refusal ?? '') +
    (message.name ? count(message.name) + 1 : 0) +
    calls.map((call) => callOverhead + count(call.name) + count(call.arguments)).reduce(sum, 0)
  );
}

/** What a call costs beside its name and arguments; inferred from one documented pair, so an estimate. */
const callOverhead = 9;

/** The completion tokens of one call before its arguments. */
export const callHeadTokens = ({ count }: Tokenizer, name: string): number => callOverhead + count(name);

const definitionOf = (tool: Tool): FunctionDefinition =>
  tool.type === 'custom' ? tool.custom : tool.function;

/** The cookbook's rule for function definitions with gpt-4o models. */
function countFunctions(count: Count, functions: readonly FunctionDefinition[], frame: number): number {
  if (functions.length === 0) return 0;
  return functions.map((definition) => countFunction(count, definition)).reduce(sum, frame);
}

function countFunction(count: Count, { name, description, parameters }: FunctionDefinition): number {
  const properties = Object.entries(parameters?.properties ?? {});
  const own = 7 + count(`${name}:${withoutPeriod(description)}`);
  if (properties.length === 0) return own;
  return properties.map(([key, property]) => countProperty(count, key, property)).reduce(sum, own + 3);
}

function countProperty(count: Count, key: string, property: ParameterSchema): number {
  // `true` and `false` are schemas, too.
  const { type, description, enum: values } = Object(property) as ParameterSchema;
  const line = 3 + count(`${key}:${typeof type === 'string' ? type : ''}:${withoutPeriod(description)}`);
  if (!Array.isArray(values)) return line;
  const text = (item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item));
  return values.map((item) => 3 + count(text(item))).reduce(sum, line - 3);
}

const withoutPeriod = (text: unknown): string => (typeof text === 'string' ? text.replace(/\.$/, '') : '');
const sum = (total: number, part: number): number => total + part;
