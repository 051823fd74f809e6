import { expect, test } from 'vitest';
import { chunkTable, gapLine } from '../../src/components/chunk-table.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import { chat, chunk, helloRole, helloRun, logOf, runStart, stepStart, usageChunk } from '../helpers/logs.ts';
import { shown, stylesOf, widest } from './shown.ts';

const rowsOf = (events: readonly RunEvent[]) => logOf(events).rows(0);
const streamOf = (...events: readonly RunEvent[]) =>
  rowsOf([runStart('3b'), stepStart(chat({ stream: true })), ...events]);

test('each chunk has its number, time, gap, finish_reason and delta in quotes', () => {
  expect(shown(chunkTable(rowsOf(helloRun), 0, 0, 9, 64, null))).toEqual([
    '    #        at       gap   finish_reason   delta',
    "    0    512 ms         –   –               role: assistant, ''",
    "    1    551 ms     39 ms   –               'Hello'",
    "    2    602 ms     51 ms   –               ' World'",
    "    3    640 ms     38 ms   –               '!'",
    '    4    641 ms      1 ms   stop            (nothing)',
  ]);
});

test('a narrow table has narrow columns, a window of rows, and times since its step began', () => {
  const lines = chunkTable(rowsOf(helloRun), 500, 1, 2, 48, 2);
  expect(shown(lines)).toEqual([
    '  #       at     gap   finish_reason delta',
    "  1    51 ms   39 ms   –             'Hello'",
    "  2   102 ms   51 ms   –             ' World'",
  ]);
  expect(stylesOf(lines, ' World')).toEqual(['selected']);
  expect(stylesOf(lines, 'Hello')).toEqual(['assistant']);
});

test('chunks without text say what they bring', () => {
  const rows = streamOf(
    chunk(0, 1, { tool_calls: [{ index: 0, function: { name: 'get_weather', arguments: '{"ci' } }] }),
    chunk(1, 2, { refusal: 'No.' }),
    usageChunk(2, 3, 15, 28),
    chunk(3, 4, {}, { finish: 'content_filter' }),
  );
  expect(shown(chunkTable(rows, 0, 0, 9, 90, null)).slice(1)).toEqual([
    `    0      1 ms         –   –               tool_call get_weather '{"ci'`,
    "    1      2 ms      1 ms   –               refusal: 'No.'",
    '    2      3 ms      1 ms   –               usage, no choices',
    '    3      4 ms      1 ms   content_filter  (nothing)',
  ]);
});

test('no row is wider than the table, whatever the server sends', () => {
  const rows = streamOf(
    chunk(0, 1, 'a long text '.repeat(9)),
    chunk(1, 2, '\u001b[2J漢字\n'.repeat(9), { finish: '漢字漢字漢字漢字漢字' }),
  );
  for (const width of [40, 64, 90]) {
    const lines = chunkTable(rows, 0, 0, 9, width, null);
    expect(widest(lines)).toBeLessThanOrEqual(width);
    expect(shown(lines).join('')).not.toMatch(/[\u001b\n]/);
  }
});

test('the gaps are bars, with their median and the largest', () => {
  const rows = rowsOf(helloRun);
  expect(shown([gapLine(rows, 51, null, 60, false)])).toEqual(['gaps  ▇█▆▁   median 39 ms · largest 51 ms']);
  expect(shown([gapLine(rows, 51, null, 60, true)])).toEqual(['gaps  median 39 ms · largest 51 ms']);
  expect(shown([gapLine(rowsOf(helloRole), null, null, 60, false)])).toEqual(['gaps  –']);
});

test('while a stream stands still, the time that it does stands there, and nothing of a wait as others were', () => {
  const rows = rowsOf(helloRun);
  expect(shown([gapLine(rows, 51, 2030, 60, false)])).toEqual([
    'gaps  ▇█▆▁   median 39 ms · nothing for 2.03 s',
  ]);
  expect(stylesOf([gapLine(rows, 51, 2030, 60, false)], 'nothing')).toEqual(['warn']);
  for (const [largest, waited] of [
    [51, 999],
    [2500, 2030],
  ] as const)
    expect(shown([gapLine(rows, largest, waited, 60, false)]).join()).toContain('largest');
});

test('where there is no room for bars, the words stay', () => {
  const rows = streamOf(...Array.from({ length: 99 }, (_, index) => chunk(index, index * 20, 'a')));
  expect(shown([gapLine(rows, 20, null, 40, false)])).toEqual(['gaps  ███   median 20 ms · largest 20 ms']);
  expect(shown([gapLine(rows, 20, null, 37, false)])).toEqual(['gaps  median 20 ms · largest 20 ms']);
  expect(shown([gapLine(rows, 20, null, 30, false)])).toEqual(['gaps  median 20 ms · largest 20 ms']);
});
