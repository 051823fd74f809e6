import type { ChatBody } from '../core/run/request.ts';
import { visible } from '../core/visible.ts';
import type { Look } from './box.ts';
import { type Line, padEnd, span } from './line.ts';
import type { Style } from './theme.ts';
import { wrapText } from './wrap.ts';

const styles: Readonly<Record<string, Style>> = {
  system: 'system',
  developer: 'developer',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
};

export const roleStyle = (role: string): Style => styles[role] ?? 'text';

/** The messages of a request, each with its role in the role's colour. */
export function messageLines(messages: ChatBody['messages'], width: number, look: Look): Line[] {
  return messages.flatMap(({ role, ...message }) => {
    const style = roleStyle(role);
    const content = 'content' in message ? message.content : null;
    const text = typeof content === 'string' ? content : JSON.stringify(content ?? null);
    return wrapText(visible(text), width - 12).map(
      (row, index): Line => [
        span(index === 0 ? padEnd(role, 10) : padEnd('', 10), style),
        span(look.isPlain ? '  ' : '▏ ', style),
        ...row,
      ],
    );
  });
}
