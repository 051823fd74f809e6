import { expect, test } from 'vitest';
import { onceASecond } from '../../src/core/once-a-second.ts';
import { stillClock } from '../helpers/logs.ts';

test('a reading is taken anew once a second, however often it is asked for', () => {
  let now = 5;
  let readings = 0;
  const read = onceASecond(() => ++readings, { ...stillClock, now: () => now });
  const at = (ms: number) => {
    now = ms;
    return read();
  };
  expect([5, 20, 1004, 1005, 1990, 2005].map(at)).toEqual([1, 1, 1, 2, 2, 3]);
});
