import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { assemblyTab } from '../../../src/screens/inspector/assembly-tab.ts';
import { requestTab } from '../../../src/screens/inspector/request-tab.ts';
import { responseTab } from '../../../src/screens/inspector/response-tab.ts';
import { timeTab } from '../../../src/screens/inspector/time-tab.ts';
import { boxed, plain, widest } from '../../components/shown.ts';
import {
  abortedRun,
  chat,
  chunk,
  headers,
  helloHeaders,
  helloRun,
  helloWords,
  limitedRun,
  logOf,
  retriedRun,
  runStart,
  stepEnd,
  stepStart,
  thrown,
} from '../../helpers/logs.ts';
import { viewOf } from './tab-view.ts';

/** What a server may send: wide characters, controls, and more than fits anywhere. */
const odd = '\u001b[2J漢字👩‍👩‍👧 '.repeat(30);
const oddRun: readonly RunEvent[] = [
  runStart('3b'),
  stepStart(chat({ stream: true, messages: [{ role: 'user', content: odd }] })),
  {
    ...headers(5),
    type: 'attempt',
    method: 'POST',
    url: `http://x/${odd}`,
    body: odd,
  } as unknown as RunEvent,
  { ...headers(9), headers: [[odd, odd]] } as RunEvent,
  ...Array.from({ length: 300 }, (_, at) =>
    chunk(at, 10 + at * at, odd, { finish: at === 299 ? odd : null }),
  ),
  thrown(90_000, { message: odd, className: odd }),
  stepEnd(90_001, 'error'),
];

const runs = { helloRun, helloWords, helloHeaders, abortedRun, limitedRun, retriedRun, oddRun };
const tabs = { timeTab, requestTab, responseTab, assemblyTab };

test.each(Object.entries(tabs))('%s has so many rows of so many cells, whatever it shows', (_, tab) => {
  for (const events of Object.values(runs)) {
    const log = logOf(events);
    for (const width of [44, 57, 90, 100, 200]) {
      for (const rows of [8, 15, 34, 60]) {
        for (const [selected, look] of [
          [null, boxed],
          [2, boxed],
          [999, plain],
        ] as const) {
          const { lines, content, window, markable } = tab(
            viewOf(log, { width, rows, selected, look, scroll: 3 }),
          );
          expect(lines).toHaveLength(rows);
          expect(widest(lines)).toBeLessThanOrEqual(width);
          expect(window).toBeLessThanOrEqual(rows);
          expect(content).toBeGreaterThan(0);
          expect(markable).toBeGreaterThanOrEqual(0);
          expect(lines.flat().some(({ text }) => /[\u001b\n]/.test(text))).toBe(false);
        }
      }
    }
  }
});
