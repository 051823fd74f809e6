import { graphemes } from '../core/graphemes.ts';
import stringWidth from './string-width.ts';
import type { Style } from './theme.ts';

/** A piece of a line in one style. Its text is safe to show: untrusted text went through `visible` before. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One row of the screen, left to right. */
export type Line = readonly Span[];

/** A line feed in a server's word is shown: obeyed, it would push the rest of the screen down. */
const oneRow = (text: string): string => (text.includes('\n') ? text.replaceAll('\n', '␊') : text);

export const span = (text: string, style: Style = 'text'): Span => ({ text: oneRow(text), style });
export const line = (text: string, style: Style = 'text'): Line => (text === '' ? [] : [span(text, style)]);
export const blank: Line = [];

const ascii = /^[\x20-\x7e]*$/;

/** The cells that a text takes on screen. */
export const cellWidth = (text: string): number => stringWidth(oneRow(text));

export const lineWidth = (spans: Line): number => spans.reduce((sum, { text }) => sum + cellWidth(text), 0);

/** The longest beginning of a text that fits into `width` cells. */
export function cutText(text: string, width: number): string {
  if (ascii.test(text)) return text.slice(0, Math.max(0, width));
  let used = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += cellWidth(segment);
    if (used > width) return text.slice(0, index);
  }
  return text;
}

/** A text in at most `width` cells, with an ellipsis where something is missing. */
export const clip = (text: string, width: number): string =>
  cellWidth(text) <= width ? text : width < 1 ? '' : `${cutText(text, width - 1)}…`;

/** The same with the beginning left out: the end of a path says most. */
export const clipStart = (text: string, width: number): string => leaveOut(text, width, 0);

/** The same with what is missing left out of its middle: where the end of a name tells it from others. */
export const clipMiddle = (text: string, width: number): string =>
  leaveOut(text, width, Math.floor((width - 1) * 0.4));

function leaveOut(text: string, width: number, headCells: number): string {
  if (cellWidth(text) <= width) return text;
  if (width < 1) return '';
  const head = cutText(text, headCells);
  let left = width - 1 - cellWidth(head);
  let from = text.length;
  for (const { segment, index } of [...graphemes.segment(text)].reverse()) {
    left -= cellWidth(segment);
    if (left < 0) break;
    from = index;
  }
  return `${head}…${text.slice(from)}`;
}

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - cellWidth(text)));
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - cellWidth(text))) + text;

/** A line in exactly `width` cells: clipped with an ellipsis, or filled with spaces. */
export function fitLine(spans: Line, width: number): Line {
  const used = lineWidth(spans);
  if (used === width) return spans;
  if (used < width) return [...spans, span(' '.repeat(width - used))];
  const fitted: Span[] = [];
  let left = width - 1;
  for (const { text, style } of spans) {
    const cut = cutText(text, left);
    fitted.push(span(cut, style));
    left -= cellWidth(cut);
    if (cut !== text) break;
  }
  return width < 1 ? [] : [...fitted, span('…', 'muted'), span(' '.repeat(Math.max(0, left)))];
}

/** The same line in as few spans as its styles allow. */
export function mergeSpans(spans: readonly Span[]): Line {
  const merged: Span[] = [];
  for (const piece of spans) {
    const last = merged.at(-1);
    if (last?.style === piece.style) merged[merged.length - 1] = span(last.text + piece.text, last.style);
    else if (piece.text) merged.push(piece);
  }
  return merged;
}

/** A line in at most `width` cells; spaces at its end are no text to miss. */
export function within(spans: Line, width: number): Line {
  if (lineWidth(spans) <= width) return spans;
  const last = spans.at(-1)!;
  const trimmed = [...spans.slice(0, -1), span(last.text.trimEnd(), last.style)];
  return lineWidth(trimmed) <= width ? trimmed : fitLine(trimmed, width);
}

/** Two ends of one line with the space between them; the right end gives way last. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = Math.min(lineWidth(right), width);
  const room = width - rightWidth;
  const gap = rightWidth > 0 && room > 0 ? 1 : 0;
  return [...fitLine(left, room - gap), ...(gap ? [span(' ')] : []), ...fitLine(right, rightWidth)];
}

/** The rows of two columns side by side, `left` in exactly `width` cells. */
export function beside(left: readonly Line[], width: number, divider: Span, right: readonly Line[]): Line[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => [
    ...fitLine(left[row] ?? blank, width),
    divider,
    ...(right[row] ?? blank),
  ]);
}

/** Exactly `rows` lines: cut at the end, or filled with blank ones. */
export const fitRows = (lines: readonly Line[], rows: number): Line[] =>
  Array.from({ length: Math.max(0, rows) }, (_, row) => lines[row] ?? blank);
