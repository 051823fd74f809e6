import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineWidth } from '../../src/components/line.ts';
import { type TokenPiece, tokenPieces } from '../../src/core/api/prompt-tokens.ts';
import type { Estimate } from '../../src/core/sandbox/workbench.ts';
import { tokenRows } from '../../src/screens/sandbox/tokens-view.ts';
import { shown } from '../components/shown.ts';

const look = { isPlain: false };

/** A draft whose messages have these pieces. */
function bench(...pieces: readonly (readonly TokenPiece[])[]) {
  const draft = { messages: pieces.map(() => ({ role: 'user', text: '', fields: {} })), parameters: {} };
  const messages = pieces.map(({ length }) => ({ tokens: length }));
  const prompt = { total: 9, messages, tools: 0, schema: 0, frame: 3, isNear: true };
  return { draft, pieces, estimate: { draft, prompt } satisfies Estimate };
}

const textOf = fc.string({
  unit: fc.constantFrom(...'ab \n', '漢字', '👩‍💻', '\x1b', ' an uncommonly'),
  maxLength: 30,
});

test('the pieces of each message fill rows that are not too wide, whichever rows are looked at', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(textOf, { maxLength: 3 }),
      fc.integer({ min: 2, max: 20 }),
      async (texts, width) => {
        const { count, window } = tokenRows(
          bench(...(await Promise.all(texts.map(tokenPieces)))),
          width,
          look,
        );
        const all = window(0, count + 5);
        expect(all).toHaveLength(count);
        for (let from = 0; from < count; from++) expect(window(from, 3)).toEqual(all.slice(from, from + 3));
        const rows = all.filter((row) => row.some(({ style }) => style.startsWith('token')));
        for (const row of rows) expect(lineWidth(row)).toBeLessThanOrEqual(width);
        const visible = texts.join('').replaceAll('\x1b', '␛').replaceAll('\n', '⏎');
        expect(
          rows
            .flatMap((row) => row.map(({ text }) => text))
            .join('')
            .replace(/⟨[0-9a-f ]+⟩/g, ''),
        ).toBe(visible);
      },
    ),
  );
});

test('that another model counts otherwise is said beside the count', () => {
  expect(shown(tokenRows(bench(), 80, look).window(0, 1))).toEqual([
    '9 prompt tokens estimated with o200k_base, only near for this model',
  ]);
});

test('a frame more of a long text looks at no pieces but those that it shows', async () => {
  let looks = 0;
  const [piece] = await tokenPieces('word ');
  const watched = Array.from({ length: 5000 }, () => ({
    ...piece!,
    get text() {
      looks++;
      return 'word ';
    },
  }));
  const workbench = bench(watched);
  const frame = () => shown(tokenRows(workbench, 50, look).window(100, 10));
  const first = frame();
  expect(first[0]).toBe('word '.repeat(10).trimEnd());
  looks = 0;
  expect(frame()).toEqual(first);
  expect(looks).toBeLessThan(250);
});
