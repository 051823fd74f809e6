import { quote, visible } from '../visible.ts';
import type { ChoiceReading, Reading } from './reading.ts';

/** A delta is a few characters. One that is a whole book is cut here, before it is copied to be made safe. */
const longest = 2000;

const shortened = (text: string): string =>
  text.length > longest
    ? `${quote(text.slice(0, longest).replace(/[\ud800-\udbff]$/, ''))}… (${text.length} characters)`
    : quote(text);

/**
 * What is new in a chunk, in a few words: text in quotes, and what the special chunks say. Safe to show. Of a very long
 * text it is the beginning.
 */
export function deltaOf({ choices, usage }: Reading): string {
  const [first, ...others] = choices;
  if (!first) return usage ? 'usage, no choices' : '(no choices)';
  if (others.length === 0 && first.choice === 0) return newIn(first);
  return choices.map((choice) => `choice ${choice.choice}: ${newIn(choice)}`).join(' · ');
}

function newIn({ role, content, refusal, toolCalls, aside }: ChoiceReading): string {
  const parts = [
    role ? `role: ${visible(role)}` : null,
    ...toolCalls.map(({ name, args }) => `tool_call ${name ? `${visible(name)} ` : ''}${shortened(args)}`),
    refusal === null ? null : `refusal: ${shortened(refusal)}`,
    aside ? `${visible(aside.name)}: ${shortened(aside.text)}` : content === null ? null : shortened(content),
  ];
  return parts.filter((part) => part !== null).join(', ') || '(nothing)';
}
