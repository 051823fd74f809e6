import { graphemes } from '../core/graphemes.ts';
import { visible } from '../core/visible.ts';
import { cellWidth, clip } from './line.ts';

/** What stands for a grapheme on screen. */
export interface Shown {
  readonly shown: string;
  /** What it takes there: at least 1, so that a cursor on it is seen. */
  readonly cells: number;
}

/** A grapheme of a text, by its UTF-16 offsets. */
export interface ShownGrapheme extends Shown {
  readonly start: number;
  readonly end: number;
}

const printableAscii = /^[\x20-\x7e]*$/;

/** The graphemes of a text between two boundaries, each shown in at most `room` cells. */
export function* shownGraphemes(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
  room: number,
): Generator<ShownGrapheme> {
  const part = text.slice(start, end);
  if (printableAscii.test(part)) {
    for (let at = start; at < end; at++) yield { start: at, end: at + 1, shown: text[at]!, cells: 1 };
    return;
  }
  for (const { segment, index } of graphemes.segment(part)) {
    const at = start + index;
    yield { start: at, end: at + segment.length, ...fitted(lookOf(segment), room) };
  }
}

const fitted = (look: Shown, room: number): Shown =>
  look.cells <= room ? look : shownAs(clip(look.shown, room));

const shownAs = (shown: string): Shown => ({ shown, cells: cellWidth(shown) });

/** To find it out anew for each character of a long text would be felt at every key. */
const looks = new Map<string, Shown>();

function lookOf(grapheme: string): Shown {
  let look = looks.get(grapheme);
  if (!look) {
    // Behind a space, a joiner that joins nothing is not taken for part of an emoji, and is seen.
    const safe = visible(` ${grapheme}`).slice(1).replace('\n', '⏎');
    look = shownAs(cellWidth(safe) > 0 ? safe : `◌${safe}`);
    if (looks.size >= 5000) looks.clear();
    looks.set(grapheme, look);
  }
  return look;
}

export const cellsOf = (all: readonly Shown[]): number => all.reduce((sum, { cells }) => sum + cells, 0);

const behindText: Shown = { shown: ' ', cells: 1 };

/** What is before, under and after a cursor; behind the last grapheme a space is under it. Null is no cursor. */
export function aroundCursor(
  all: readonly ShownGrapheme[],
  cursor: number | null,
): { readonly before: readonly Shown[]; readonly under: readonly Shown[]; readonly after: readonly Shown[] } {
  if (cursor === null) return { before: [], under: [], after: all };
  const found = all.findIndex(({ end }) => cursor < end);
  const at = found < 0 ? all.length : found;
  return { before: all.slice(0, at), under: [all[at] ?? behindText], after: all.slice(at + 1) };
}
