import { styleText } from 'node:util';

/** What a piece of text means. Meaning never rests on the colour alone: the words say it too. */
export type Meaning = 'title' | 'muted' | 'code' | 'ok' | 'warn' | 'error' | Role;
export type Role = 'system' | 'user' | 'assistant' | 'tool';

export type Paint = (meaning: Meaning, text: string) => string;

// Named colours only, so that the user's own palette holds.
const styles = {
  title: 'bold',
  muted: 'dim',
  code: 'cyan',
  ok: 'green',
  warn: 'yellow',
  error: 'red',
  system: 'red',
  user: 'blue',
  assistant: 'green',
  tool: 'magenta',
} as const satisfies Record<Meaning, string>;

/** Colours for a terminal, or none at all. */
export function createPaint(hasColor: boolean): Paint {
  if (!hasColor) return (_, text) => text;
  return (meaning, text) => (text === '' ? '' : styleText(styles[meaning], text, { validateStream: false }));
}
