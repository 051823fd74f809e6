import { Box, Text } from 'ink';
import { createContext, memo, type ReactNode, use } from 'react';
import type { Line } from './line.ts';
import { lookOf } from './theme.ts';

/** Whether colour may be used at all. */
export const ColorContext = createContext(true);

/** Rows of the screen, drawn as they are. */
export function Lines({ lines }: { readonly lines: readonly Line[] }): ReactNode {
  return (
    <Box flexDirection="column">
      {lines.map((content, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place
        <Row key={row} content={content} />
      ))}
    </Box>
  );
}

const Row = memo(function Row({ content }: { readonly content: Line }): ReactNode {
  const hasColor = use(ColorContext);
  if (content.length === 0) return <Text> </Text>;
  return (
    <Text wrap="truncate">
      {content.map(({ text, style }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the line
        <Text key={index} {...lookOf(style, hasColor)}>
          {text}
        </Text>
      ))}
    </Text>
  );
}, sameLine);

function sameLine(before: { readonly content: Line }, after: { readonly content: Line }): boolean {
  const a = before.content;
  const b = after.content;
  return (
    a === b ||
    (a.length === b.length && a.every(({ text, style }, i) => text === b[i]!.text && style === b[i]!.style))
  );
}
