import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Line, lineWidth, span } from '../../src/components/line.ts';
import { layOutText, moveRows, rowOfCursor, textArea, textField } from '../../src/components/text-area.ts';
import { wrapFrom } from '../../src/components/text-rows.ts';
import { lookOf } from '../../src/components/theme.ts';
import { wrapText } from '../../src/components/wrap.ts';
import { visible } from '../../src/core/visible.ts';

/** The text of each row. */
const rowTexts = (text: string, width: number): string[] =>
  layOutText(text, width).map(({ start, end }) => text.slice(start, end));

/** A line as it is read, with what is under the cursor in brackets. */
const read = (line: Line): string =>
  line.map(({ text, style }) => (style === 'cursor' ? `[${text}]` : text)).join('');
const area = (text: string, cursor: number | null, width: number, rows: number, from = 0): string[] =>
  textArea({ text, cursor, width, rows, from }).lines.map(read);
const field = (text: string, cursor: number | null, width: number): string =>
  read(textField({ text, cursor, width }));

const boundaries = (text: string): number[] => [
  ...Array.from(new Intl.Segmenter().segment(text), ({ index }) => index),
  text.length,
];

const simple = [...'abc  \n', '漢', '👩‍💻', '🇩🇪', 'e\u0301'];
const odd = ['\t', '\r\n', '\x1b', '\u202e', '\u200b', '\u0301', '\u200d', '\ufe0f', '🇪', '\u0600', '\ud800'];
const textOf = (...unit: string[]) => fc.string({ unit: fc.constantFrom(...unit), maxLength: 50 });
const widths = fc.integer({ min: 2, max: 20 });
/** A text with a place for the cursor. */
const edited = textOf(...simple, ...odd).chain((text) =>
  fc.tuple(fc.constant(text), fc.constantFrom(...boundaries(text))),
);

describe('rows', () => {
  test('a text wraps at its spaces, a cell short of the width, which is the cursor’s', () => {
    const rows = ['Roses are', 'red,', '', 'violets', 'are blue'];
    expect(rowTexts('Roses are red,\n\nviolets are blue', 10)).toEqual(rows);
    expect(rowTexts('Roses are', 9)).toEqual(['Roses', 'are']);
  });

  test('a word longer than a row is broken, but no character', () => {
    expect(rowTexts('see platform.openai.com', 9)).toEqual(['see', 'platform', '.openai.', 'com']);
    expect(rowTexts('漢字漢字', 6)).toEqual(['漢字', '漢字']);
    expect(rowTexts('👩‍💻👩‍💻', 4)).toEqual(['👩‍💻', '👩‍💻']);
  });

  test('what is shown wider than it is counts as it is shown', () => {
    expect(rowTexts('ab\tcd ef', 9)).toEqual(['ab\tcd', 'ef']);
    expect(rowTexts('ab\tcd ef', 8)).toEqual(['ab', 'cd ef']);
    expect(rowTexts('ab\u202ecd', 11)).toEqual(['ab\u202e', 'cd']);
  });

  test('a text ends with an empty row where the cursor has no other place', () => {
    expect(layOutText('', 5)).toEqual([{ start: 0, end: 0 }]);
    expect(rowTexts('ab\n', 5)).toEqual(['ab', '']);
    expect(rowTexts('abcd ', 5)).toEqual(['abcd', '']);
  });

  test('a text that is edited wraps where it does when it is only shown', () => {
    fc.assert(
      fc.property(textOf(...simple), fc.integer({ min: 3, max: 20 }), (text, width) => {
        expect(rowTexts(text, width)).toEqual(wrapText(text, width - 1).map(read));
      }),
    );
  });

  test('rows hold the whole text but one line feed or space between two, and each offset is on one', () => {
    fc.assert(
      fc.property(edited, widths, ([text], width) => {
        const rows = layOutText(text, width);
        let covered = '';
        for (const [index, row] of rows.entries()) {
          const next = rows[index + 1];
          const between = text.slice(row.end, next?.start ?? text.length);
          expect(['', ' ', '\t', '\n']).toContain(between);
          covered += text.slice(row.start, row.end) + between;
          // Where nothing is between, the end of a row is the start of the next.
          const last = next && between === '' ? row.end - 1 : row.end;
          expect(last).toBeGreaterThanOrEqual(row.start);
          for (let at = row.start; at <= last; at++) expect(rowOfCursor(rows, at)).toBe(index);
        }
        expect(covered).toBe(text);
      }),
    );
  });

  test('a text that changes wraps as one that is new', () => {
    const anew = (text: string, width: number) => [...wrapFrom(text, 0, width - 1)];
    const change = fc.tuple(fc.nat(50), fc.nat(4), fc.oneof(textOf(...simple), textOf(...odd)));
    fc.assert(
      fc.property(
        textOf(...simple, ...odd),
        fc.array(change),
        fc.integer({ min: 2, max: 12 }),
        (first, changes, width) => {
          let text = first;
          for (const [at, drop, put] of changes) {
            text = text.slice(0, at) + put.slice(0, 5) + text.slice(at + drop);
            expect(layOutText(text, width)).toEqual(anew(text, width));
          }
        },
      ),
    );
  });

  test('a line of 200 000 characters in the narrowest area has as many rows', () => {
    expect(layOutText('a'.repeat(200_000), 2)).toHaveLength(200_000);
  });
});

describe('moves by rows', () => {
  const text = 'a long line\nshort\n漢字 is wide\n';
  const move = (cursor: number, by: number, goal: number | null = null) =>
    moveRows(text, cursor, by, 20, goal);

  test('the column is kept over a shorter row', () => {
    const down = move(9, 1);
    expect(down).toEqual({ cursor: 17, goalCells: 9 });
    expect(move(down.cursor, 1, down.goalCells).cursor).toBe(text.indexOf('ide'));
    expect(move(down.cursor, 1).cursor).toBe(text.indexOf('is'));
  });

  test('a column in the middle of a wide character is before it', () => {
    expect(move(1, 2).cursor).toBe(text.indexOf('漢'));
    expect(move(2, 2).cursor).toBe(text.indexOf('字'));
  });

  test('above the first row is the start of the text, below the last its end', () => {
    expect(move(5, -1)).toEqual({ cursor: 0, goalCells: 5 });
    expect(move(5, 3)).toEqual({ cursor: text.length, goalCells: 5 });
    expect(move(5, 10)).toEqual({ cursor: text.length, goalCells: 5 });
  });

  test('in a broken word, no move ends on a row that was not meant', () => {
    // The end of a broken row is the start of the next row.
    expect(moveRows('abcd\nabcdefgh', 4, 1, 5, null).cursor).toBe(8);
  });

  test('one row up or down is the next row, and the way back leads to where it began', () => {
    fc.assert(
      fc.property(edited, widths, fc.constantFrom(1, -1), ([text, cursor], width, by) => {
        const rows = layOutText(text, width);
        const row = rowOfCursor(rows, cursor);
        if (!rows[row + by]) return;
        const moved = moveRows(text, cursor, by, width, null);
        expect(rowOfCursor(rows, moved.cursor)).toBe(row + by);
        expect(boundaries(text)).toContain(moved.cursor);
        expect(moveRows(text, moved.cursor, -by, width, moved.goalCells).cursor).toBe(cursor);
      }),
    );
  });
});

describe('area', () => {
  test('the cursor is over a character, or on a space behind the text', () => {
    expect(area('ab\n漢', 1, 9, 2)).toEqual(['a[b]', '漢']);
    expect(area('ab\n漢', 2, 9, 2)).toEqual(['ab[ ]', '漢']);
    expect(area('ab\n漢', 3, 9, 2)).toEqual(['ab', '[漢]']);
    expect(area('ab\n漢', 4, 9, 3)).toEqual(['ab', '漢[ ]', '']);
    expect(area('', 0, 9, 1)).toEqual(['[ ]']);
  });

  test('at a wrap the cursor stands on the space, and in a broken word on the next row', () => {
    expect(area('abcd efgh', 4, 5, 2)).toEqual(['abcd[ ]', 'efgh']);
    expect(area('abcdefgh', 4, 5, 2)).toEqual(['abcd', '[e]fgh']);
    expect(area('abcd', 4, 5, 2)).toEqual(['abcd[ ]', '']);
  });

  test('what a terminal would obey is shown, also under the cursor', () => {
    expect(area('a\x1b\u202eb\tc', 1, 30, 1)).toEqual(['a[␛]⟨U+202E⟩b    c']);
    expect(area('a\x1b\u202eb\tc', 2, 30, 1)).toEqual(['a␛[⟨U+202E⟩]b    c']);
    expect(area('a\x1b\u202eb\tc', 4, 30, 1)).toEqual(['a␛⟨U+202E⟩b[    ]c']);
  });

  test('an accent or a joiner without a letter is seen', () => {
    expect(area('\u0301a', 0, 9, 1)).toEqual(['[◌\u0301]a']);
    expect(area('\u200da', 0, 20, 1)).toEqual(['[⟨U+200D⟩]a']);
  });

  test('a character that is wider than the area is cut, and not left out', () => {
    expect(area('a漢b', 1, 2, 3)).toEqual(['a', '[…]', 'b']);
    expect(area('\u202e', 0, 5, 1)).toEqual(['[⟨U+…]']);
  });

  test('a text that is not edited has its style and no cursor', () => {
    const { lines } = textArea({ text: 'ab\nc', cursor: null, width: 9, rows: 3, style: 'user' });
    expect(lines).toEqual([[span('ab', 'user')], [span('c', 'user')], []]);
  });

  test('the cursor is marked without colour too', () => {
    expect(lookOf('cursor', false)).toEqual({ inverse: true });
  });

  test('the window moves no further than it must to show the cursor', () => {
    const text = 'a\nb\nc\nd\ne';
    const from = (cursor: number | null, before: number, rows = 2) =>
      textArea({ text, cursor, width: 9, rows, from: before }).from;
    expect(from(2, 0)).toBe(0);
    expect(from(4, 0)).toBe(1);
    expect(from(2, 3)).toBe(1);
    expect(from(6, 2)).toBe(2);
    expect(from(8, 9)).toBe(3);
    expect(from(null, 2)).toBe(2);
    expect(from(null, 9)).toBe(3);
    expect(from(0, -4)).toBe(0);
    expect(from(8, 4, 9)).toBe(0);
    expect(area(text, 4, 9, 2)).toEqual(['b', '[c]']);
    expect(area(text, 0, 9, 0)).toEqual([]);
  });

  test('wherever the cursor is, the window has its rows, none is too wide, and it shows the cursor once', () => {
    fc.assert(
      fc.property(
        edited,
        widths,
        fc.integer({ min: 1, max: 6 }),
        fc.nat(20),
        ([text, cursor], width, rows, from) => {
          const { lines } = textArea({ text, cursor, width, rows, from });
          expect(lines).toHaveLength(rows);
          for (const line of lines) {
            expect(lineWidth(line)).toBeLessThanOrEqual(width);
            expect(visible(read(line))).toBe(read(line));
          }
          const cursors = lines.flat().filter(({ style }) => style === 'cursor');
          expect(cursors).toHaveLength(1);
          expect(lineWidth(cursors)).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('field', () => {
  test('a short text is there as a whole, with line feeds to be seen', () => {
    expect(field('one\ntwo', 7, 20)).toBe('one⏎two[ ]');
    expect(field('one\ntwo', 3, 20)).toBe('one[⏎]two');
    expect(field('one\ntwo', null, 7)).toBe('one⏎two');
    expect(field('', 0, 5)).toBe('[ ]');
    expect(field('', null, 5)).toBe('');
  });

  test('of a long text what is around the cursor is shown', () => {
    const text = 'abcdefghijklmnopqrstuvwxyz';
    expect(field(text, 0, 11)).toBe('[a]bcdefghij…');
    expect(field(text, 13, 11)).toBe('…jklm[n]opqr…');
    expect(field(text, 26, 11)).toBe('…rstuvwxyz[ ]');
    expect(field(text, 22, 11)).toBe('…qrstuv[w]xyz');
    expect(field(text, null, 11)).toBe('abcdefghij…');
    expect(field('漢字漢字漢字', 3, 8)).toBe('…漢[字]漢…');
  });

  test('wherever the cursor is, the line is not too wide and shows it, and hides nothing that would fit', () => {
    fc.assert(
      fc.property(edited, fc.integer({ min: 1, max: 30 }), ([text, cursor], width) => {
        const line = textField({ text, cursor, width });
        expect(lineWidth(line)).toBeLessThanOrEqual(width);
        expect(visible(read(line))).toBe(read(line));
        expect(line.filter(({ style }) => style === 'cursor').map((each) => lineWidth([each]) > 0)).toEqual([
          true,
        ]);
        const whole = textField({ text, cursor, width: 1000 });
        if (lineWidth(whole) <= width) expect(line).toEqual(whole);
      }),
    );
  });
});
