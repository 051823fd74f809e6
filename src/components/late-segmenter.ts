// Not as `Intl.Segmenter`, in whose place the bundle puts this one.
const { Segmenter } = Intl;

/**
 * A segmenter that is made when it is first asked. To make the first one loads the tables of Unicode, a tenth of the
 * time to the first frame, which has only plain text in it; the bundle gives it to all modules that make one while
 * they load.
 */
export class LateSegmenter {
  readonly #options: ConstructorParameters<typeof Segmenter>;
  #made: Intl.Segmenter | undefined;

  constructor(...options: ConstructorParameters<typeof Segmenter>) {
    this.#options = options;
  }

  segment(text: string): Intl.Segments {
    this.#made ??= new Segmenter(...this.#options);
    return this.#made.segment(text);
  }
}
