import Output from '../../node_modules/ink/build/output.js';

/** What takes no cell of its own. */
const ignorable = /\p{Default_Ignorable_Code_Point}/u;

/**
 * Ink's canvas, in the bundle, for a screen of whole rows as ours is. Ink takes every row apart into cells and puts it
 * together again, which was half the cost of a frame; rows of which none lies over another can stay as they are.
 */
export default class RowsOutput extends Output {
  readonly #rows: string[] = [];
  #isRows = true;

  override write(...written: Parameters<Output['write']>): void {
    super.write(...written);
    const [x, y, text, { transformers }] = written;
    for (const [index, line] of text.split('\n').entries()) {
      const row = transformers.reduce((drawn, transform) => transform(drawn, index), line);
      if (x !== 0 || this.#rows[y + index] !== undefined || ignorable.test(row)) this.#isRows = false;
      this.#rows[y + index] = row.trimEnd();
    }
  }

  override clip(...clip: Parameters<Output['clip']>): void {
    super.clip(...clip);
    this.#isRows = false;
  }

  override get(): ReturnType<Output['get']> {
    if (!this.#isRows) return super.get();
    const rows = Array.from({ length: this.height }, (_, y) => this.#rows[y] ?? '');
    return { output: rows.join('\n'), height: this.height };
  }
}
