import { expect, test } from 'vitest';
import { LateSegmenter } from '../../src/components/late-segmenter.ts';

test('it finds what a segmenter of the system finds', () => {
  const text = 'e\u0301 👩‍👩‍👧 🇩🇪 one, two';
  for (const granularity of ['grapheme', 'word'] as const) {
    const [late, own] = [LateSegmenter, Intl.Segmenter].map(
      (Segmenter) => new Segmenter('en', { granularity }),
    );
    expect([...late!.segment(text)]).toEqual([...own!.segment(text)]);
  }
});
