import { expect, test } from 'vitest';
import Output from '../../node_modules/ink/build/output.js';
import RowsOutput from '../../src/components/ink-output.ts';

const dim = (text: string) => `\u001b[2m${text}\u001b[22m`;
const paint = (_: string, row: number) => [`${dim('│')} one `, '', '日本 ✓', dim('four')][row] ?? '';

/** What a canvas of 12×5 gives for the same writing. */
const drawnBy = (canvas: typeof Output, write: (output: Output) => void) => {
  const output = new canvas({ width: 12, height: 5 });
  write(output);
  return output.get();
};

test.each<[string, (output: Output) => void]>([
  ['whole rows', (output) => output.write(0, 0, ' \n \n \n ', { transformers: [paint] })],
  ['nothing', () => {}],
  ['what takes no cell', (output) => output.write(0, 0, 'a\u200bb', { transformers: [] })],
  [
    'one row over another',
    (output) => {
      output.write(0, 1, 'below', { transformers: [] });
      output.write(2, 1, 'x', { transformers: [] });
    },
  ],
  [
    'a part that is cut out',
    (output) => {
      output.clip({ x1: 0, x2: 3, y1: 0, y2: 1 });
      output.write(0, 0, 'abcdef', { transformers: [] });
      output.unclip();
    },
  ],
])('our canvas draws %s as that of Ink does', (_, write) => {
  expect(drawnBy(RowsOutput, write)).toEqual(drawnBy(Output, write));
});
