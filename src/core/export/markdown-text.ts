import { visible } from '../visible.ts';

// Untrusted text in Markdown: nothing in it becomes markup, and nothing ends what it stands in.

const longestRun = (text: string, char: string): number =>
  Math.max(0, ...[...text.matchAll(new RegExp(`${char}+`, 'g'))].map(([run]) => run.length));

/** A text as code in a line. */
export function code(text: string): string {
  const line = visible(text).replaceAll('\n', ' ');
  if (line.trim() === '') return '` `';
  const ticks = '`'.repeat(longestRun(line, '`') + 1);
  // The spaces beside the ticks are no part of the code.
  const space = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return ticks + space + line + space + ticks;
}

/** The same in a cell of a table, where a bar would end the cell even in code. */
export const cell = (text: string): string => code(text).replaceAll('|', '\\|');

/** A text as a block of code, in a fence longer than any in it. */
export function fence(text: string, language: 'text' | 'json' | 'http'): string {
  const shown = visible(text).replace(/\n$/, '');
  const ticks = '`'.repeat(Math.max(3, longestRun(shown, '`') + 1));
  return `${ticks}${language}\n${shown}\n${ticks}`;
}

/** A table of cells that are Markdown already; `right` names the columns of numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (right.includes(column) ? '---:' : '---'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
