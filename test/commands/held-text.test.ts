import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeldText } from '../../src/commands/held-text.ts';
import { createRedactor } from '../../src/core/mask.ts';

/** What goes out, each piece masked by itself. */
function masked(pieces: readonly string[], secrets: readonly string[]): string {
  const redact = createRedactor(secrets);
  let out = '';
  const held = new HeldText((text) => {
    out += redact.text(text);
  }, secrets);
  for (const piece of pieces) held.write(piece);
  held.end();
  return out;
}

test.each([
  ['ends as it begins', ['sk-proj-0123456789tails']],
  ['ends as another begins', ['sk-proj-0123456789abc', 'abcdefghijklmnop']],
  ['begins another', ['sk-proj-0123456789', 'sk-proj-0123456789-longer']],
])('a secret that %s is masked, wherever it is cut', (_, secrets) => {
  const text = `it is ${secrets[0]}. ok`;
  for (let at = 0; at < text.length; at++)
    expect(masked([text.slice(0, at), text.slice(at)], secrets)).not.toContain(secrets[0]);
});

test('what goes out in pieces is what would go out in one', () => {
  // So few letters that secrets are in each other and begin where others end.
  const letters = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 8, maxLength: 10 });
  const secrets = fc.array(letters, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(secrets, fc.infiniteStream(fc.nat(12)), fc.array(fc.nat(9)), (known, sizes, picks) => {
      const text = picks.map((pick) => known[pick] ?? (pick % 2 ? 'a' : ' b')).join('');
      const pieces: string[] = [];
      for (let at = 0; at < text.length; ) {
        const size = 1 + (sizes.next().value as number);
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      expect(masked(pieces, known)).toBe(createRedactor(known).text(text));
    }),
    { numRuns: 500 },
  );
});

test('the id of an account that comes in two pieces is masked', () => {
  expect(masked(['in org', '-Abcdefghijklmnopqrstuv now'], [])).toBe('in org-Abc...stuv now');
  expect(masked(['proj_Abcdefghi', 'jklmnopqrstuv'], [])).not.toContain('jklm');
});

test('ordinary text goes out at once', () => {
  const out: string[] = [];
  const held = new HeldText((text) => out.push(text), ['sk-proj-0123456789']);
  for (const word of ['Hello', ' World', '!\n']) held.write(word);
  expect(out).toEqual(['Hello', ' World', '!\n']);
});
