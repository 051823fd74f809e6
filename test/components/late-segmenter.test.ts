import { expect, test } from 'vitest';
import { LateSegmenter } from '../../src/components/late-segmenter.ts';
import { isPlain } from '../../src/components/plain.ts';

test('it finds what a segmenter of the system finds', () => {
  for (const text of ['e\u0301 👩‍👩‍👧 🇩🇪 one, two', '│ ✓ one, two ▂▅█ │', '']) {
    for (const granularity of ['grapheme', 'word'] as const) {
      const [late, own] = [LateSegmenter, Intl.Segmenter].map((Segmenter) =>
        new Segmenter('en', { granularity }).segment(text),
      );
      expect([...late!]).toEqual([...own!]);
      for (const place of [undefined, -1, 0, 2, 2.9, text.length - 1, text.length])
        expect(late!.containing(place)).toEqual(own!.containing(place));
    }
  }
});

test('each of the drawn characters is one by itself, also beside any other of them', () => {
  const drawn = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).filter(isPlain);
  const own = new Intl.Segmenter();
  for (const char of drawn)
    expect([...own.segment(`a${char}${char}│`)].map(({ segment }) => segment)).toEqual([
      'a',
      char,
      char,
      '│',
    ]);
});
