/** Where a text stops being JSON: the first place from which no JSON text could go on as this one does. */
export interface JsonFault {
  /** Index of a UTF-16 unit; the length of the text if it only ends too soon. */
  readonly offset: number;
  /** What would be right there, such as `a colon`. */
  readonly expected: string;
}

/** No schema that is meant goes deeper, and servers refuse what goes much deeper. */
const deepest = 100;

/**
 * The first fault of a text that should be JSON, or null if it is. Agrees with `JSON.parse`, whose messages say only
 * sometimes where; but what is more than a hundred lists and objects deep is a fault, too.
 */
export function jsonFault(text: string): JsonFault | null {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    return null;
  } catch (error) {
    if (error instanceof Fault) return { offset: error.offset, expected: error.message };
    throw error;
  }
}

class Fault extends Error {
  readonly offset: number;
  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
  }
}

/** Goes over a text by the grammar of RFC 8259, and throws where it departs from it. */
class Scanner {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value();
    if (this.#next() !== undefined) this.#fail('the end');
  }

  /** @param or what else may stand here */
  #value(or = ''): void {
    const mark = this.#next() ?? '';
    if (mark === '[') this.#items(']', (end) => this.#value(end));
    else if (mark === '{') this.#items('}', (end) => this.#field(end));
    else if (mark === '"') this.#string();
    else if (/[-0-9]/.test(mark)) this.#number();
    else this.#word(['true', 'false', 'null'].find((word) => word[0] === mark) ?? this.#fail(`a value${or}`));
  }

  /** What stands between brackets or braces, with commas between. */
  #items(end: ']' | '}', item: (or?: string) => void): void {
    if (this.#depth === deepest) this.#fail(`a value no more than ${deepest} levels deep`);
    this.#depth += 1;
    this.#at += 1;
    if (this.#next() !== end) {
      item(` or ${end}`);
      while (this.#next() === ',') {
        this.#at += 1;
        item();
      }
      if (this.#next() !== end) this.#fail(`a comma or ${end}`);
    }
    this.#at += 1;
    this.#depth -= 1;
  }

  #field(or = ''): void {
    if (this.#next() !== '"') this.#fail(`a name in double quotes${or}`);
    this.#string();
    if (this.#next() !== ':') this.#fail('a colon');
    this.#at += 1;
    this.#value();
  }

  #string(): void {
    this.#at += 1;
    for (;;) {
      this.#skip(/[^"\\\u0000-\u001f]*/y);
      const mark = this.#text[this.#at];
      if (mark === undefined) this.#fail('a closing "');
      if (mark !== '"' && mark !== '\\') this.#fail('a closing " or an escape such as \\n');
      this.#at += 1;
      if (mark === '"') return;
      this.#escape();
    }
  }

  /** What stands behind a backslash. */
  #escape(): void {
    const letter = this.#text[this.#at] ?? '';
    if (!/["\\/bfnrtu]/.test(letter)) this.#fail('one of " \\ / b f n r t u');
    this.#at += 1;
    if (letter === 'u' && this.#skip(/[0-9a-fA-F]{0,4}/y) < 4) this.#fail('a hexadecimal digit');
  }

  #number(): void {
    if (this.#text[this.#at] === '-') this.#at += 1;
    if (this.#text[this.#at] === '0') this.#at += 1;
    else this.#digits();
    if (this.#text[this.#at] === '.') {
      this.#at += 1;
      this.#digits();
    }
    if (this.#skip(/[eE][+-]?/y) > 0) this.#digits();
  }

  #digits(): void {
    if (this.#skip(/[0-9]*/y) === 0) this.#fail('a digit');
  }

  #word(word: string): void {
    for (const letter of word) {
      if (this.#text[this.#at] !== letter) this.#fail(word);
      this.#at += 1;
    }
  }

  /** The next mark that is no blank. */
  #next(): string | undefined {
    this.#skip(/[ \t\n\r]*/y);
    return this.#text[this.#at];
  }

  /** Goes past what a sticky pattern covers; returns how much that was. */
  #skip(pattern: RegExp): number {
    const start = this.#at;
    pattern.lastIndex = start;
    if (pattern.test(this.#text)) this.#at = pattern.lastIndex;
    return this.#at - start;
  }

  #fail(expected: string): never {
    throw new Fault(this.#at, expected);
  }
}
