import { render } from 'ink-testing-library';
import type { ReactElement } from 'react';
import { afterEach } from 'vitest';

/** How a terminal writes keys that are no letters. */
const bytesOf: Readonly<Record<string, string>> = {
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  esc: '\u001b',
  enter: '\r',
  tab: '\t',
  space: ' ',
  backspace: '\u007f',
  'ctrl+c': '\u0003',
};

/** Far beyond what a frame takes: a wait that gets here shows the frame it got stuck at. */
const patienceMs = 4000;

export interface Screen {
  /** The last frame, row by row, without the spaces at the end of each. */
  readonly rows: () => string[];
  /** Types keys by name, each in a piece of input of its own. */
  readonly press: (...keys: readonly string[]) => void;
  /** Types a text in one piece, as fast fingers and pasting do. */
  readonly type: (text: string) => void;
  /** Resolves with the rows of the first frame, from the last one on, that has the text or is as wanted. */
  readonly waitForFrame: (wanted: string | ((rows: string[]) => boolean)) => Promise<string[]>;
  readonly unmount: () => void;
}

const mounted = new Set<() => void>();
afterEach(() => {
  for (const unmount of mounted) unmount();
  mounted.clear();
});

/** Draws an element into a terminal of our own. Its frames are looked at when they are written, without polling. */
export function mount(element: ReactElement): Screen {
  const instance = render(element);
  const { stdin, stdout, unmount } = instance;
  const looks = new Set<() => void>();
  const write = stdout.write;
  stdout.write = (frame: string) => {
    write(frame);
    for (const look of looks) look();
  };
  mounted.add(unmount);

  const rows = () => (stdout.lastFrame() ?? '').split('\n').map((row) => row.trimEnd());
  return {
    rows,
    press: (...keys) => {
      for (const key of keys) stdin.write(bytesOf[key] ?? key);
    },
    type: (text) => stdin.write(text),
    waitForFrame: (wanted) =>
      new Promise((resolve, reject) => {
        const isWanted = (frame: string[]) =>
          typeof wanted === 'string' ? frame.some((row) => row.includes(wanted)) : wanted(frame);
        const late = setTimeout(() => {
          looks.delete(look);
          reject(new Error(`no such frame: ${String(wanted)}\n${rows().join('\n')}`));
        }, patienceMs);
        const look = () => {
          if (!isWanted(rows())) return;
          looks.delete(look);
          clearTimeout(late);
          resolve(rows());
        };
        looks.add(look);
        look();
      }),
    unmount,
  };
}
