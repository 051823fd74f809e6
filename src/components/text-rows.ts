import { shownGraphemes } from './shown-grapheme.ts';

/**
 * A row of a wrapped text, in UTF-16 offsets. The line feed or the space at which a row ends is not part of it, but
 * a cursor before that is on this row: every offset is on exactly one row.
 */
export interface TextRow {
  readonly start: number;
  readonly end: number;
}

/** The rows of a text from the start of one of them on. */
export function* wrapFrom(text: string, from: number, room: number): Generator<TextRow> {
  let start = from;
  for (;;) {
    const feed = text.indexOf('\n', start);
    yield* wrapLine(text, { start, end: feed < 0 ? text.length : feed }, room);
    if (feed < 0) return;
    start = feed + 1;
  }
}

/** The rows, at most `room` cells wide, of one line of a text: wrapped at spaces and tabs, longer words broken. */
function* wrapLine(text: string, whole: TextRow, room: number): Generator<TextRow> {
  let { start } = whole;
  let used = 0;
  /** The last space at which this row may end, and the cells of the row up to behind it. */
  let space: (TextRow & { readonly used: number }) | null = null;
  for (const grapheme of shownGraphemes(text, whole, room)) {
    const isSpace = grapheme.shown === ' ' || text[grapheme.start] === '\t';
    if (isSpace && used + grapheme.cells > room) {
      yield { start, end: grapheme.start };
      start = grapheme.end;
      used = 0;
      space = null;
      continue;
    }
    while (used + grapheme.cells > room) {
      const at: TextRow & { readonly used: number } = space ?? {
        start: grapheme.start,
        end: grapheme.start,
        used,
      };
      yield { start, end: at.start };
      start = at.end;
      used -= at.used;
      space = null;
    }
    used += grapheme.cells;
    // A row of nothing but the space before a long word would be no better than the word broken.
    if (isSpace && grapheme.start > start) space = { start: grapheme.start, end: grapheme.end, used };
  }
  yield { start, end: whole.end };
}
