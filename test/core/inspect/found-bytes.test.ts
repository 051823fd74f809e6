import { expect, test } from 'vitest';
import { firstFoundBytes, foundBytes } from '../../../src/core/inspect/found-bytes.ts';
import { soughtBy } from '../../../src/core/inspect/query.ts';
import { done, eventOf, streamed } from '../../helpers/streams.ts';

const found = (bytes: Uint8Array, query: string) =>
  [...foundBytes(bytes, soughtBy(query), 100)].map(({ start, end }) =>
    Buffer.from(bytes.subarray(start - 100, end - 100)).toString(),
  );

test('places are told in bytes, behind characters of any size', () => {
  const bytes = Buffer.from('é😀 Token, 日本 token');
  expect(found(bytes, 'TOKEN')).toEqual(['Token', 'token']);
  expect(found(bytes, '日本')).toEqual(['日本']);
  expect(found(bytes, 'É')).toEqual(['é']);
});

test('beside bytes that are no text they are the same places; what cannot be told is not', () => {
  const bytes = Buffer.concat([Buffer.from([0xe9, 0xe8, 0xff]), Buffer.from(' a token, 日本')]);
  expect(found(bytes, 'token')).toEqual(['token']);
  expect(found(bytes, '日本')).toEqual([]);
  expect(found(bytes, 'choices[0].delta')).toEqual([]);
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
