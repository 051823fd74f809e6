import chalk from 'chalk';
import { Box, Text, Transform, useIsScreenReaderEnabled, useStdout } from 'ink';
import { createContext, type ReactNode, use } from 'react';
import { type Line, mergeSpans, within } from './line.ts';
import { lookOf, type Style, type TextLook } from './theme.ts';

/** Whether colour may be used at all. */
export const ColorContext = createContext(true);

/**
 * Rows of the screen, drawn as they are. To Ink they are one text of so many rows: an element for each span, to be
 * compared, measured and laid out with every chunk of a stream, cost four times as much.
 */
export function Lines({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  const hasColor = use(ColorContext);
  const isRead = useIsScreenReaderEnabled();
  const stdout = useStdout().stdout as NodeJS.WriteStream;
  if (isRead) return <ReadLines lines={lines} />;
  // Asked when it is drawn: just after a terminal has become smaller the rows are still those for the larger one.
  const paintRow = (_: string, row: number) =>
    paint(within(lines[row] ?? [], stdout.columns || Number.MAX_SAFE_INTEGER), hasColor);
  return (
    <Transform transform={paintRow}>
      <Text>{lines.map(() => ' ').join('\n')}</Text>
    </Transform>
  );
}

/** The same for a screen reader, which gets the text alone. */
function ReadLines({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  return (
    <Box flexDirection="column">
      {lines.map((content, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place
        <Text key={row} wrap="truncate">
          {content.map(({ text }) => text).join('') || ' '}
        </Text>
      ))}
    </Box>
  );
}

const paint = (content: Line, hasColor: boolean): string =>
  mergeSpans(content)
    .map(({ text, style }) => {
      const [before, after] = marksOf(style, hasColor);
      return before + text + after;
    })
    .join('');

const marks = new Map<string, readonly [before: string, after: string]>();

/** What stands before and after a text in a style. To have it made for each text was half of what painting took. */
function marksOf(style: Style, hasColor: boolean): readonly [before: string, after: string] {
  const key = `${style} ${hasColor}`;
  let found = marks.get(key);
  if (!found) {
    const [before = '', after = ''] = painted('\0', lookOf(style, hasColor)).split('\0');
    found = [before, after];
    marks.set(key, found);
  }
  return found;
}

function painted(text: string, { color, dimColor, bold, italic, underline, inverse }: TextLook): string {
  let seen = text;
  if (dimColor) seen = chalk.dim(seen);
  if (color) seen = chalk[color](seen);
  if (bold) seen = chalk.bold(seen);
  if (italic) seen = chalk.italic(seen);
  if (underline) seen = chalk.underline(seen);
  return inverse ? chalk.inverse(seen) : seen;
}
