import { describe, expect, test } from 'vitest';
import { type CopyPlaces, copyText } from '../../src/core/clipboard.ts';

/** A machine with a clipboard and a terminal, and what they got. */
function machine(places: Partial<CopyPlaces> & { hasClipboard?: boolean } = {}) {
  const { hasClipboard = true, ...more } = places;
  const got = { clipboard: [] as string[], terminal: '' };
  const copy = (text: string) =>
    copyText(text, {
      write: (sequence) => {
        got.terminal += sequence;
      },
      isTerminal: true,
      writeClipboard: async (written) => {
        if (!hasClipboard) throw new Error('no display');
        got.clipboard.push(written);
      },
      ...more,
    });
  return { got, copy };
}

const text = 'It\'s "é" 🦜\n\u001b]52;c;?\u0007';
const base64 = Buffer.from(text).toString('base64');
const osc52 = `\u001b]52;c;${base64}\u0007`;

test('the system’s clipboard is taken where there is one, and the terminal is left alone', async () => {
  const { got, copy } = machine();
  expect(await copy(text)).toBe('clipboard');
  expect(got).toEqual({ clipboard: [text], terminal: '' });
});

test('without one, the terminal is asked, and the text goes there in base64 only', async () => {
  const { got, copy } = machine({ hasClipboard: false });
  expect(await copy(text)).toBe('osc52');
  expect(got).toEqual({ clipboard: [], terminal: osc52 });
});

test('over SSH the clipboard of the machine at the far end is not touched', async () => {
  const { got, copy } = machine({ isRemote: true });
  expect(await copy(text)).toBe('osc52');
  expect(got).toEqual({ clipboard: [], terminal: osc52 });
});

test('tmux gets both forms, each with its own escapes', async () => {
  const { got, copy } = machine({ hasClipboard: false, isTmux: true });
  expect(await copy(text)).toBe('osc52');
  expect(got.terminal).toBe(`\u001bPtmux;\u001b\u001b]52;c;${base64}\u0007\u001b\\${osc52}`);
});

describe('what cannot be copied is said, and nothing is written', () => {
  const tooLong = 'a'.repeat(75_001);

  test.each([
    ['no clipboard and no terminal', { hasClipboard: false, isTerminal: false }, text],
    ['SSH and no terminal', { isRemote: true, isTerminal: false }, text],
    ['no clipboard and a text too long for terminals', { hasClipboard: false }, tooLong],
    ['SSH and a text too long for terminals', { isRemote: true }, tooLong],
  ])('%s', async (_, places, long) => {
    const { got, copy } = machine(places);
    expect(await copy(long)).toBe('failed');
    expect(got).toEqual({ clipboard: [], terminal: '' });
  });

  test('a clipboard takes texts of any length, and a terminal one that just fits', async () => {
    expect(await machine().copy(tooLong)).toBe('clipboard');
    expect(await machine({ hasClipboard: false }).copy('a'.repeat(75_000))).toBe('osc52');
  });
});
