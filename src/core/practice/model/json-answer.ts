import type { Random } from '../random.ts';
import type { ChatRequest } from '../wire.ts';
import { valueFor } from './value/value-for.ts';

/** An answer that parses as JSON, and fits its schema where it has one. Compact, as models mostly write it. */
export function jsonFor(
  prompt: string,
  { json_schema }: NonNullable<ChatRequest['response_format']>,
  random: Random,
): string {
  // Without a schema the prompt is all there is to go by.
  const schema = json_schema ? (json_schema.schema ?? { type: 'object' }) : schemaOf(prompt);
  return JSON.stringify(valueFor(schema, { prompt, random }));
}

/** An object with the keys that a prompt asks for in quotes or after words such as "with keys"; else one answer. */
function schemaOf(prompt: string): object {
  const listed = /\b(?:keys|fields|properties)\b:?\s+([^.?!\n]+)/i.exec(prompt)?.[1] ?? '';
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
