import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeBox } from '../../src/components/code-box.ts';
import { type CodeLanguage, loadHighlighter, plainCode } from '../../src/components/highlight.ts';
import { lineWidth } from '../../src/components/line.ts';
import { snippet } from '../../src/core/export/snippet.ts';
import { experiments } from '../../src/core/lessons/index.ts';
import { boxed, plain, shown, stylesOf } from './shown.ts';

const code =
  "const stream = await client.chat.completions.create({\n  model: 'gpt-4o-mini',\n  stream: true,\n});";

test('code stands in a frame, with the language in use in the title', () => {
  const lines = codeBox(code, 'typescript', plainCode, 60, boxed);
  expect(shown(lines)).toEqual([
    '╭ TypeScript · Python · curl ──────────────────────────────╮',
    '│ const stream = await client.chat.completions.create({    │',
    "│   model: 'gpt-4o-mini',                                  │",
    '│   stream: true,                                          │',
    '│ });                                                      │',
    '╰──────────────────────────────────────────────────────────╯',
  ]);
  expect(stylesOf(lines, 'TypeScript')).toEqual(['title']);
  expect(stylesOf(lines, 'Python')).toEqual(['muted']);
});

test('a long line goes on in the next, indented', () => {
  expect(
    shown(codeBox("  content: 'one two three four five'", 'typescript', plainCode, 28, boxed)).slice(1, -1),
  ).toEqual(["│   content: 'one two      │", "│   ↪ three four five'     │"]);
});

const languages: readonly CodeLanguage[] = ['typescript', 'python', 'curl'];

test('colours change no character of any lesson’s code', async () => {
  const highlight = await loadHighlighter();
  for (const { steps, code: pattern = 'plain' } of experiments) {
    for (const language of languages) {
      const request = typeof steps[0]!.request === 'function' ? steps[0]!.request([]) : steps[0]!.request;
      const text = snippet({ request }, pattern, language, { baseURL: 'http://127.0.0.1:1/v1' });
      const lines = highlight(text, language);
      expect(lines.map((spans) => spans.map((each) => each.text).join('')).join('\n')).toBe(text);
      expect(new Set(lines.flat().map(({ style }) => style)).size).toBeGreaterThan(1);
    }
  }
});

test('folding keeps all of the code, and its frame whole', async () => {
  const highlight = await loadHighlighter();
  const words = fc.array(fc.stringMatching(/^[\w'",.:{}()漢👍]{1,40}$/u), { minLength: 1, maxLength: 8 });
  const row = fc
    .tuple(fc.constantFrom('', '  ', '    ', '      '), words)
    .map(([indent, all]) => indent + all.join(' '));
  const bare = (text: string) => text.replaceAll(/[\s↪]/g, '');
  fc.assert(
    fc.property(fc.array(row, { maxLength: 4 }), fc.integer({ min: 30, max: 70 }), (rows, width) => {
      for (const highlighter of [plainCode, highlight]) {
        const framed = codeBox(rows.join('\n'), 'typescript', highlighter, width, boxed);
        for (const each of framed) expect(lineWidth(each)).toBe(width);
        const folded = shown(framed.slice(1, -1)).map((text) => text.slice(2, -2));
        expect(bare(folded.join(''))).toBe(bare(rows.join('')));
      }
    }),
    { numRuns: 60 },
  );
});

test('without drawing there is no frame, and no code is lost', () => {
  expect(shown(codeBox(code, 'curl', plainCode, 60, plain))).toEqual([
    'TypeScript · Python · curl',
    ...code.split('\n'),
  ]);
});
