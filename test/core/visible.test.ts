import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quote, visible } from '../../src/core/visible.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.string({
    unit: fc.constantFrom('\x1b', '\x9b', '\r', '\u202e', '\u200d', '\ufe0f', 'a', '👩', '\n', '\t'),
  }),
);

const obeyed =
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Cs}]/u;

describe('visible', () => {
  test('never lets anything through that a terminal would obey or a reader could not see', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visible(text)).not.toMatch(obeyed);
      }),
      { numRuns: 500 },
    );
  });

  test('is already safe the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });

  test('shows what it stopped', () => {
    expect(visible('\x1b]0;title\x07')).toBe('␛]0;title␇');
    expect(visible('\x9b2J')).toBe('⟨U+009B⟩2J');
    expect(visible('over\rwritten\x7f')).toBe('over␍written␡');
    expect(visible('abc\u202egnp.exe')).toBe('abc⟨U+202E⟩gnp.exe');
    expect(visible('tag\u{e0041}')).toBe('tag⟨U+E0041⟩');
    expect(visible('\ud83d')).toBe('⟨U+D83D⟩');
    expect(visible('zero\u200bwidth \u200djoiner')).toBe('zero⟨U+200B⟩width ⟨U+200D⟩joiner');
  });

  test('shows bytes smuggled in variation selectors', () => {
    expect(visible('😀\ufe0f\ufe01\u{e0141}')).toBe('😀\ufe0f⟨U+FE01⟩⟨U+E0141⟩');
  });

  test('leaves ordinary text of any script alone', () => {
    const texts = [
      'Hello World!\nSecond line.',
      'naïve café → 漢字 かな 한글',
      '👩‍👩‍👧‍👦 🏳️‍🌈 ❤️ 👍🏽 1️⃣ 🇵🇹',
      'क्‍ष می‌خواهم',
      '葛󠄀',
    ];
    for (const text of texts) expect(visible(text)).toBe(text);
  });

  test('turns tabs into spaces, for a tab jumps over cells', () => {
    expect(visible('\tx')).toBe('    x');
  });
});

describe('quote', () => {
  test('writes a delta as a literal on one line', () => {
    expect(quote('Hello')).toBe("'Hello'");
    expect(quote('')).toBe("''");
    expect(quote("it's\n\ta \\")).toBe(String.raw`'it\'s\n\ta \\'`);
    expect(quote('\x1b[2J\u202e\u{e0041}')).toBe(String.raw`'\x1b[2J\u202e\u{e0041}'`);
  });

  test('shows a lone joiner, as a token that holds half an emoji can be', () => {
    expect(quote('\u200d')).toBe(String.raw`'\u200d'`);
  });

  test('evaluates to the very text it was made from, and holds nothing unsafe', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const literal = quote(text);
        expect(literal).not.toMatch(obeyed);
        expect(literal).not.toContain('\n');
        expect(new Function(`return ${literal}`)()).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
