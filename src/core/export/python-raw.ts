import type { ChatBody } from '../run/request.ts';
import { fieldsOf, isList, type Json, jsonSyntax, valueLines } from './literal.ts';

/** Python reads at most 200 brackets within one another, and older ones take less. */
const deepest = 64;

/**
 * Why the package's own method cannot send a body, as a comment; null if it can. A body that it cannot send goes
 * as JSON text.
 */
export function whyRaw(body: ChatBody): string | null {
  const sent = fieldsOf(body);
  if (!('model' in sent && 'messages' in sent)) return 'create() wants a model and messages.';
  if (!isWhole(sent)) return 'A Python string with half a character cannot be sent; its JSON can.';
  if (depthOf(sent) > deepest) return 'Python reads no dictionary nested as deep as this.';
  return null;
}

/** The body as JSON, in a raw string: no JSON holds three quotes in a row. */
export const rawBody = (body: ChatBody, width: number): readonly string[] => [
  'body = r"""',
  ...valueLines(body, jsonSyntax, { width, used: width }),
  '"""',
];

/** The arguments of the call that sends `body`. */
export const rawArguments = ({ stream }: ChatBody): readonly string[] => [
  '"/chat/completions",',
  'content=body.encode(),',
  'cast_to=ChatCompletion,',
  ...(stream ? ['stream=True,', 'stream_cls=Stream[ChatCompletionChunk],'] : []),
];

/** The types that the call names. */
export const rawTypes = ({ stream }: ChatBody): readonly string[] =>
  stream ? ['ChatCompletion', 'ChatCompletionChunk'] : ['ChatCompletion'];

/** Whether no text in it, nor any name, has half of a character. */
function isWhole(value: Json): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  if (isList(value)) return value.every(isWhole);
  return Object.entries(value).every(([name, item]) => name.isWellFormed() && isWhole(item));
}

const depthOf = (value: Json): number =>
  value !== null && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
