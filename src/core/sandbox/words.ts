import { graphemes } from '../graphemes.ts';

type Kind = 'line-feed' | 'space' | 'word' | 'mark';

function kindOf(grapheme: string): Kind {
  if (grapheme.endsWith('\n')) return 'line-feed';
  if (/^\s/.test(grapheme)) return 'space';
  return /^[\p{L}\p{N}\p{M}_]/u.test(grapheme) ? 'word' : 'mark';
}

/** A move by words goes over white space, then over one word or one row of marks; a line feed is a move of its own. */
const goesOn = (passed: Kind | null, next: Kind): boolean =>
  passed === null || (next !== 'line-feed' && (passed === 'space' || passed === next));

/** The start of the word at or before an offset on a grapheme boundary. */
export function wordStart(text: string, offset: number): number {
  const segments = graphemes.segment(text);
  let passed: Kind | null = null;
  let at = offset;
  while (at > 0) {
    const { segment, index } = segments.containing(at - 1)!;
    const kind = kindOf(segment);
    if (!goesOn(passed, kind)) break;
    passed = kind;
    at = index;
  }
  return at;
}

/** The end of the word at or after an offset on a grapheme boundary. */
export function wordEnd(text: string, offset: number): number {
  let passed: Kind | null = null;
  let at = offset;
  for (const { segment } of graphemes.segment(text.slice(offset))) {
    const kind = kindOf(segment);
    if (!goesOn(passed, kind)) break;
    passed = kind;
    at += segment.length;
  }
  return at;
}
