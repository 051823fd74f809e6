import { recordOf } from '../json.ts';
import { mapTexts } from './chunk-texts.ts';
import type { RunEventOf } from './events.ts';

type Chunk = RunEventOf<'chunk'>;

/** As many characters as a mask shows; of a shorter secret a third. Fewer would star what all keys begin with. */
const mostShown = 11;
const shownOf = (secret: string): number => Math.min(mostShown, Math.floor(secret.length / 3));

const starred = new WeakSet<Chunk>();

/** Whether something in a chunk was starred for what came before it. */
export const hasStarredPieces = (row: Chunk): boolean => starred.has(row);

/**
 * Stars what in the texts of a stream goes on as a secret began. Each piece alone is none, and side by side on a screen
 * they would be one; what was shown of it by then is as much as its mask shows.
 *
 * @returns a function to be called with the chunks in their order, and with what is in each where that is at hand; it
 *   gives a chunk back as it is where there is nothing
 */
export function createPieceStars(secrets: readonly string[]): (row: Chunk, chunk?: unknown) => Chunk {
  const known = secrets.filter((secret) => shownOf(secret) > 1);
  const longest = Math.max(0, ...known.map(({ length }) => length - 1));
  const tails = new Map<string, string>();

  const star = (place: string, piece: string): string => {
    const before = tails.get(place) ?? '';
    const text = before + piece;
    tails.set(place, text.slice(Math.max(0, text.length - longest)));
    let shown = piece;
    for (const secret of known) {
      const start = secret.slice(0, shownOf(secret) + 1);
      for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
        let size = start.length;
        while (size < secret.length && text[at + size] === secret[size]) size++;
        const from = Math.max(0, at + start.length - 1 - before.length);
        const to = at + size - before.length;
        if (to > from) shown = shown.slice(0, from) + '*'.repeat(to - from) + shown.slice(to);
      }
    }
    return shown;
  };

  return (row, chunk = row.chunk) => {
    if (known.length === 0) return row;
    const { type, at, step, index } = row;
    const { choices } = recordOf(chunk);
    const kept = mapTexts(choices, String(step), star);
    if (kept === choices) return row;
    const masked = { type, at, step, index, chunk: { ...recordOf(chunk), choices: kept } };
    starred.add(masked);
    return masked;
  };
}
