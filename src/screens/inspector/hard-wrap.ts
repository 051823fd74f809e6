import { cellWidth, cutText, type Line, type Span, span } from '../../components/line.ts';

/**
 * Spans cut into lines of `width` cells wherever a line is full; `atSpaces` behind a space that is near. Unlike in a
 * paragraph, no space is left out.
 */
export function hardWrap(spans: Line, width: number, atSpaces = false): Line[] {
  const room = Math.max(4, width);
  const lines: Span[][] = [[]];
  let left = room;
  for (const { text, style } of spans) {
    let at = 0;
    while (at < text.length) {
      // Not the whole rest each time: it may be long.
      let cut = cutText(text.slice(at, at + 4 * room), left);
      if (cut === '') {
        if (left < room) {
          lines.push([]);
          left = room;
          continue;
        }
        // A character wider than a whole line stands in one of its own.
        cut = String.fromCodePoint(text.codePointAt(at)!);
      }
      const space = cut.lastIndexOf(' ') + 1;
      const isNear = atSpaces && space > room / 2 && at + cut.length < text.length;
      if (isNear) cut = cut.slice(0, space);
      lines.at(-1)!.push(span(cut, style));
      at += cut.length;
      left = isNear ? 0 : left - cellWidth(cut);
    }
  }
  return lines;
}
