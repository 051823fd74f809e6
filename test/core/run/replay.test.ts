import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RunLog } from '../../../src/core/run/log.ts';
import { moments } from '../../../src/core/run/moments.ts';
import { Replay, speeds } from '../../../src/core/run/replay.ts';
import { handClock } from '../../helpers/hand-clock.ts';
import {
  abortedRun,
  attempt,
  chat,
  chunk,
  headers,
  helloRun,
  helloStream,
  logOf,
  response,
  retriedRun,
  runStart,
  stepEnd,
  stepStart,
} from '../../helpers/logs.ts';

const twoSteps = [
  runStart('3a'),
  stepStart(chat()),
  attempt(1),
  headers(200),
  response(300, 'Hello'),
  stepEnd(301),
  stepStart(chat({ stream: true }), { step: 1, at: 310 }),
  attempt(311, { step: 1 }),
  headers(320, 200, { step: 1 }),
  chunk(0, 330, 'Hel', { step: 1 }),
  chunk(1, 330, 'lo', { step: 1 }),
  stepEnd(340, 'complete', 1),
];
const runs = { helloRun, abortedRun, retriedRun, twoSteps };

const seen = (log: RunLog) => ({
  events: log.events,
  summary: log.summary,
  rows: [0, 1].map((step) => log.rows(step)),
  texts: [0, 1].map((step) => log.text(step)),
});

/** A replay of a run that is over, and what moves its time. */
function replayOf(events: Parameters<typeof logOf>[0]) {
  const hand = handClock();
  const source = logOf(events, hand.clock);
  return { ...hand, source, replay: new Replay(source, hand.clock) };
}

describe('what a replay shows', () => {
  test.each(Object.entries(runs))(
    'at any time of the %s, wherever it came from, it is a log of the events up to then',
    (_, events) => {
      const { replay } = replayOf(events);
      fc.assert(
        fc.property(fc.array(fc.double({ min: -10, max: 1700, noNaN: true }), { maxLength: 6 }), (times) => {
          for (const ms of times) {
            replay.seek(ms);
            const upTo = events.filter(({ at }) => at <= Math.max(0, ms));
            expect(seen(replay.log)).toEqual(seen(logOf(upTo)));
            expect(replay.atMs).toBe(Math.min(Math.max(0, ms), replay.endMs));
            expect(replay.log.elapsedMs()).toBe(replay.atMs);
          }
        }),
        { numRuns: 30, examples: [[[1700, 0]]] },
      );
    },
  );

  test.each(Object.entries(runs))('at any place in the %s it is a log of so many events', (_, events) => {
    const { replay } = replayOf(events);
    fc.assert(
      fc.property(fc.array(fc.nat(events.length), { maxLength: 25 }), (counts) => {
        for (const count of counts) {
          replay.goTo(count);
          expect(seen(replay.log)).toEqual(seen(logOf(events.slice(0, count))));
        }
      }),
      { numRuns: 30 },
    );
  });

  test('is the same log while time goes forward, and another only when it goes back', () => {
    const { replay, source } = replayOf(helloRun);
    expect(replay.log).toBe(source);
    replay.seek(100);
    const { log } = replay;
    expect(log).not.toBe(source);
    replay.seek(600);
    replay.goTo(log.events.length + 1);
    replay.seek(Number.POSITIVE_INFINITY);
    expect(replay.log).toBe(log);
    expect(log.events).toHaveLength(helloRun.length);
    replay.goTo(helloRun.length - 1);
    expect(replay.log).not.toBe(log);
  });
});

test('a step stops behind the next event that is a stop, and stays where there is none', () => {
  const { replay } = replayOf(helloRun);
  const stop = (by: 1 | -1) => {
    replay.step(by, ({ type }) => type === 'chunk');
    return replay.atMs;
  };
  replay.seek(0);
  expect([1, 2, 3, 4, 5, 6].map(() => stop(1))).toEqual([512, 551, 602, 640, 641, 641]);
  expect(replay.log.text(0)).toBe('Hello World!');
  expect([1, 2, 3, 4, 5].map(() => stop(-1))).toEqual([640, 602, 551, 512, 512]);
  expect(replay.log.rows(0).chunks).toHaveLength(1);
  replay.seek(replay.endMs);
  expect(stop(1)).toBe(643);
  expect(replay.isFollowing).toBe(true);
});

describe('playing', () => {
  test.each(speeds)('%d times as fast as it was, to the end and no further', (speed) => {
    const { replay, move, pending } = replayOf(helloRun);
    replay.setSpeed(speed);
    replay.play();
    expect(replay.atMs).toBe(0);
    move(100);
    expect(replay.atMs).toBeCloseTo(Math.min(100 * speed, 643), 6);
    for (let frame = 0; frame < 200; frame++) move(34);
    expect(replay.isPlaying).toBe(false);
    expect(replay.atMs).toBe(643);
    expect(replay.log.summary.outcome).toBe('complete');
    expect(pending()).toBe(0);
  });

  test('goes on from where it was sought, and at the speed it was set to meanwhile', () => {
    const { replay, move } = replayOf(helloRun);
    replay.play();
    move(20);
    replay.seek(500);
    move(40);
    expect(replay.atMs).toBe(540);
    expect(replay.log.rows(0).chunks).toHaveLength(1);
    move(10);
    replay.setSpeed(0.1);
    expect(replay.atMs).toBe(550);
    move(40);
    expect(replay.atMs).toBeCloseTo(554, 6);
  });

  test('ends with a pause or a step, and no timer is left', () => {
    for (const halt of [(replay: Replay) => replay.pause(), (replay: Replay) => replay.goTo(5)]) {
      const { replay, move, pending } = replayOf(helloRun);
      replay.play();
      move(34);
      halt(replay);
      const { atMs } = replay;
      expect([replay.isPlaying, pending()]).toEqual([false, 0]);
      move(1000);
      expect(replay.atMs).toBe(atMs);
    }
  });
});

describe('who listens', () => {
  test('hears of play and of hasty keys once a frame', () => {
    const { replay, move } = replayOf(helloRun);
    let heard = 0;
    replay.subscribe(() => heard++);
    replay.play();
    for (let ms = 0; ms < 500; ms++) {
      move(1);
      if (ms % 5 === 0) replay.setSpeed(0.5);
    }
    expect(heard).toBeGreaterThanOrEqual(9);
    expect(heard).toBeLessThanOrEqual(11);
  });

  test('has the same snapshot until it is told, and then that of the new time', () => {
    const { replay, move } = replayOf(helloRun);
    replay.subscribe(() => {});
    const before = replay.getSnapshot();
    replay.seek(600);
    expect(replay.getSnapshot()).toBe(before);
    move(51);
    expect(replay.getSnapshot()).not.toBe(before);
    expect(replay.getSnapshot().summary.steps[0]).toMatchObject({ chunks: 2, outcome: null });
  });

  test('sees what there is before it listens, as one object', () => {
    const { replay } = replayOf(helloRun);
    replay.seek(600);
    expect(replay.getSnapshot()).toBe(replay.getSnapshot());
    expect(replay.getSnapshot().summary.steps[0]?.chunks).toBe(2);
  });
});

describe('a run that still goes on', () => {
  const rest = helloRun.slice(helloStream.length);

  function live() {
    const hand = handClock();
    const source = new RunLog(hand.clock);
    for (const event of helloStream) {
      hand.move(event.at - hand.clock.now());
      source.append(event);
    }
    return { ...hand, source, replay: new Replay(source, hand.clock) };
  }

  test('is followed at its end, also after time was elsewhere', () => {
    for (const before of [() => {}, (replay: Replay) => replay.seek(100)]) {
      const { replay, source, move } = live();
      before(replay);
      replay.seek(replay.endMs);
      let heard = 0;
      replay.subscribe(() => heard++);
      move(1);
      expect(replay.atMs).toBe(642);
      for (const event of rest) source.append(event);
      expect(replay.log.events).toEqual(source.events);
      move(34);
      expect(heard).toBeGreaterThan(0);
      expect(replay.getSnapshot().summary.outcome).toBe('complete');
      expect(replay.atMs).toBe(643);
    }
  });

  test('is not followed at an earlier time, but what came since can be reached', () => {
    const { replay, source, move } = live();
    replay.seek(641);
    move(1);
    replay.seek(641);
    const { length } = replay.log.events;
    for (const event of rest) source.append(event);
    expect(replay.log.events).toHaveLength(length);
    expect(replay.atMs).toBe(641);
    replay.step(1, () => true);
    expect(replay.log.events).toHaveLength(length + 1);
  });

  test('is left by the last listener, and then tells nobody', () => {
    const { replay, source, move, pending } = live();
    let heard = 0;
    const leave = replay.subscribe(() => heard++);
    leave();
    source.append(rest[0]!);
    expect(pending()).toBe(0);
    for (const event of rest.slice(1)) source.append(event);
    move(100);
    expect(heard).toBe(0);
    expect(replay.getSnapshot().summary.outcome).toBe('complete');
  });

  test('played fast it is caught up with, and then followed', () => {
    const { replay, move } = live();
    replay.setSpeed(100);
    replay.play();
    expect(replay.atMs).toBe(0);
    for (let frame = 0; frame < 3; frame++) move(34);
    expect(replay.isPlaying).toBe(false);
    move(10);
    expect(replay.atMs).toBe(641 + 3 * 34 + 10);
  });
});

test('at the moment at which a thing is first seen its chunk is there, and nothing that came behind it', () => {
  const { replay } = replayOf(helloRun);
  const seenAt = Object.fromEntries(
    moments(logOf(helloRun), 0).map(({ name, count }) => {
      replay.goTo(count);
      const { events, chunks } = replay.log.rows(0);
      return [name, [replay.atMs, events.length, chunks.length, replay.log.text(0)]];
    }),
  );
  expect(seenAt).toEqual({
    headers: [470, 0, 0, ''],
    'first event': [512, 1, 1, ''],
    'first content': [551, 2, 2, 'Hello'],
    'last content': [640, 4, 4, 'Hello World!'],
    end: [643, 5, 5, 'Hello World!'],
  });
});

test('each request of a run has its own moments, as far as it has come', () => {
  expect(moments(logOf(twoSteps), 1)).toEqual([
    { name: 'headers', count: 9 },
    { name: 'first content', count: 10 },
    { name: 'last content', count: 11 },
    { name: 'end', count: 12 },
  ]);
  expect(moments(logOf(helloStream), 0).map(({ name }) => name)).toEqual([
    'headers',
    'first event',
    'first content',
  ]);
  expect(moments(logOf(helloRun), 7)).toEqual([]);
});
