import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../../../src/core/mask.ts';
import type { RunEventOf } from '../../../src/core/run/events.ts';
import { writeRecording } from '../../../src/core/run/recording.ts';
import { redactRecording } from '../../../src/core/run/redact-recording.ts';
import { createPieceStars } from '../../../src/core/run/star-pieces.ts';
import { answered, done, eventOf } from '../../helpers/streams.ts';

const key = `sk-proj-${'CANARY01'.repeat(4)}s`;

const rowOf = (index: number, delta: object): RunEventOf<'chunk'> => ({
  type: 'chunk',
  at: index,
  step: 0,
  index,
  chunk: { id: 'c', choices: [{ index: 0, delta }] },
});

/** What is kept of texts that come one behind the other. */
function kept(pieces: readonly string[], secrets: readonly string[] = [key]): readonly string[] {
  const star = createPieceStars(secrets);
  return pieces.map((content, index) => {
    const { chunk } = star(rowOf(index, { content }));
    return (chunk as { choices: { delta: { content: string } }[] }).choices[0]!.delta.content;
  });
}

test('what goes on as a secret began is starred, as far as it does', () => {
  expect(kept(['it is sk-pr', 'oj-CANARY01', 'CAN. So', ' it is'])).toEqual([
    'it is sk-pr',
    'oj-CAN*****',
    '***. So',
    ' it is',
  ]);
  expect(kept([...'sk-proj-CANARY'])).toEqual([...'sk-proj-CAN', ...'***']);
  expect(kept(['Keys begin with sk-proj-', ' or sk-proj-CAR.'])).toEqual([
    'Keys begin with sk-proj-',
    ' or sk-proj-CAR.',
  ]);
});

test('however a key is cut, no more of it is shown than its mask shows', () => {
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.integer({ min: 1, max: 12 })),
      fc.string({ unit: fc.constantFrom('s', 'k', '-', 'p', ' '), maxLength: 9 }),
      (sizes, before) => {
        const text = `${before}${key}${key}.`;
        const pieces: string[] = [];
        for (let at = 0; at < text.length; ) {
          const size = sizes.next().value as number;
          pieces.push(text.slice(at, at + size));
          at += size;
        }
        const shown = kept(pieces).join('');
        expect(shown).toHaveLength(text.length);
        expect(shown).not.toContain(key.slice(0, 12));
        expect(shown).not.toMatch(/[CANRY01]{4}/);
      },
    ),
  );
});

test('a chunk with nothing of it is the same, and texts of other places are other texts', () => {
  const star = createPieceStars([key, 'short']);
  const rows = [
    rowOf(0, { content: 'sk-proj', refusal: '-CANARY01' }),
    rowOf(1, { content: ' short', tool_calls: [{ index: 1, function: { arguments: 'sk-p' } }] }),
    rowOf(2, { tool_calls: [{ index: 0, function: { arguments: 'roj-CAN' } }] }),
  ];
  for (const row of rows) expect(star(row)).toBe(row);
});

test('of a run on screen neither the text nor what is saved of it tells the key', async () => {
  const pieces = ['Yours: ', ...(key.match(/.{1,6}/g) ?? []), ' and no other.'];
  const log = await answered([...pieces.map((piece) => eventOf(piece)), done], {
    secrets: [key],
    isSeen: true,
  });
  expect(log.text(0)).toBe(`Yours: sk-proj-CAN${'*'.repeat(key.length - 11)} and no other.`);
  const redacted = redactRecording(log.events, createRedactor([key]));
  const bytes = Buffer.concat(redacted.flatMap((event) => (event.type === 'read' ? [event.bytes] : [])));
  for (const text of [writeRecording(redacted), bytes.toString()])
    for (const piece of pieces.slice(3, -1)) expect(text).not.toContain(piece);
});
