import { expect, test } from 'vitest';
import { memoryLine } from '../../../src/screens/inspector/memory-line.ts';
import { shown } from '../../components/shown.ts';

test.each([
  [78, 'memory: 29.3 MB from the wire, the program 310 MB; the last 50 runs are kept'],
  [58, 'memory: wire 29.3 MB, program 310 MB; last 50 runs kept'],
])('what a run holds, what the program takes and what is kept, in %i cells', (width, said) => {
  const use = { wireBytes: 29_300_000, programBytes: 310_200_000, keptRuns: 50 };
  expect(shown([memoryLine(use, width)])).toEqual([said]);
});
