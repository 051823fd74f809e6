import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scaleFor, timeLine, timesInWords } from '../../src/components/time-line.ts';
import {
  attempt,
  chat,
  chunk,
  headers,
  helloHeaders,
  helloRun,
  helloStream,
  runStart,
  stepEnd,
  stepOf,
  stepStart,
} from '../helpers/logs.ts';
import { boxed, plain, shown, stylesOf, widest } from './shown.ts';

test('before a request is sent, its line says so', () => {
  expect(shown(timeLine(null, null, 20, boxed))).toEqual(['····················', 'not sent yet', '']);
  expect(shown(timeLine(null, null, 20, plain))).toEqual(['not sent yet']);
  const unsent = stepOf([runStart('1b'), stepStart(chat()), stepEnd(3, 'unsent')]);
  expect(shown(timeLine(unsent, null, 20, plain))).toEqual(['nothing was sent']);
});

test('a stream that is over shows its moments below their marks', () => {
  const lines = timeLine(stepOf(helloRun), null, 60, boxed);
  expect(shown(lines)).toEqual([
    '├───────────────────────┼───┼───┤                     643 ms',
    'sent        headers  first   last',
    '             470 ms 551 ms 640 ms',
  ]);
  expect(stylesOf(lines, '├──')).toEqual(['muted']);
  expect(stylesOf(lines, '┼───┤')).toEqual(['assistant']);
});

test('while it runs, the line grows to now and has no end', () => {
  expect(shown(timeLine(stepOf(helloStream), 700, 60, boxed))).toEqual([
    '├───────────────────────┼───┼───────                  700 ms',
    'sent           headers  first',
    '                470 ms 551 ms',
  ]);
  expect(shown(timeLine(stepOf(helloStream.slice(0, 3)), 200, 60, boxed))).toEqual([
    '├──────────                                           200 ms',
    'sent',
    '',
  ]);
});

test('a mark stays in its place while the line grows past it', () => {
  const waiting = stepOf(helloHeaders);
  const marks = [480, 600, 800, 1000].map((nowMs) =>
    shown(timeLine(waiting, nowMs, 80, boxed))[0]!.indexOf('┼'),
  );
  expect(new Set(marks)).toEqual(new Set([marks[0]]));
  expect(marks[0]).toBeGreaterThan(0);
});

test('without drawing, the same is said in words', () => {
  const words = 'headers 470 ms · first 551 ms · last 640 ms · end 643 ms';
  expect(shown(timeLine(stepOf(helloRun), null, 60, plain))).toEqual([words]);
  expect(shown([timesInWords(stepOf(helloRun))])).toEqual([words]);
  expect(shown([timesInWords(stepOf(helloStream.slice(0, 3)))])).toEqual(['waiting for the server']);
});

test('names and times never overlap and never leave the line, whenever things happen', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 40, max: 100 }), (between, width) => {
      const [a, b, c, d] = between.map((_, index) =>
        between.slice(0, index + 1).reduce((sum, ms) => sum + ms),
      );
      const step = stepOf([
        runStart('3b'),
        stepStart(chat({ stream: true })),
        attempt(1),
        headers(1 + a!),
        chunk(0, 1 + b!, 'a'),
        chunk(1, 1 + c!, 'b'),
        stepEnd(1 + d!),
      ]);
      const lines = timeLine(step, null, width, boxed);
      expect(lines).toHaveLength(3);
      expect(widest(lines)).toBeLessThanOrEqual(width);
      expect(shown(lines)[1]!.split(/ +/)).toEqual(['sent', 'headers', 'first', 'last']);
      expect(
        shown(lines)[2]!
          .trim()
          .split(/ {1,}(?=\d)/),
      ).toHaveLength(3);
    }),
  );
});

test('the scale is a round time that holds what there is', () => {
  expect([0, 10, 11, 643, 1001, 59_999, 60_001].map(scaleFor)).toEqual([
    10, 10, 20, 1000, 1500, 60_000, 120_000,
  ]);
});
