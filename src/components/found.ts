import { boundaryAfter, boundaryBefore } from '../core/graphemes.ts';
import type { Line, Span } from './line.ts';

/** Places in a text, in order, in whole characters: half of an emoji would take other cells than it does in it. */
const placesOf = (sought: RegExp, text: string): readonly { start: number; end: number }[] =>
  Array.from(text.matchAll(sought), ({ 0: found, index }) => ({
    start: boundaryBefore(text, index),
    end: boundaryAfter(text, index + found.length),
  }));

/** A line in which each place of what is sought is marked, also one that goes over several spans. */
export function withFound(spans: Line, sought: RegExp | null): Line {
  const places = sought ? placesOf(sought, spans.map(({ text }) => text).join('')) : [];
  if (places.length === 0) return spans;
  let at = 0;
  return spans.flatMap(({ text, style }): readonly Span[] => {
    const from = at;
    at += text.length;
    const pieces: Span[] = [];
    let done = 0;
    for (const { start, end } of places) {
      const first = Math.max(start - from, done);
      const last = Math.min(end - from, text.length);
      if (first >= last) continue;
      pieces.push(
        { text: text.slice(done, first), style },
        { text: text.slice(first, last), style: 'found' },
      );
      done = last;
    }
    return [...pieces, { text: text.slice(done), style }].filter((piece) => piece.text !== '');
  });
}

/** The first line with something marked as found; -1 for none. */
export const firstFound = (lines: readonly Line[]): number =>
  lines.findIndex((spans) => spans.some(({ style }) => style === 'found'));
