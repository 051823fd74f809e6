import { expect, test } from 'vitest';
import { eventRow } from '../../../src/core/run/event-in-bytes.ts';

const place = { at: 1, step: 0, index: 2 };
const bytes = Buffer.from('data: a\n\ndata: é\n\n');

test('the text of a plain event comes from its bytes, also where it is written down', () => {
  const row = eventRow(place, { start: 19, end: 29, data: null }, bytes, 10);
  const written = { type: 'event', ...place, start: 19, end: 29, data: 'é' };
  expect(row.data).toBe('é');
  expect(JSON.parse(JSON.stringify(row))).toEqual(written);
});

test('another event is kept with its text', () => {
  const event = { start: 0, end: 9, name: 'error', data: 'b' };
  expect(eventRow(place, event, bytes, 0)).toEqual({ type: 'event', ...place, ...event });
});
