import type { FunctionDefinition, ParameterSchema, Tool, ToolChoice } from './wire.ts';

export interface FunctionCall {
  readonly name: string;
  /** JSON text, as the API sends it. */
  readonly arguments: string;
}

/** The call that a prompt asks for, or null if none of the functions has to do with it. */
export function callFor(prompt: string, tools: readonly Tool[], choice: ToolChoice): FunctionCall | null {
  if (choice === 'none') return null;
  const functions = tools.flatMap((tool) => tool.function ?? []);
  const named = typeof choice === 'object' ? choice.function?.name : undefined;
  const chosen = named
    ? functions.find(({ name }) => name === named)
    : (functions.find((definition) => isAbout(prompt, definition)) ??
      (choice === 'required' ? functions[0] : undefined));
  if (!chosen) return null;
  return { name: chosen.name, arguments: JSON.stringify(madeUp(prompt, chosen.parameters ?? {})) };
}

/** Words that tell nothing of what a function is about. */
const emptyWords = new Set(
  'about current fetch find function from given make returns right should their there these this using what which with'.split(
    ' ',
  ),
);

/** A prompt asks for what a function does if it shares a telling word with its name or description. */
function isAbout(prompt: string, { name, description = '' }: FunctionDefinition): boolean {
  const asked = new Set(words(prompt));
  const telling = [...words(name), ...words(description).filter((word) => word.length > 4)];
  return telling.some((word) => !emptyWords.has(word) && asked.has(word));
}

const words = (text: string): string[] =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length > 3);

/** A value that fits a schema, taken from the prompt where it holds one. */
function madeUp(prompt: string, schema: ParameterSchema): unknown {
  if (schema.enum) {
    const mentioned = schema.enum.find((item) => prompt.toLowerCase().includes(String(item).toLowerCase()));
    return mentioned ?? schema.enum[0];
  }
  if (schema.default !== undefined) return schema.default;
  switch (typeof schema.type === 'string' ? schema.type : (schema.type?.[0] ?? 'object')) {
    case 'string':
      return properNoun(prompt) ?? prompt;
    case 'number':
      return Number(/-?\d+(?:\.\d+)?/.exec(prompt)?.[0] ?? 1);
    case 'integer':
      return Number(/-?\d+/.exec(prompt)?.[0] ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return [madeUp(prompt, schema.items ?? { type: 'string' })];
    default:
      return madeUpObject(prompt, schema);
  }
}

/** Required properties only; all of them where none is marked as required. */
function madeUpObject(prompt: string, { properties = {}, required }: ParameterSchema): unknown {
  const names = required ?? Object.keys(properties);
  return Object.fromEntries(
    names.map((name) => [name, madeUp(prompt, properties[name] ?? { type: 'string' })]),
  );
}

/** The last run of capitalised words that does not begin the prompt, such as a city. */
const properNoun = (prompt: string): string | undefined =>
  prompt.match(/(?<=\s)\p{Lu}[\p{L}'-]*(?:\s+\p{Lu}[\p{L}'-]*)*/gu)?.at(-1);
