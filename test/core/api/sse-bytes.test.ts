import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSseByteParser, plainRange, type SseEvent } from '../../../src/core/api/sse-bytes.ts';

function parse(pieces: readonly Uint8Array[]): SseEvent[] {
  const body = Buffer.concat(pieces);
  const events: SseEvent[] = [];
  const parser = createSseByteParser((event) => {
    const { start, end, data } = event;
    events.push({ ...event, data: data ?? body.toString('utf8', ...plainRange(start, end)) });
  });
  for (const piece of pieces) parser.feed(piece);
  parser.end();
  return events;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('an event is known by its text and by its bytes', () => {
  expect(parse([bytes('data: é\n\ndata: [DONE]\n\n')])).toEqual([
    { start: 0, end: 10, data: 'é' },
    { start: 10, end: 24, data: '[DONE]' },
  ]);
});

test('comments are no events, and their bytes belong to none', () => {
  expect(parse([bytes(': keepalive\n\ndata: a\n\n')])).toEqual([{ start: 13, end: 22, data: 'a' }]);
});

test('named events keep their name, and lines of data are joined', () => {
  expect(parse([bytes('event: error\ndata: a\ndata: b\n\n')])).toEqual([
    { start: 0, end: 30, name: 'error', data: 'a\nb' },
  ]);
});

test('a last event without its blank line is delivered at the end', () => {
  expect(parse([bytes('data: a')])).toEqual([{ start: 0, end: 7, data: 'a' }]);
  expect(parse([bytes('data: a\r\n')])).toEqual([{ start: 0, end: 9, data: 'a' }]);
});

test('where the reader stops, a CR that came last was a line end: the SDK reads no further than [DONE]', () => {
  const events: SseEvent[] = [];
  const parser = createSseByteParser((event) => events.push(event));
  parser.feed(bytes('data: a\r\rdata: [DONE]\r\r'));
  expect(events.map(({ data }) => data)).toEqual(['a']);
  parser.stop();
  expect(events).toEqual([
    { start: 0, end: 9, data: 'a' },
    { start: 9, end: 23, data: '[DONE]' },
  ]);
});

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((value) => value.replace(/[\r\n]/g, ' '));
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const block = fc.record({ text, isComment: fc.boolean() });

test('however the bytes are split, the events and their ranges are the same', () => {
  fc.assert(
    fc.property(
      fc.array(block, { maxLength: 6 }),
      lineEnd,
      fc.infiniteStream(fc.nat(9)),
      (blocks, end, sizes) => {
        const body = bytes(
          blocks.map((each) => `${each.isComment ? ': ' : 'data: '}${each.text}${end}${end}`).join(''),
        );
        const pieces: Uint8Array[] = [];
        for (let at = 0; at < body.length; ) {
          const size = 1 + (sizes.next().value as number);
          pieces.push(body.slice(at, at + size));
          at += size;
        }
        const events = parse(pieces);
        expect(events).toEqual(parse([body]));
        expect(events.map(({ data }) => data)).toEqual(
          blocks.filter(({ isComment }) => !isComment).map((each) => each.text),
        );
        for (const { start, end: to, data } of events) {
          expect(new TextDecoder().decode(body.slice(start, to))).toBe(`data: ${data}${end}${end}`);
        }
      },
    ),
  );
});

test('whatever ends the lines, the texts are those that the parser alone would find', () => {
  const part = fc.constantFrom('data: a', 'data:b', 'data: é', 'data', ': c', 'event: x', 'id: 1', '\ufeff');
  const lines = fc.array(fc.oneof(part, lineEnd, lineEnd), { maxLength: 24 });
  fc.assert(
    fc.property(lines, fc.infiniteStream(fc.nat(12)), (parts, sizes) => {
      const body = bytes(parts.join(''));
      const expected: string[] = [];
      const parser = createParser({ onEvent: ({ data }) => expected.push(data) });
      parser.feed(`${new TextDecoder().decode(body)}\n\n`);
      const pieces: Uint8Array[] = [];
      for (let at = 0; at < body.length; ) {
        const size = 1 + (sizes.next().value as number);
        pieces.push(body.slice(at, at + size));
        at += size;
      }
      expect(parse(pieces).map(({ data }) => data)).toEqual(expected);
      expect(parse([body]).map(({ data }) => data)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});
