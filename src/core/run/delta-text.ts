import { quote, visible } from '../visible.ts';
import { type ChoiceReading, readAnswer, readChoices } from './reading.ts';

/** What is new in a chunk, in a few words: text in quotes, and what the special chunks say. Safe to show. */
export function deltaText(chunk: unknown): string {
  const { choices, choice, usage } = readAnswer(chunk);
  if (choices === 0) return usage ? 'no choices, only usage' : '(no choices)';
  if (choices === 1 && choice === 0) return newIn(readAnswer(chunk));
  return readChoices(chunk)
    .map((reading) => `choice ${reading.choice}: ${newIn(reading)}`)
    .join(' · ');
}

function newIn({ role, content, refusal, toolCalls }: ChoiceReading): string {
  const parts = [
    role ? `role: ${visible(role)}` : null,
    ...toolCalls.map(({ name, args }) => `tool_call ${name ? `${visible(name)} ` : ''}${quote(args)}`),
    refusal === null ? null : `refusal: ${quote(refusal)}`,
    content === null ? null : quote(content),
  ];
  return parts.filter((part) => part !== null).join(', ') || '(nothing)';
}
