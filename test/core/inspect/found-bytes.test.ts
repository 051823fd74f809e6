import { expect, test } from 'vitest';
import { firstFoundBytes, foundBytes } from '../../../src/core/inspect/found-bytes.ts';
import { soughtBy } from '../../../src/core/inspect/query.ts';
import { done, eventOf, streamed } from '../../helpers/streams.ts';

test('places are told in bytes, behind characters of any size', () => {
  const text = 'é😀 Token, 日本 token';
  const bytes = Buffer.from(text);
  const found = [...foundBytes(text, /token/giu, 100)];
  expect(found.map(({ start, end }) => bytes.subarray(start - 100, end - 100).toString())).toEqual([
    'Token',
    'token',
  ]);
});

test('of an event it is the first place in its own bytes; there is none of a path, and none of an event that is not there', async () => {
  const sse = eventOf('Grüße') + eventOf('Grüße und grüße') + done;
  const rows = (await streamed(sse)).rows(0);
  const bytes = Buffer.from(sse);
  const { start, end } = firstFoundBytes(rows, 1, soughtBy('grüße'))!;
  expect(bytes.subarray(start, end).toString()).toBe('Grüße');
  expect(start).toBe(bytes.lastIndexOf('Grüße und'));
  expect(firstFoundBytes(rows, 1, soughtBy('DONE'))).toBeNull();
  expect(firstFoundBytes(rows, 1, soughtBy('choices[0].delta'))).toBeNull();
  expect(firstFoundBytes(rows, 9, soughtBy('grüße'))).toBeNull();
});
