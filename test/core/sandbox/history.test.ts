import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amend, type History, historyOf, record, redo, undo } from '../../../src/core/sandbox/history.ts';

const recorded = (...states: string[]): History<string> =>
  states.reduce((history, state) => record(history, state), historyOf(''));

test('what was recorded is undone and redone step by step', () => {
  const done = recorded('a', 'ab', 'abc');
  const undone = undo(undo(done));
  expect(undone.present).toBe('a');
  expect(redo(undone).present).toBe('ab');
  expect(redo(redo(undone)).present).toBe('abc');
  expect(undo(undo(undone)).present).toBe('');
});

test('a new change takes the place of what was undone', () => {
  const changed = record(undo(recorded('a', 'b')), 'c');
  expect(redo(changed)).toBe(changed);
  expect(undo(changed).present).toBe('a');
});

test('like changes in a row are undone as one', () => {
  let history = recorded('start');
  for (const word of ['w', 'wo', 'wor']) history = record(history, word, 'typing');
  expect(undo(history).present).toBe('start');
});

test.each<[string, (history: History<string>) => History<string>]>([
  ['another kind of change', (history) => record(history, 'pasted')],
  ['an amendment', (history) => amend(history, 'moved')],
  ['undo and redo', (history) => redo(undo(history))],
])('%s between like changes keeps them apart', (_, between) => {
  const history = between(record(historyOf(''), 'a', 'typing'));
  expect(undo(record(history, 'b', 'typing')).present).toBe(history.present);
});

test('changes of no kind are never taken together', () => {
  expect(undo(record(record(historyOf('a'), 'b', null), 'c', null)).present).toBe('b');
});

test('an amendment is no step, and leaves what was undone to be redone', () => {
  const amended = amend(undo(recorded('a', 'b')), 'a, moved');
  expect(undo(amended).present).toBe('');
  expect(redo(amended).present).toBe('b');
  expect(undo(redo(amended)).present).toBe('a, moved');
});

test('where nothing changes, the history stays the same object', () => {
  const history = recorded('a');
  expect(record(history, 'a', 'typing')).toBe(history);
  expect(amend(history, 'a')).toBe(history);
  expect(redo(history)).toBe(history);
  const fresh = historyOf('a');
  expect(undo(fresh)).toBe(fresh);
});

test('the last 500 steps are kept', () => {
  let history = historyOf(0);
  for (let step = 1; step <= 600; step++) history = record(history, step);
  let steps = 0;
  while (undo(history) !== history) {
    history = undo(history);
    steps++;
  }
  expect(steps).toBe(500);
  expect(history.present).toBe(100);
});

test('however one goes back and forth, states come in the order in which they were', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('record', 'undo', 'redo')), (moves) => {
      let history = historyOf(0);
      let states = [0];
      let at = 0;
      for (const [index, move] of moves.entries()) {
        if (move === 'undo') {
          history = undo(history);
          at = Math.max(0, at - 1);
        } else if (move === 'redo') {
          history = redo(history);
          at = Math.min(states.length - 1, at + 1);
        } else {
          history = record(history, index + 1);
          states = [...states.slice(0, at + 1), index + 1];
          at++;
        }
        expect([...history.past, history.present, ...history.future]).toEqual(states);
        expect(history.present).toBe(states[at]);
      }
    }),
  );
});
