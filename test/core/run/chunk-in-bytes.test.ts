import { expect, test } from 'vitest';
import { chunkInBytes, letGo, readingOf } from '../../../src/core/run/chunk-in-bytes.ts';
import { eventRow } from '../../../src/core/run/event-in-bytes.ts';
import type { RunEventOf } from '../../../src/core/run/events.ts';
import { RunLog } from '../../../src/core/run/log.ts';
import { handClock } from '../../helpers/hand-clock.ts';

const chunkOf = (index: number) => ({ id: 'c', choices: [{ index: 0, delta: { content: ` ${index} é` } }] });

type ChunkRow = RunEventOf<'chunk'>;

/** The event with this text, in a read of its own. */
function eventOf(index: number, json: string) {
  const place = { at: index, step: 0, index };
  const bytes = Buffer.from(`data: ${json}\n\n`);
  const read = { type: 'read', ...place, attempt: 0, start: 0, end: bytes.length, bytes } as const;
  return eventRow(place, { start: 0, end: bytes.length, data: null }, read);
}

const chunkRow = (index: number, chunk: unknown): ChunkRow => ({
  type: 'chunk',
  at: index,
  step: 0,
  index,
  chunk,
});

/** The rows of the chunks that have come as these texts; null for one that is not in its bytes. */
const rowsOf = (jsons: readonly string[]) =>
  jsons.map((json, index) => chunkInBytes(chunkRow(index, JSON.parse(json)), eventOf(index, json)));

test('a chunk is made again from its bytes, also where it is written down', () => {
  const [row] = rowsOf([JSON.stringify(chunkOf(3))]);
  expect(row!.chunk).toEqual(chunkOf(3));
  const said = readingOf(row!);
  expect(said.choices[0]?.content).toBe(' 3 é');
  expect(readingOf(row!)).toBe(said);
  letGo(row!);
  expect(readingOf(row!)).not.toBe(said);
  expect(readingOf(row!)).toEqual(said);
  expect(JSON.parse(JSON.stringify(row))).toEqual(chunkRow(0, chunkOf(3)));
});

test.each([
  ['other spaces', '{"id": "c", "choices": []}'],
  ['other escapes', '{"id":"\\u0063","choices":[]}'],
  ['a number that is written otherwise', '{"id":"c","created":1.0}'],
])('a chunk whose JSON has %s is not in its bytes', (_, json) => {
  expect(rowsOf([json])).toEqual([null]);
});

test('a chunk is not in the bytes of another event, nor of none', () => {
  const row = chunkRow(0, chunkOf(0));
  expect(chunkInBytes(row, eventOf(0, JSON.stringify(chunkOf(1))))).toBe(null);
  expect(chunkInBytes(row, undefined)).toBe(null);
});

test('a long run holds what its newest chunks say, and says the same of all', () => {
  const log = new RunLog(handClock().clock);
  const chunks = Array.from({ length: 3000 }, (_, index) => chunkOf(index));
  const target = { kind: 'practice', baseURL: '' } as const;
  const request = { kind: 'model', model: 'm' } as const;
  log.append({ type: 'step-start', at: 0, step: 0, id: 's', label: 's', target, request });
  for (const row of rowsOf(chunks.map((chunk) => JSON.stringify(chunk)))) log.append(row!);
  expect(log.summary.steps[0]?.chunks).toBe(3000);
  const [once, again] = [log.rows(0).chunks.map(readingOf), log.rows(0).chunks.map(readingOf)];
  const isHeld = once.map((said, index) => said === again[index]);
  expect(isHeld.at(-1)).toBe(true);
  expect(isHeld.filter(Boolean).length).toBeLessThan(200);
  expect(log.rows(0).chunks.map(({ chunk }) => chunk)).toEqual(chunks);
  expect(log.text(0)).toBe(chunks.map(({ choices }) => choices[0]!.delta.content).join(''));
});
