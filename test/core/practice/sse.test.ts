import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/practice/random.ts';
import { obfuscated, sseEvent } from '../../../src/core/practice/send/sse.ts';

test('padding brings any chunk to a length of one more than a multiple of 16 characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer(), (content, seed) => {
      const padded = obfuscated({ choices: [{ delta: { content } }] }, seededRandom(seed));
      expect([...JSON.stringify(padded)].length % 16).toBe(1);
      expect(padded.obfuscation).toMatch(/^[A-Za-z0-9]{0,15}$/);
      expect(Object.keys(padded).at(-1)).toBe('obfuscation');
    }),
  );
});

test('a chunk that has the length already is padded with nothing', () => {
  const length = JSON.stringify({ x: '', obfuscation: '' }).length;
  const fits = { x: 'x'.repeat((17 - (length % 16)) % 16) };
  expect(obfuscated(fits, seededRandom(1)).obfuscation).toBe('');
});

test('an event is one data line of compact JSON', () => {
  expect(sseEvent({ a: 'line\nbreak', b: [1] })).toBe('data: {"a":"line\\nbreak","b":[1]}\n\n');
});
