import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunLog } from '../../../src/core/run/log.ts';
import type { RunSummary } from '../../../src/core/run/summary.ts';
import { handClock } from '../../helpers/hand-clock.ts';
import { anyRun } from '../../helpers/run-arbitrary.ts';

const start = {
  type: 'run-start',
  at: 0,
  experiment: 't',
  endpoint: { kind: 'practice', baseURL: '' },
  startedAt: '',
} as const;
const event = (index: number) =>
  ({ type: 'event', at: index, step: 0, index, start: 0, end: 1, data: '' }) as const;
const step = {
  type: 'step-start',
  at: 0,
  step: 0,
  id: 's',
  label: 's',
  target: { kind: 'practice', baseURL: '' },
  request: { kind: 'model', model: 'm' },
} as const;

/** A run that listeners hear of, and how often they heard while so many events more came, each so long behind the last. */
function heardRun() {
  const { clock, move } = handClock();
  const log = new RunLog(clock);
  let heard = 0;
  log.subscribe(() => heard++);
  log.append(start);
  log.append(step);
  const heardOf = (count: number, everyMs: number): number => {
    heard = 0;
    for (let more = 0; more < count; more++) {
      log.append(event(log.rows(0).events.length));
      move(everyMs);
    }
    return heard;
  };
  return { log, move, heardOf };
}

test('listeners hear of events at most twenty times a second', () => {
  const { log, heardOf } = heardRun();
  const heard = heardOf(1000, 1);
  expect(heard).toBeGreaterThanOrEqual(19);
  expect(heard).toBeLessThanOrEqual(21);
  expect(log.rows(0).events).toHaveLength(1000);
});

test('of a flood that nobody can read they hear seven times a second, and of its end at once', () => {
  const { log, move, heardOf } = heardRun();
  const heard = heardOf(20_000, 0.05);
  expect(heard).toBeGreaterThanOrEqual(7);
  expect(heard).toBeLessThanOrEqual(9);
  // All of it is told before anyone could call it a wait, and a calm stream behind it is drawn as ever.
  move(150);
  expect(log.getSnapshot().summary.steps[0]?.events).toBe(20_000);
  expect(heardOf(1000, 1)).toBeGreaterThanOrEqual(17);
  log.append({ type: 'run-end', at: 1000, outcome: 'complete' });
  expect(log.getSnapshot().summary.outcome).toBe('complete');
});

test('between two notifications the snapshot is the same object, and then it has everything', () => {
  const { clock, move } = handClock();
  const log = new RunLog(clock);
  log.subscribe(() => {});
  log.append(start);
  move(0);
  const before = log.getSnapshot();
  log.append(step);
  log.append(event(0));
  expect(log.getSnapshot()).toBe(before);
  move(51);
  expect(log.getSnapshot()).not.toBe(before);
  expect(log.getSnapshot().summary.steps[0]?.events).toBe(1);
});

test('an ending is heard at once, and afterwards no timer is left', () => {
  const { clock, pending } = handClock();
  const log = new RunLog(clock);
  let heard = 0;
  log.subscribe(() => heard++);
  log.append(start);
  log.append(step);
  log.append({ type: 'step-end', at: 2, step: 0, outcome: 'complete' });
  expect(log.getSnapshot().summary.steps[0]?.outcome).toBe('complete');
  log.append({ type: 'run-end', at: 2, outcome: 'complete' });
  expect(heard).toBe(2);
  expect(pending()).toBe(0);
});

test('who looks for the first time in the middle of a run sees what there is', () => {
  const { clock, pending } = handClock();
  const log = new RunLog(clock);
  log.append(start);
  log.append(step);
  log.append(event(0));
  expect(log.getSnapshot().summary.steps[0]?.events).toBe(1);
  expect(pending()).toBe(0);
});

test('the elapsed time counts from the first event', () => {
  const { clock, move } = handClock();
  const log = new RunLog(clock);
  expect(log.elapsedMs()).toBe(0);
  move(100);
  log.append(start);
  move(50);
  expect(log.elapsedMs()).toBe(50);
});

test('what a run took is its elapsed time, however long ago it was', () => {
  const { clock, move } = handClock();
  const log = new RunLog(clock);
  log.append(start);
  move(70);
  log.append({ type: 'run-end', at: 70, outcome: 'complete' });
  move(1000);
  expect(log.elapsedMs()).toBe(70);
});

test('a log catches up with another to any count of its events, as if each had been appended', () => {
  const { clock } = handClock();
  const source = new RunLog(clock);
  for (const each of [start, step, ...Array.from({ length: 1200 }, (_, index) => event(index))])
    source.append(each);
  const log = new RunLog(clock, 0);
  for (const count of [0, 1, 2, 499, 500, 501, 1100, 900, 1202]) {
    log.catchUp(source, count);
    const fed = new RunLog(clock);
    for (const each of source.events.slice(0, log.events.length)) fed.append(each);
    expect(log.events.length).toBe(count === 900 ? 1100 : count);
    expect(log.summary).toEqual(fed.summary);
    expect(log.rows(0)).toEqual(fed.rows(0));
  }
});

test('looking at a run in between changes nothing, neither of what comes nor of what was seen', () => {
  fc.assert(
    fc.property(anyRun, fc.infiniteStream(fc.nat(3)), (events, looks) => {
      const [looked, alone] = [new RunLog(handClock().clock), new RunLog(handClock().clock)];
      const seen: { readonly summary: RunSummary; readonly copy: RunSummary }[] = [];
      for (const each of events) {
        looked.append(each);
        alone.append(each);
        if (looks.next().value === 0)
          seen.push({ summary: looked.summary, copy: structuredClone(looked.summary) });
      }
      expect(looked.summary).toEqual(alone.summary);
      for (const { summary, copy } of seen) expect(summary).toEqual(copy);
    }),
    { numRuns: 50 },
  );
});
