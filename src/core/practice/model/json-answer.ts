import { isObject, type JsonObject, parseObject } from '../json.ts';
import type { Random } from '../random.ts';
import { type ChatRequest, messageText } from '../wire.ts';
import { valueFor } from './value/value-for.ts';

/**
 * An answer that parses as JSON, and fits its schema where it has one: the one of `response_format`, or one that
 * a message holds, as some libraries put it there. Compact, as models mostly write it.
 */
export function jsonFor({ response_format, messages }: ChatRequest, prompt: string, random: Random): string {
  const given = response_format?.json_schema;
  const schema = given
    ? (given.schema ?? { type: 'object' })
    : (messages.map(messageText).map(schemaIn).find(Boolean) ?? schemaOf(prompt));
  return JSON.stringify(valueFor(schema, { prompt, random }));
}

/** A JSON Schema of an object within a text. */
function schemaIn(text: string): JsonObject | null {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (from < 0 || to < from || text.length > 100_000) return null;
  const value = parseObject(text.slice(from, to + 1));
  return value && isObject(value.properties) ? value : null;
}

/** An object with the keys that a prompt asks for in quotes or after words such as "with keys"; else one answer. */
function schemaOf(prompt: string): object {
  const listed = /\b(?:keys|fields|properties)\b:?\s+([^.:?!\n]+)/i.exec(prompt)?.[1] ?? '';
  const quoted = [...prompt.matchAll(/["'`]([A-Za-z_]\w*)["'`]/g)].map(([, name]) => name!);
  const named = listed.split(/,|\band\b/).flatMap((part) => /^\W*([A-Za-z_]\w*)\W*$/.exec(part)?.[1] ?? []);
  const keys = [...new Set(quoted.length > 0 ? quoted : named)].slice(0, 20);
  if (keys.length === 0) keys.push('answer');
  return {
    type: 'object',
    properties: Object.fromEntries(keys.map((key) => [key, { type: 'string' }])),
    required: keys,
  };
}
