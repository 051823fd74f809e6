import stringWidth from 'string-width';
import type { LessonBlock, LessonTable } from '../core/lessons/types.ts';
import type { Paint } from './paint.ts';

/** Lines of at most `width` cells, broken between words; line feeds are kept, a word longer than a line is not cut. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let [start, end, cells] = [0, 0, 0];
    // By places in the text: a list of the words of 10 MB takes more than the text.
    for (let from = 0; from <= paragraph.length; ) {
      const space = paragraph.indexOf(' ', from);
      const to = space < 0 ? paragraph.length : space;
      // A script without spaces makes one word of it all: so long a one fits nowhere, and to measure it takes seconds.
      const wordCells = to - from > 10 * width ? width : stringWidth(paragraph.slice(from, to));
      if (start < end && cells + 1 + wordCells <= width) cells += 1 + wordCells;
      else {
        if (start < end) lines.push(paragraph.slice(start, end));
        [start, cells] = [from, wordCells];
      }
      end = to;
      from = to + 1;
    }
    lines.push(paragraph.slice(start, end));
    return lines;
  });
}

/** A name in the margin and a text wrapped beside it. */
export function hanging(name: string, text: string, nameWidth: number, width: number): string {
  const [first = '', ...rest] = wrap(text, width - nameWidth);
  return [padEnd(name, nameWidth) + first, ...rest.map((line) => ' '.repeat(nameWidth) + line)]
    .map((line) => line.trimEnd())
    .join('\n');
}

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - stringWidth(text)));

const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - stringWidth(text))) + text;

/** A table in columns as wide as their content; the last column wraps. `right` names the columns of numbers. */
export function table({ head, rows }: LessonTable, width: number, right: readonly number[] = []): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => stringWidth(row[column] ?? ''))),
  );
  const line = (row: readonly string[]) => {
    const cells = row.map((cell, column) =>
      right.includes(column) ? padStart(cell, widths[column]!) : padEnd(cell, widths[column]!),
    );
    const before = cells
      .slice(0, -1)
      .map((cell) => `${cell}  `)
      .join('');
    return hanging(
      before,
      right.includes(row.length - 1) ? cells.at(-1)! : row.at(-1)!,
      stringWidth(before),
      width,
    );
  };
  return [
    line(head),
    widths
      .map((cells) => '─'.repeat(cells))
      .join('  ')
      .slice(0, width),
    ...rows.map(line),
  ].join('\n');
}

/** Text of a lesson in `width` cells. */
export function block(content: LessonBlock, width: number, paint: Paint): string {
  return typeof content === 'string' ? prose(content, width, paint) : table(content, width);
}

/** A paragraph in `width` cells, with what stands between backticks as code; beside a mark, if one is given. */
export function prose(text: string, width: number, paint: Paint, mark = ''): string {
  const lines = hanging(mark, text, stringWidth(mark), width);
  return lines.replace(/`([^`]*)`/g, (ticked, code: string) => {
    const painted = paint('code', code);
    return painted === code ? ticked : painted;
  });
}

export function indent(text: string, by = 2): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

/** Cells kept free at the end of a line, so that a word that comes in pieces need not be broken in two. */
const slack = 6;

/**
 * A growing text, wrapped as it comes: each piece is printed at once, on a new line where it no longer fits.
 */
export class FlowingText {
  readonly #print: (text: string) => void;
  readonly #margin: string;
  readonly #width: number;
  #column = 0;
  #owesMargin = false;

  constructor(print: (text: string) => void, margin: number, width: number) {
    this.#print = print;
    this.#margin = ' '.repeat(margin);
    this.#width = width - margin;
  }

  write(text: string): void {
    for (const piece of text.match(/\n| *[^ \n]+| +/g) ?? []) {
      if (piece === '\n') this.#break();
      else this.#place(piece);
    }
  }

  #place(piece: string): void {
    const room = piece.startsWith(' ') ? this.#width - slack : this.#width;
    const fits = this.#column === 0 || this.#column + stringWidth(piece) <= room;
    if (!fits) this.#break();
    const shown = fits ? piece : piece.trimStart();
    this.#print((this.#owesMargin ? this.#margin : '') + shown);
    this.#owesMargin = false;
    this.#column += stringWidth(shown);
  }

  #break(): void {
    this.#print('\n');
    this.#owesMargin = true;
    this.#column = 0;
  }
}
