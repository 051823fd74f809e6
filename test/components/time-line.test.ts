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
    '├────────────────────┼───┼───┤                        643 ms',
    '│     headers 470 ms ┘   │   └ last 640 ms',
    '└ sent                   └ first 551 ms',
  ]);
  expect(stylesOf(lines, '├──')).toEqual(['muted']);
  expect(stylesOf(lines, '┼───┤')).toEqual(['assistant']);
});

test('a request that went out late has its tick there', () => {
  const late = [attempt(13), headers(65), stepEnd(74, 'error')];
  expect(shown(timeLine(stepOf([runStart('3b'), stepStart(chat()), ...late]), null, 60, boxed))).toEqual([
    '├─────┼──────────────────────┼───┤                     74 ms',
    '      │        headers 65 ms ┘',
    '      └ sent 13 ms',
  ]);
});

test('while it runs, the line grows to now and has no end', () => {
  expect(shown(timeLine(stepOf(helloStream), 700, 60, boxed))).toEqual([
    '├────────────────────┼───┼──────                      700 ms',
    '│     headers 470 ms ┘   │',
    '└ sent                   └ first 551 ms',
  ]);
  expect(shown(timeLine(stepOf(helloStream.slice(0, 3)), 200, 60, boxed))).toEqual([
    '├─────────                                            200 ms',
    '│',
    '└ sent',
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

test('each name stands beside its tick and no other, whenever things happen', () => {
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
      const [bar, above, below] = shown(lines) as [string, string, string];
      /** The column of the tick that a name stands beside, through everything that leads up to it. */
      const tickOf = (name: string) => {
        const row = above.includes(name) ? above : below;
        const [label] = new RegExp(`${name} [\\d.]+ m?s`).exec(row) ?? [];
        if (!label) return null;
        const at = row.indexOf(label);
        const isRight = '└┴├┼'.includes(row[at - 2] ?? ' ');
        const tick = isRight ? at - 2 : at + label.length + 1;
        expect(isRight ? '└┴├┼' : '┘┴┤┼').toContain(row[tick] ?? 'none');
        if (row === below) expect('│├┤┼').toContain(above[tick] ?? 'none');
        expect('├┼┤').toContain(bar[tick] ?? 'none');
        return tick;
      };
      const ticks = ['headers', 'first', 'last'].map(tickOf).filter((tick) => tick !== null);
      expect(ticks).toEqual(ticks.toSorted((one, other) => one - other));
      expect(tickOf('first')).not.toBeNull();
    }),
  );
});

test('names at one tick stand in order, and what has no room goes, the first token last', () => {
  const at = (first: number, last: number, end: number, width: number) => {
    const events = [chunk(0, first, 'a'), chunk(1, last, 'b'), stepEnd(end)];
    const step = stepOf([runStart('3b'), stepStart(chat()), attempt(0), headers(20), ...events]);
    return shown(timeLine(step, null, width, boxed));
  };
  expect(at(30, 30, 50, 60)).toEqual([
    '├─────────────────┼────────┼─────────────────┤         50 ms',
    '│   headers 20 ms ┘        ├ last 30 ms',
    '└ sent                     └ first 30 ms',
  ]);
  expect(at(30, 40, 20_000, 44)).toEqual([
    '├────────────────────────────┤       20.00 s',
    '├ first 30 ms',
    '└ headers 20 ms',
  ]);
});

test('the scale is a round time that holds what there is', () => {
  expect([0, 10, 11, 643, 1001, 59_999, 60_001].map(scaleFor)).toEqual([
    10, 10, 20, 1000, 1500, 60_000, 120_000,
  ]);
});
