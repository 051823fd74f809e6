import { cellWidth, clip, fitLine, type Line, line, span } from './line.ts';

/** What the drawing of a frame depends on, besides its size. */
export interface Look {
  /** Words instead of frames, bars and columns of dots: for screen readers. */
  readonly isPlain: boolean;
}

/** Lines in a frame of exactly `width` cells with a title in its upper edge. Costs two rows and four columns. */
export function box(title: Line, content: readonly Line[], width: number, look: Look): Line[] {
  if (look.isPlain) return [title, ...content];
  const inner = width - 4;
  const label = title.map(({ text, style }) => span(clip(text, inner), style));
  const labelWidth = label.reduce((sum, { text }) => sum + cellWidth(text), 0);
  return [
    [span('╭ ', 'muted'), ...label, span(` ${'─'.repeat(Math.max(0, width - labelWidth - 4))}╮`, 'muted')],
    ...content.map((row) => [span('│ ', 'muted'), ...fitLine(row, inner), span(' │', 'muted')]),
    line(`╰${'─'.repeat(Math.max(0, width - 2))}╯`, 'muted'),
  ];
}

export const rule = (width: number, look: Look): Line =>
  look.isPlain ? [] : line('─'.repeat(width), 'muted');
