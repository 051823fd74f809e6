import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSseByteParser } from '../../../src/core/api/sse-bytes.ts';
import { brokenCharacter, bytesBetween } from '../../../src/core/inspect/body-bytes.ts';
import { layersOf, readSpan } from '../../../src/core/inspect/layers.ts';
import { eventRow } from '../../../src/core/run/event-in-bytes.ts';
import type { RunEventOf } from '../../../src/core/run/events.ts';
import type { StepRows } from '../../../src/core/run/log.ts';
import { splitEmoji } from '../../helpers/streams.ts';

/** The rows of a body that came in pieces of those sizes, the last one as long as what is left. */
function rowsOf(body: string | Uint8Array, sizes: readonly number[]): StepRows {
  const bytes = Buffer.from(body as string);
  const reads: RunEventOf<'read'>[] = [];
  const events: RunEventOf<'event'>[] = [];
  const parser = createSseByteParser((event) =>
    events.push(eventRow({ at: 0, step: 0, index: events.length }, event, reads.at(-1)!)),
  );
  for (let start = 0; start < bytes.length; ) {
    const end = Math.min(bytes.length, start + (sizes[reads.length] ?? bytes.length));
    const piece = bytes.subarray(start, end);
    reads.push({ type: 'read', at: 0, step: 0, attempt: 0, index: reads.length, start, end, bytes: piece });
    parser.feed(piece);
    start = end;
  }
  return { reads, events, chunks: [], response: null };
}

/** What a row says, in a few signs: the read, the event, what was cut before it, what is left out. */
const said = (rows: StepRows, from = 0, count = 99) =>
  layersOf(rows, from, count).map(({ read, isReadStart, event, start, end, isStart, cut, leftOut }) =>
    [
      isReadStart ? `read ${read}` : `(${read})`,
      isStart ? `${event ?? 'none'}: ${end - start} B` : `(${event ?? 'none'})`,
      ...(cut ? [cut] : []),
      ...(leftOut ? [`${leftOut} left out`] : []),
    ].join(' '),
  );

test('an emoji in two reads, then three events in one', async () => {
  const rows = (await splitEmoji()).rows(0);
  expect(rows.reads.map(({ start, end }) => end - start)).toEqual([217, 30, 370, 124]);
  expect(said(rows)).toEqual([
    'read 0 0: 123 B',
    '(0) 1: 124 B',
    'read 1 (1) character',
    'read 2 2: 124 B',
    '(2) 3: 124 B',
    '(2) 4: 122 B',
    'read 3 5: 110 B',
    '(3) 6: 14 B',
  ]);
  expect(readSpan(rows, 0)).toEqual({
    events: { first: 0, last: 1 },
    ends: 'character',
    broken: { have: 2, need: 4 },
  });
  expect(readSpan(rows, 1)).toEqual({ events: { first: 1, last: 1 }, ends: 'between', broken: null });
  expect(readSpan(rows, 2)).toEqual({ events: { first: 2, last: 4 }, ends: 'between', broken: null });
});

test('bytes that are no event stand between those that are, and behind the last', () => {
  const rows = rowsOf(': hi\n\ndata: a\n\n\ndata: b\n\ndata: c', [3, 20]);
  expect(said(rows)).toEqual([
    'read 0 none: 6 B',
    'read 1 (none)',
    '(1) 0: 9 B',
    '(1) none: 1 B',
    '(1) 1: 9 B',
    'read 2 (1) event',
    '(2) none: 7 B',
  ]);
  expect([0, 1, 2].map((place) => readSpan(rows, place).ends)).toEqual(['between', 'event', 'open']);
  expect(readSpan(rowsOf('data: a\n\n: ok\n\n', []), 0).ends).toBe('between');
});

test('an event that came byte by byte keeps few rows', () => {
  const rows = rowsOf('data: a\n\ndata: é\n\n', Array(30).fill(1));
  expect(said(rows)).toEqual([
    'read 0 0: 9 B',
    'read 1 (0) event',
    'read 2 (0) event 6 left out',
    'read 8 (0) event',
    'read 9 1: 10 B',
    'read 10 (1) event',
    'read 11 (1) event 7 left out',
    'read 18 (1) event',
  ]);
});

test('a window has the rows of its events only', () => {
  const rows = rowsOf('data: a\n\n'.repeat(9), [20, 20]);
  expect(said(rows, 2, 2)).toEqual(['(0) 2: 9 B', 'read 1 (2) event', '(1) 3: 9 B']);
  expect(said(rows, 50, 2)).toEqual([]);
});

test('without reads, as with none kept, the events are still there', () => {
  const { events } = rowsOf('data: a\n\ndata: b\n\n', []);
  expect(layersOf({ events, reads: [], chunks: [], response: null }, 0, 9)).toMatchObject([
    { read: null, event: 0, reads: 1 },
    { read: null, event: 1, reads: 1 },
  ]);
});

test('the reads of an attempt that broke off are not those of this body', () => {
  const { reads, ...rest } = rowsOf('data: a\n\ndata: b\n\n', [9]);
  const old = { ...reads[0]!, bytes: Buffer.from('{"a": 123') };
  const again = [old, ...reads.map((read) => ({ ...read, attempt: 1 }))];
  expect(said({ reads: again, ...rest })).toEqual(['read 1 0: 9 B', 'read 2 1: 9 B']);
  expect(Buffer.from(bytesBetween(again, 6, 15)).toString()).toBe('a\n\ndata: ');
});

test('however a body is cut, each cut is marked for what it is', () => {
  const body = Buffer.from('data: é漢😀\n\n: x\n\ndata: b\n\n');
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 40, maxLength: 40 }), (sizes) => {
      const rows = rowsOf(body, sizes);
      expect(Buffer.from(bytesBetween(rows.reads, 0, body.length))).toEqual(body);
      for (const [place, { end }] of rows.reads.entries()) {
        const { ends, events } = readSpan(rows, place);
        const isWhole = !body.subarray(0, end).toString().endsWith('�');
        const inside = rows.events.find((event) => event.start < end && end < event.end);
        expect(ends === 'character').toBe(!isWhole);
        if (isWhole) expect(ends === 'event').toBe(inside !== undefined);
        if (inside) expect(events?.last).toBe(inside.index);
      }
    }),
  );
});

test('a character that is not whole is told by its bytes', () => {
  const bytes = (...all: number[]) => brokenCharacter(Uint8Array.from(all));
  expect(bytes(0x61, 0xf0, 0x9f)).toEqual({ have: 2, need: 4 });
  expect(bytes(0xe6)).toEqual({ have: 1, need: 3 });
  for (const whole of [
    [],
    [0x61],
    [0xc3, 0xa9],
    [0xf0, 0x9f, 0x98, 0x80],
    [0x80, 0x80, 0x80, 0x80],
    [0xff],
  ]) {
    expect(bytes(...whole)).toBeNull();
  }
});

test('a window costs the same in a long stream as in a short one', () => {
  const looks = (count: number) => {
    let looked = 0;
    const counted = <T extends object>(list: T[]): T[] =>
      new Proxy(list, {
        get: (target, key, receiver) => {
          looked++;
          return Reflect.get(target, key, receiver);
        },
      });
    const { reads, events } = rowsOf('data: a\n\n'.repeat(count), Array(count * 2).fill(7));
    const rows = { reads: counted([...reads]), events: counted([...events]), chunks: [], response: null };
    layersOf(rows, Math.floor(count / 2), 30);
    readSpan(rows, Math.floor(count / 2));
    return looked;
  };
  // Twelve times as deep a search, and no more: log2 of what is there.
  expect(looks(20_000)).toBeLessThan(looks(100) * 3);
});
