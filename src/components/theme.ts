/** What a piece of text means. Colour follows meaning, and never carries it alone. */
export type Style = keyof typeof theme;

/** Named ANSI colours only, so that the reader's own palette holds. */
export const theme = {
  text: {},
  muted: { dimColor: true },
  strong: { bold: true },
  accent: { color: 'cyan' },
  title: { color: 'cyan', bold: true },
  selected: { inverse: true },
  found: { color: 'yellow', bold: true, underline: true },
  token: { color: 'cyan', inverse: true },
  'token-next': { color: 'magenta', underline: true },
  cursor: { inverse: true },
  ok: { color: 'green' },
  warn: { color: 'yellow' },
  error: { color: 'red' },
  system: { color: 'red' },
  developer: { color: 'red' },
  user: { color: 'blue' },
  assistant: { color: 'green' },
  tool: { color: 'magenta' },
  keyword: { color: 'magenta' },
  string: { color: 'green' },
  number: { color: 'yellow' },
  comment: { dimColor: true, italic: true },
  name: { color: 'cyan' },
} as const satisfies Record<string, TextLook>;

export interface TextLook {
  readonly color?: 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan';
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
  readonly underline?: boolean;
}

/** How a style is drawn; without colour, what is left of it. */
export function lookOf(style: Style, hasColor: boolean): TextLook {
  const look: TextLook = theme[style];
  if (hasColor || !look.color) return look;
  const { color, ...rest } = look;
  return rest;
}
