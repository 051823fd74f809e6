import type { Random } from '../random.ts';
import { type ChatRequest, type Tool, type ToolChoice, type ToolReference, toolName } from '../wire.ts';
import { valueFor } from './value/value-for.ts';
import { wordsOf } from './value/words.ts';

/** A call as it is made; one of the deprecated `functions` is `legacy`. */
export interface Call {
  readonly type: 'function' | 'custom' | 'legacy';
  readonly name: string;
  /** JSON text for a function, free text for a custom tool. */
  readonly arguments: string;
}

interface Callable {
  readonly type: Call['type'];
  readonly name: string;
  readonly description: string;
  /** What the argument text must fit. */
  readonly schema: unknown;
}

/** Nobody needs more to practise on. */
const mostCalls = 8;

/**
 * The calls that a prompt asks for; none if no tool has to do with it, or if tools have answered it already.
 * A tool that a request forces is called all the same.
 */
export function callsFor(
  prompt: string,
  request: ChatRequest,
  isAnswered: boolean,
  random: Random,
): readonly Call[] {
  const { mode, callables } = request.tools ? chosenTools(request) : legacyFunctions(request);
  if (mode === 'none' || callables.length === 0 || (isAnswered && mode === 'auto')) return [];
  const fitting = callables.filter((callable) => isAbout(prompt, callable));
  const wanted = fitting.length > 0 ? fitting : mode === 'required' ? callables.slice(0, 1) : [];
  const isParallel = request.parallel_tool_calls !== false && callables[0]!.type !== 'legacy';
  const calls = wanted.flatMap((callable) =>
    subjects(prompt, callable, isParallel).map((subject) => ({
      type: callable.type,
      name: callable.name,
      arguments: argumentsFor(subject, callable, random),
    })),
  );
  return calls.slice(0, isParallel ? mostCalls : 1);
}

interface Callables {
  readonly mode: 'none' | 'auto' | 'required';
  readonly callables: readonly Callable[];
}

/** What may be called, and whether it must, in each form of `tool_choice`. */
function chosenTools({ tools, tool_choice }: ChatRequest): Callables {
  const callables = (tools ?? []).map(callableOf);
  const choice: ToolChoice = tool_choice ?? 'auto';
  if (typeof choice === 'string') return { mode: choice, callables };
  const allowed = choice.type === 'allowed_tools' ? choice.allowed_tools : null;
  const references = allowed ? allowed.tools : [choice as ToolReference];
  const names = new Set(references.map(toolName));
  return { mode: allowed?.mode ?? 'required', callables: callables.filter(({ name }) => names.has(name)) };
}

function legacyFunctions({ functions, function_call }: ChatRequest): Callables {
  const callables = (functions ?? []).map(({ name, description, parameters }) => ({
    type: 'legacy' as const,
    name,
    description: description ?? '',
    schema: parameters ?? { type: 'object' },
  }));
  const choice = function_call ?? 'auto';
  if (typeof choice === 'string') return { mode: choice, callables };
  return { mode: 'required', callables: callables.filter(({ name }) => name === choice.name) };
}

function callableOf(tool: Tool): Callable {
  if (tool.type === 'function') {
    const { name, description, parameters } = tool.function;
    return {
      type: 'function',
      name,
      description: description ?? '',
      schema: parameters ?? { type: 'object' },
    };
  }
  const { name, description, format } = tool.custom;
  const pattern =
    format?.grammar?.syntax === 'regex' ? { pattern: `^(?:${format.grammar.definition})$` } : {};
  return { type: 'custom', name, description: description ?? '', schema: { type: 'string', ...pattern } };
}

function argumentsFor(subject: string, { type, schema }: Callable, random: Random): string {
  const value = valueFor(schema, { prompt: subject, random });
  return type === 'custom' ? String(value) : JSON.stringify(value);
}

/** Words that tell nothing of what a function is about. */
const emptyWords = new Set(
  wordsOf(
    'about current fetch find function from given make return right should their there these this using what which with',
  ),
);

/** A prompt asks for what a function does if it shares a telling word with its name or description. */
function isAbout(prompt: string, { name, description }: Callable): boolean {
  const asked = new Set(words(prompt));
  const telling = [...words(name), ...words(description).filter((word) => word.length > 4)];
  return telling.some((word) => !emptyWords.has(word) && asked.has(word));
}

const words = (text: string): readonly string[] => wordsOf(text).filter((word) => word.length > 3);

/**
 * The prompt once for each thing that a call of its own is made about: two cities, where a function takes one,
 * are two calls.
 */
function subjects(prompt: string, { schema }: Callable, isParallel: boolean): readonly string[] {
  const names = properNouns(prompt).slice(0, mostCalls);
  if (!isParallel || names.length < 2 || !takesOneText(schema)) return [prompt];
  return names.map((name) =>
    names.filter((other) => other !== name).reduce((text, other) => text.replaceAll(other, ' '), prompt),
  );
}

function takesOneText(schema: unknown): boolean {
  const { properties, required } = Object(schema) as {
    properties?: Record<string, { type?: unknown; enum?: unknown }>;
    required?: readonly string[];
  };
  const names = required ?? Object.keys(properties ?? {});
  const [only] = names.map((name) => properties?.[name]);
  return names.length === 1 && only?.type === 'string' && only.enum === undefined;
}

/** Runs of capitalised words that do not begin the prompt, such as cities. */
const properNouns = (prompt: string): readonly string[] => [
  ...new Set(prompt.match(/(?<=\s)\p{Lu}[\p{L}'-]*(?:[^\S\n]+\p{Lu}[\p{L}'-]*)*/gu)),
];
