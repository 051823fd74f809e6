import { base62 } from '../ids.ts';
import { type Random, randomText } from '../random.ts';

export const doneEvent = 'data: [DONE]\n\n';

/** One server-sent event as it goes over the wire: compact JSON, no other lines (as captured live). */
export const sseEvent = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

/**
 * A chunk with its `obfuscation` field: letters and digits that bring the JSON to a length, in characters,
 * of one more than a multiple of 16, so that its size does not betray its text (85 of 85 captured chunks).
 */
export function obfuscated<T extends object>(chunk: T, random: Random): T & { obfuscation: string } {
  const bare = [...JSON.stringify({ ...chunk, obfuscation: '' })].length;
  const length = (17 - (bare % 16)) % 16;
  return { ...chunk, obfuscation: randomText(random, base62, length) };
}
