import { expect, test } from 'vitest';
import { longestBody, receivedBody, sentBody } from '../../../src/core/inspect/bodies.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { limitedRun, logOf } from '../../helpers/logs.ts';

const reads = (attempt: number, ...pieces: readonly Uint8Array[]): RunEvent[] => {
  let start = 0;
  return pieces.map((bytes, index) => {
    const read = {
      type: 'read',
      at: 1,
      step: 0,
      attempt,
      index,
      start,
      end: start + bytes.length,
      bytes,
    } as const;
    start = read.end;
    return read;
  });
};

test('each attempt has the body that it sent', () => {
  const log = logOf(
    limitedRun.map((event) =>
      event.type === 'attempt' ? { ...event, body: `büdy ${event.attempt}` } : event,
    ),
  );
  expect([0, 2].map((attempt) => sentBody(log, 0, attempt))).toEqual([
    { text: 'büdy 0', bytes: 7 },
    { text: 'büdy 2', bytes: 7 },
  ]);
  expect(sentBody(log, 0, 3)).toBeNull();
  expect(sentBody(log, 1, 0)).toBeNull();
});

test('each attempt has the bytes that it was answered with, whole characters over the ends of reads', () => {
  const smile = Buffer.from('a😀b');
  const log = logOf(limitedRun.slice(0, 2));
  for (const event of reads(0, Buffer.from('first'))) log.append(event);
  expect(receivedBody(log, 0, 0)).toMatchObject({ text: 'first', bytes: 5, reads: 1 });
  const [begun, ended] = reads(1, smile.subarray(0, 3), smile.subarray(3));
  log.append(begun!);
  expect(receivedBody(log, 0, 0).text).toBe('first');
  expect(receivedBody(log, 0, 1)).toMatchObject({ text: 'a\ufffd', bytes: 3, reads: 1 });
  log.append(ended!);
  expect(receivedBody(log, 0, 1)).toMatchObject({ text: 'a😀b', bytes: 6, reads: 2 });
  expect(receivedBody(log, 0, 2)).toMatchObject({ text: '', bytes: 0, reads: 0 });
});

test('of a body without end the beginning is kept, and all is counted', () => {
  const piece = Buffer.alloc(longestBody - 1, 'x');
  const log = logOf(limitedRun.slice(0, 2));
  for (const event of reads(0, piece, piece, piece)) log.append(event);
  const body = receivedBody(log, 0, 0);
  expect([body.text.length, body.bytes]).toEqual([longestBody, 3 * piece.length]);
});
