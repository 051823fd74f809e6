import { expect, test } from 'vitest';
import { chunkInBytes, letGo } from '../../../src/core/run/chunk-in-bytes.ts';
import { eventRow } from '../../../src/core/run/event-in-bytes.ts';
import { RunLog } from '../../../src/core/run/log.ts';
import { handClock } from '../../helpers/hand-clock.ts';

const chunkOf = (index: number) => ({ id: 'c', choices: [{ index: 0, delta: { content: ` ${index} é` } }] });

/** The rows of a chunk that came as this JSON, in a read of its own. */
function rowsOf(index: number, json: string) {
  const place = { at: index, step: 0, index };
  const bytes = Buffer.from(`data: ${json}\n\n`);
  const read = { type: 'read', ...place, attempt: 0, start: 0, end: bytes.length, bytes } as const;
  const event = eventRow(place, { start: 0, end: bytes.length, data: null }, read);
  const chunk: unknown = JSON.parse(json);
  return { chunk, row: chunkInBytes({ type: 'chunk', ...place, chunk }, event) };
}

test('a chunk that is let go of is made again from its bytes, also where it is written down', () => {
  const { chunk, row } = rowsOf(3, JSON.stringify(chunkOf(3)));
  if (!row) throw new Error('It is not in its bytes.');
  const written = JSON.stringify(row);
  expect(row.chunk).toBe(chunk);
  letGo(row);
  expect(row.chunk).not.toBe(chunk);
  expect(row.chunk).toEqual(chunk);
  expect(JSON.stringify(row)).toBe(written);
  expect(JSON.parse(written)).toEqual({ type: 'chunk', at: 3, step: 0, index: 3, chunk });
});

test.each([
  ['other spaces', '{"id": "c", "choices": []}'],
  ['other escapes', '{"id":"\\u0063","choices":[]}'],
  ['a number that is written otherwise', '{"id":"c","created":1.0}'],
])('a chunk whose JSON has %s is not in its bytes', (_, json) => {
  expect(rowsOf(0, json).row).toBe(null);
});

test('a long run holds the objects of its newest chunks, and says the same of all', () => {
  const log = new RunLog(handClock().clock);
  const made = Array.from({ length: 3000 }, (_, index) => rowsOf(index, JSON.stringify(chunkOf(index))));
  const target = { kind: 'practice', baseURL: '' } as const;
  const request = { kind: 'model', model: 'm' } as const;
  log.append({ type: 'step-start', at: 0, step: 0, id: 's', label: 's', target, request });
  for (const { row } of made) log.append(row!);
  expect(log.summary.steps[0]?.chunks).toBe(3000);
  expect(log.rows(0).chunks.map(({ chunk }) => chunk)).toEqual(made.map(({ chunk }) => chunk));
  // Whoever looks once more has read what was there before.
  expect(log.summary.steps[0]?.chunks).toBe(3000);
  const isHeld = made.map(({ chunk }, index) => log.rows(0).chunks[index]?.chunk === chunk);
  expect(isHeld.at(-1)).toBe(true);
  expect(isHeld.filter(Boolean).length).toBeLessThan(200);
});
