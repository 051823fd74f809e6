import { readingOf } from '../run/chunk-in-bytes.ts';
import type { StepRows } from '../run/log.ts';
import type { Reading } from '../run/reading.ts';

/** The text that a chunk adds to an answer. */
export interface Piece {
  readonly text: string;
  /** Where it stands in the chunk. */
  readonly path: readonly (string | number)[];
  /** Which text it goes on with: one of a choice's content, refusal or calls. */
  readonly of: string;
}

/** The first text that a chunk brings; null where it brings none. */
export function pieceOf({ choices }: Reading): Piece | null {
  for (const [place, { choice, content, refusal, toolCalls }] of choices.entries()) {
    const path = ['choices', place, 'delta'];
    if (content) return { text: content, path: [...path, 'content'], of: `${choice} content` };
    if (refusal) return { text: refusal, path: [...path, 'refusal'], of: `${choice} refusal` };
    for (const [at, { index, args }] of toolCalls.entries()) {
      const of = `${choice} call ${index}`;
      if (args) return { text: args, path: [...path, 'tool_calls', at, 'function', 'arguments'], of };
    }
  }
  return null;
}

/** Chunks looked at on each side: other choices and calls may stand between, and a stream may bring nothing at all. */
const farthest = 200;

/** A piece with up to `room` characters of the text before it and behind it; null where the chunk brings no text. */
export function pieceInText(
  chunks: StepRows['chunks'],
  index: number,
  room: number,
): { readonly before: string; readonly text: string; readonly after: string } | null {
  const chunk = chunks[index];
  const piece = chunk ? pieceOf(readingOf(chunk)) : null;
  if (!piece) return null;
  const gather = (step: 1 | -1): string => {
    let text = '';
    for (let at = index + step, left = farthest; left > 0 && text.length < room; at += step, left--) {
      const row = chunks[at];
      if (!row) break;
      const other = pieceOf(readingOf(row));
      if (other?.of === piece.of) text = step > 0 ? text + other.text : other.text + text;
    }
    return step > 0 ? text.slice(0, room) : text.slice(-room);
  };
  return { before: gather(-1), text: piece.text, after: gather(1) };
}
