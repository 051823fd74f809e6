import { isPlain } from './plain.ts';

// Not as `Intl.Segmenter`, in whose place the bundle puts this one.
const { Segmenter } = Intl;

/** A row of a screen is no longer. A whole text is not read through for each key. */
const mostPlain = 500;

/**
 * A segmenter that is made when it is first asked for more than plain text. To make the first one loads the tables of
 * Unicode, a tenth of the time to the first frame; and to ask it was most of what it took to find the difference
 * between two frames. The bundle gives it to all modules that make one while they load.
 */
export class LateSegmenter {
  readonly #options: ConstructorParameters<typeof Segmenter>;
  #made: Intl.Segmenter | undefined;

  constructor(...options: ConstructorParameters<typeof Segmenter>) {
    this.#options = options;
  }

  segment(text: string): Intl.Segments {
    const granularity = this.#options[1]?.granularity ?? 'grapheme';
    if (granularity === 'grapheme' && text.length <= mostPlain && isPlain(text))
      return new PlainSegments(text);
    this.#made ??= new Segmenter(...this.#options);
    return this.#made.segment(text);
  }
}

/** The graphemes of a plain text, one for each unit. */
class PlainSegments implements Intl.Segments {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  containing(index = 0): Intl.SegmentData {
    const at = Math.trunc(index);
    // The type leaves out what the standard says of a place outside of the text.
    return (at >= 0 && at < this.#text.length ? this.#at(at) : undefined) as Intl.SegmentData;
  }

  *[Symbol.iterator](): Intl.SegmentIterator<Intl.SegmentData> {
    for (let index = 0; index < this.#text.length; index++) yield this.#at(index);
    return undefined;
  }

  #at(index: number): Intl.SegmentData {
    return { segment: this.#text[index]!, index, input: this.#text };
  }
}
