import { type Line, lineWidth } from '../../src/components/line.ts';

/** Rows as they are read: the text of each, without the spaces at its end. */
export const shown = (lines: readonly Line[]): string[] =>
  lines.map((spans) =>
    spans
      .map(({ text }) => text)
      .join('')
      .replace(/ +$/, ''),
  );

export const widest = (lines: readonly Line[]): number => Math.max(0, ...lines.map(lineWidth));

/** The styles of a text in some rows: of every span that holds it. */
export const stylesOf = (lines: readonly Line[], text: string): string[] =>
  lines.flat().flatMap((span) => (span.text.includes(text) ? [span.style] : []));

export const boxed = { isPlain: false };
export const plain = { isPlain: true };
