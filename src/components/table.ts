import type { LessonTable } from '../core/lessons/types.ts';
import { cellWidth, type Line, padEnd, span } from './line.ts';
import { wrapParagraph } from './wrap.ts';

/** A table of lesson text in columns as wide as their content; the last column wraps. */
export function tableLines({ head, rows }: LessonTable, width: number): Line[] {
  const widths = head
    .slice(0, -1)
    .map((_, column) =>
      Math.max(...[head, ...rows].map((row) => cellWidth((row[column] ?? '').replaceAll('`', '')))),
    );
  const before = widths.reduce((sum, each) => sum + each + 2, 0);
  const draw = (row: readonly string[], isHead: boolean): Line[] => {
    const style = isHead ? 'muted' : 'text';
    const cells = widths.map((each, column) => {
      const text = row[column] ?? '';
      return span(padEnd(text.replaceAll('`', ''), each + 2), text.includes('`') ? 'accent' : style);
    });
    const wrapped = wrapParagraph(row.at(-1) ?? '', width - before, style);
    return wrapped.map((text, index) => [...(index === 0 ? cells : [span(' '.repeat(before))]), ...text]);
  };
  return [...draw(head, true), ...rows.flatMap((row) => draw(row, false))];
}
