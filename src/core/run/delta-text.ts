import { quote, visible } from '../visible.ts';
import { readAnswer } from './reading.ts';

/** What is new in a chunk, in a few words: text in quotes, and what the special chunks say. Safe to show. */
export function deltaText(chunk: unknown): string {
  const { choices, role, content, refusal, toolCalls, usage } = readAnswer(chunk);
  if (choices === 0) return usage ? 'no choices, only usage' : '(no choices)';
  const parts = [
    role ? `role: ${visible(role)}` : null,
    ...toolCalls.map(({ name, args }) => `tool_call ${name ? `${visible(name)} ` : ''}${quote(args)}`),
    refusal === null ? null : `refusal: ${quote(refusal)}`,
    content === null ? null : quote(content),
  ];
  return parts.filter((part) => part !== null).join(', ') || '(nothing)';
}
