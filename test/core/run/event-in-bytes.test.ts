import { expect, test } from 'vitest';
import { eventRow } from '../../../src/core/run/event-in-bytes.ts';

const place = { at: 1, step: 0, index: 2 };
const bytes = Buffer.from('data: a\n\ndata: é\n\n');
const read = { type: 'read', at: 1, step: 0, attempt: 0, index: 0, start: 10, end: 29, bytes } as const;

test('the text of a plain event comes from its bytes, also where it is written down', () => {
  const row = eventRow(place, { start: 19, end: 29, data: null }, read);
  const written = { type: 'event', ...place, start: 19, end: 29, data: 'é' };
  expect(row.data).toBe('é');
  expect(JSON.parse(JSON.stringify(row))).toEqual(written);
});

test('another event is kept with its text', () => {
  const event = { start: 0, end: 9, name: 'error', data: 'b' };
  expect(eventRow(place, event, read)).toEqual({ type: 'event', ...place, ...event });
});
