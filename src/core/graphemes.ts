/** What a reader takes for one character: a letter with its accents, an emoji of several code points, a flag. */
export const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

// `containing` looks only at what is near, also in a text of 200 kB: it finds by itself how far back a flag in a
// row of flags must be counted from.

/** The nearest boundary between graphemes at or before an offset in UTF-16 units. */
export function boundaryBefore(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  return offset <= 0 ? 0 : graphemes.segment(text).containing(offset)!.index;
}

/** The nearest boundary between graphemes at or after an offset in UTF-16 units. */
export function boundaryAfter(text: string, offset: number): number {
  const before = boundaryBefore(text, offset);
  return before >= offset ? before : nextBoundary(text, before);
}

/** The end of the grapheme that begins at, or holds, an offset. */
export function nextBoundary(text: string, offset: number): number {
  const found = graphemes.segment(text).containing(offset);
  return found ? found.index + found.segment.length : text.length;
}

/** The boundary so many graphemes after one, or before it if `count` is negative; at most an end of the text. */
export function boundaryFrom(text: string, boundary: number, count: number): number {
  const segments = graphemes.segment(text);
  let at = boundary;
  for (let left = Math.abs(count); left > 0; left--) {
    const found = segments.containing(count < 0 ? at - 1 : at);
    if (!found) break;
    at = found.index + (count < 0 ? 0 : found.segment.length);
  }
  return at;
}

/** The start of the grapheme that ends at, or holds, an offset. */
export const previousBoundary = (text: string, offset: number): number => boundaryBefore(text, offset - 1);
