import { box, type Look } from './box.ts';
import type { CodeLanguage, Highlighter } from './highlight.ts';
import { cellWidth, fitLine, type Line, lineWidth, type Span, span } from './line.ts';

const names: Readonly<Record<CodeLanguage, string>> = {
  typescript: 'TypeScript',
  python: 'Python',
  curl: 'curl',
};
export const languages = Object.keys(names) as readonly CodeLanguage[];

/** Code in a frame, with the languages it is to be had in as the title. Long lines go on in the next, indented. */
export function codeBox(
  code: string,
  language: CodeLanguage,
  highlight: Highlighter,
  width: number,
  look: Look,
): Line[] {
  const title = languages.flatMap((each, index): Span[] => [
    ...(index > 0 ? [span(' · ', 'muted')] : []),
    span(names[each], each === language ? 'title' : 'muted'),
  ]);
  const lines = highlight(code, language).flatMap((row) => foldLine(row, width - 4));
  return box(title, lines, width, look);
}

/** Marks a row that belongs to the line above: the code itself has no line end there. */
const goesOn = (indent: number): Span => span(`${' '.repeat(indent - 2)}↪ `, 'muted');

function foldLine(row: Line, width: number): Line[] {
  if (lineWidth(row) <= width) return [row];
  const indent = /^ */.exec(row[0]?.text ?? '')![0].length + 2;
  const lines: Line[] = [];
  let rest = row;
  let room = width;
  while (lineWidth(rest) > room) {
    const head = takeCells(rest, room);
    lines.push(lines.length > 0 ? [goesOn(indent), ...head.taken] : head.taken);
    rest = head.rest;
    room = Math.max(8, width - indent);
  }
  return [...lines, [goesOn(indent), ...rest]];
}

/** As many cells as fit, cut at the last space where there is one. */
function takeCells(row: Line, room: number): { taken: Line; rest: Line } {
  const text = row.map((piece) => piece.text).join('');
  let cells = 0;
  let cut = 0;
  let space = 0;
  for (const char of text) {
    cells += cellWidth(char);
    if (cells > room) break;
    cut += char.length;
    if (char === ' ') space = cut;
  }
  const indent = /^ */.exec(text)![0].length;
  const end = space > indent ? space : Math.max(1, cut);
  const taken: Span[] = [];
  const rest: Span[] = [];
  let at = 0;
  for (const piece of row) {
    const inTaken = Math.max(0, Math.min(piece.text.length, end - at));
    if (inTaken > 0) taken.push(span(piece.text.slice(0, inTaken), piece.style));
    if (inTaken < piece.text.length) rest.push(span(piece.text.slice(inTaken), piece.style));
    at += piece.text.length;
  }
  return { taken: fitLine(taken, room), rest };
}
