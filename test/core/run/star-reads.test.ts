import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunLog } from '../../../src/core/run/log.ts';
import { answered, done, eventOf } from '../../helpers/streams.ts';

const key = `sk-proj-${'CANARY01'.repeat(4)}s`;
const stars = '*'.repeat(key.length);

const bytesOf = (log: RunLog): string =>
  Buffer.concat(log.events.flatMap((event) => (event.type === 'read' ? [event.bytes] : []))).toString();

/** A text cut into pieces of those sizes. */
function cut(text: string, sizes: Iterator<number>): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieces.at(-1)!.length)
    pieces.push(text.slice(at, at + Number(sizes.next().value)));
  return pieces;
}

test('however a key is cut by reads, their bytes do not tell it, and all others are as they came', async () => {
  const body = `${eventOf('It is ')}${eventOf(` ${key} and ${key}`)}${eventOf('.')}${done}`;
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 1, max: 40 })), async (sizes) => {
      const log = await answered(cut(body, sizes), { secrets: [key], isSeen: true });
      expect(bytesOf(log)).toBe(body.replaceAll(key, stars));
      expect(log.text(0)).toBe('It is  sk-proj...Y01s and sk-proj...Y01s.');
    }),
    { numRuns: 30 },
  );
});

test('a key of thousands of characters is found as well', async () => {
  const long = `eyJ${'CANARY01'.repeat(400)}`;
  const body = `${eventOf(` ${long}.`)}${done}`;
  const log = await answered([body.slice(0, 2500), body.slice(2500)], { secrets: [long], isSeen: true });
  expect(bytesOf(log)).toBe(body.replace(long, '*'.repeat(long.length)));
});

test('a key that comes in pieces, each in its own chunk, is no more in the bytes than in the text', async () => {
  const pieces = ['Yours: ', ...(key.match(/.{1,6}/g) ?? []), ' and no other.'];
  const log = await answered([...pieces.map((piece) => eventOf(piece)), done], {
    secrets: [key],
    isSeen: true,
  });
  const shown = pieces.map((_, index) => log.rows(0).chunks[index]!);
  const deltas = shown.map(({ chunk }) => chunk);
  expect(bytesOf(log)).toBe(`${deltas.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('')}${done}`);
  for (const piece of pieces.slice(3, -1)) expect(bytesOf(log)).not.toContain(piece);
});

test('where stars would take other room than the text, nothing of the event is left', async () => {
  const word = 'geheimnisß-und-mehr-davon';
  const pieces = ['geheimni', 'sß-und', '-mehr-davon'];
  const log = await answered([...pieces.map((piece) => eventOf(piece)), done], {
    secrets: [word],
    isSeen: true,
  });
  expect(bytesOf(log)).not.toMatch(/sß-und|mehr/);
  expect(log.rows(0).reads.map(({ bytes }) => bytes.length)).toEqual(
    [...pieces.map((piece) => eventOf(piece)), done].map((text) => Buffer.byteLength(text)),
  );
});
