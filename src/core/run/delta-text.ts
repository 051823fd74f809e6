import { quote, visible } from '../visible.ts';
import type { RunEventOf } from './events.ts';

/** What is new in a chunk, in a few words: text in quotes, and what the special chunks say. Safe to show. */
export function deltaText({ choices, usage }: RunEventOf<'chunk'>['chunk']): string {
  const choice = choices?.[0];
  if (!choice) return usage ? 'no choices, only usage' : '(no choices)';
  const { role, content, refusal, tool_calls: calls } = choice.delta ?? {};
  const parts: string[] = [];
  if (role) parts.push(`role: ${visible(role)}`);
  for (const call of calls ?? []) {
    const name = call.function?.name ? `${visible(call.function.name)} ` : '';
    parts.push(`tool_call ${name}${quote(call.function?.arguments ?? '')}`);
  }
  if (typeof refusal === 'string') parts.push(`refusal: ${quote(refusal)}`);
  if (typeof content === 'string') parts.push(quote(content));
  return parts.join(', ') || '(nothing)';
}
