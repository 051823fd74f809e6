import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stopWatch } from '../../../src/core/practice/model/stop-sequences.ts';

/** What is sent of a text that comes in pieces, and whether it was stopped. */
function sent(pieces: readonly string[], sequences: readonly string[]) {
  const watch = stopWatch<{ text: string }>(sequences);
  const out = pieces.map((text) => watch.feed({ text }).map((piece) => piece.text));
  return { out, rest: watch.rest().map(({ text }) => text), isStopped: watch.isStopped() };
}

test('an answer ends before a stop sequence, also within a piece and across several', () => {
  expect(sent(['one ', 'two ', 'three'], ['wo t'])).toEqual({
    out: [['one '], [], ['t']],
    rest: [],
    isStopped: true,
  });
});

test('what may be the beginning of one is held back, and let go piece by piece when it is none', () => {
  expect(sent(['a', 'b', 'x', 'c'], ['abc'])).toEqual({
    out: [[], [], ['a', 'b', 'x'], ['c']],
    rest: [],
    isStopped: false,
  });
});

test('what was held back at the end is sent after all', () => {
  expect(sent(['x', 'ab'], ['abc'])).toEqual({ out: [['x'], []], rest: ['ab'], isStopped: false });
});

test('the first of several sequences in the text counts, not the first in the list', () => {
  expect(sent(['1, 2; 3'], [';', ',']).out).toEqual([['1']]);
});

test('the first is the one that is complete first, though another began before it', () => {
  expect(sent(['ba', 'ba'], ['a', 'baba']).out).toEqual([['b'], []]);
  expect(sent(['baba'], ['a', 'baba']).out).toEqual([['b']]);
  expect(sent(['xab'], ['b', 'ab']).out).toEqual([['x']]);
});

test('an empty sequence stops nothing', () => {
  expect(sent(['a', 'b'], ['']).out).toEqual([['a'], ['b']]);
});

test('however a text is cut, what is sent is what stands before the first stop sequence', () => {
  // Few letters, so that sequences are found and nearly found.
  const text = (maxLength: number) =>
    fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength });
  fc.assert(
    fc.property(
      fc.array(text(4), { maxLength: 12 }),
      fc.array(text(4), { maxLength: 4 }),
      (pieces, stops) => {
        const whole = pieces.join('');
        const { out, rest, isStopped } = sent(pieces, stops);
        // Read letter by letter, as no program that means to be quick would.
        const endAt = (read: number) => stops.filter((stop) => whole.slice(0, read).endsWith(stop));
        let read = 0;
        while (read < whole.length && endAt(read).length === 0) read += 1;
        const lengths = endAt(read).map(({ length }) => length);
        expect(isStopped).toBe(lengths.length > 0);
        expect([...out.flat(), ...rest].join('')).toBe(whole.slice(0, read - Math.max(0, ...lengths)));
      },
    ),
    { numRuns: 2000 },
  );
});
