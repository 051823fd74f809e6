import { boundaryBefore } from '../core/graphemes.ts';
import { cellWidth, cutText, type Line, line, mergeSpans, type Span, span } from './line.ts';
import type { Style } from './theme.ts';

/** A paragraph of ours wrapped at so many columns; what stands between backticks is set as code. */
export function wrapParagraph(text: string, columns: number, style: Style = 'text'): Line[] {
  const width = Math.max(1, columns);
  const words: Span[][] = [];
  for (const [index, part] of text.split('`').entries()) {
    const partStyle = index % 2 === 1 ? 'accent' : style;
    for (const [at, word] of part.split(' ').entries()) {
      // A word may be set in two styles: `code`, then a comma.
      if (at === 0 && words.length > 0) words.at(-1)!.push(span(word, partStyle));
      else words.push([span(word, partStyle)]);
    }
  }
  const lines: Span[][] = [[]];
  let used = 0;
  for (const word of words) {
    const cells = word.reduce((sum, piece) => sum + cellWidth(piece.text), 0);
    if (used > 0 && used + 1 + cells > width) {
      lines.push([]);
      used = 0;
    }
    if (used > 0) lines.at(-1)!.push(span(' ', word[0]!.style));
    for (const piece of hardBreak(word, width)) {
      if (piece === '\n') lines.push([]);
      else lines.at(-1)!.push(piece);
    }
    used += (used > 0 ? 1 : 0) + cells;
  }
  return lines.map(mergeSpans);
}

/** A word longer than a line goes on in the next. */
function hardBreak(word: readonly Span[], width: number): (Span | '\n')[] {
  const pieces: (Span | '\n')[] = [];
  let left = width;
  for (const { text, style } of word) {
    let rest = text;
    while (cellWidth(rest) > left) {
      const cut = cutText(rest, left) || (left === width ? firstCharacter(rest) : '');
      if (cut === rest) break;
      if (cut) pieces.push(span(cut, style));
      pieces.push('\n');
      rest = rest.slice(cut.length);
      left = width;
    }
    pieces.push(span(rest, style));
    left -= cellWidth(rest);
  }
  return pieces;
}

/** What stands in a line of its own where it is wider than a whole line. */
const firstCharacter = (text: string): string => String.fromCodePoint(text.codePointAt(0)!);

/**
 * A growing text wrapped at `width` cells, line feeds kept. What it costs to append does not depend on what is
 * there already: only the last line is open.
 */
export class WrappedText {
  readonly width: number;
  readonly #lines: string[] = [];
  /** Where each line begins in the text, the open one too. */
  readonly #starts: number[] = [0];
  #open = '';
  #length = 0;

  constructor(width: number) {
    this.width = Math.max(1, width);
  }

  /** Appends a piece that is safe to show. */
  append(piece: string): void {
    const [first = '', ...rest] = piece.split('\n');
    this.#add(first);
    for (const text of rest) {
      this.#length++;
      this.#close(this.#open, '');
      this.#add(text);
    }
  }

  /** The characters appended so far. */
  get length(): number {
    return this.#length;
  }

  /** The line that has the character at a place of the text. */
  lineAt(place: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#starts[middle]! <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  get count(): number {
    return this.#lines.length + 1;
  }

  /** `rows` lines from line `from` on, without building the others. */
  window(from: number, rows: number, style: Style = 'text'): Line[] {
    return Array.from({ length: Math.max(0, Math.min(rows, this.count - from)) }, (_, row) => {
      const index = from + row;
      return line(index === this.#lines.length ? this.#open : this.#lines[index]!, style);
    });
  }

  #close(line: string, open: string): void {
    this.#lines.push(line);
    this.#open = open;
    this.#starts.push(this.#length - open.length);
  }

  /** A few lines at a time: what is open is measured anew for each of them. */
  #add(text: string): void {
    const most = 4 * this.width;
    for (let from = 0; from < text.length; ) {
      const near = text.slice(from, from + 2 * most);
      const size = near.length > most ? boundaryBefore(near, most) || most : near.length;
      this.#grow(near.slice(0, size));
      from += size;
    }
  }

  #grow(text: string): void {
    this.#open += text;
    this.#length += text.length;
    while (cellWidth(this.#open) > this.width) {
      const cut = cutText(this.#open, this.width);
      // At the last space that leaves a line; a word longer than a line is broken.
      const space = this.#open[cut.length] === ' ' ? cut.length : cut.lastIndexOf(' ');
      const end = space > 0 ? space : (cut || firstCharacter(this.#open)).length;
      if (end === this.#open.length) break;
      this.#close(this.#open.slice(0, end), this.#open.slice(space > 0 ? end + 1 : end));
    }
  }
}

/** A text that is all there, wrapped at `width` cells; nothing in it is markup. */
export function wrapText(text: string, width: number, style: Style = 'text'): Line[] {
  const wrapped = new WrappedText(width);
  wrapped.append(text);
  return wrapped.window(0, wrapped.count, style);
}
