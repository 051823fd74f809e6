import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** A terminal as it gives keys: to this program, and by its descriptor to one that is lent the terminal. */
export interface Keyboard {
  readonly stream: ReadStream;
  readonly fd: number;
}

/**
 * Standard input where that is a terminal. Where it is taken, to be read to its end, the terminal that the program was
 * started from. Null where there is none.
 */
export function openKeyboard(isInputTaken: boolean): Keyboard | null {
  if (!isInputTaken) return process.stdin.isTTY ? { stream: process.stdin, fd: 0 } : null;
  try {
    const fd = openSync(process.platform === 'win32' ? '\\\\.\\CONIN$' : '/dev/tty', 'r+');
    return { stream: new ReadStream(fd), fd };
  } catch {
    return null;
  }
}
