import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { quote } from '../core/visible.ts';
import { type CommandContext, UsageError } from './context.ts';

/** A file, or all of standard input. */
export interface Input {
  /** As a person knows it: the last part of a path, or "standard input". */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** All of standard input, to its end. Rejects once the signal aborts. */
export type ReadStdin = (signal: AbortSignal) => Promise<Uint8Array>;

/** How long standard input may be silent before it is said what is being waited for. */
const patienceMs = 2000;

/**
 * What is in a file or, for `-`, in standard input; null where the user interrupted the reading.
 *
 * @throws UsageError where it cannot be read.
 */
export async function readInput(
  path: string,
  { clock, signal, warn }: Pick<CommandContext, 'clock' | 'signal' | 'warn'>,
  readStdin: ReadStdin,
): Promise<Input | null> {
  const isStdin = path === '-';
  const stopWaiting = isStdin
    ? clock.after(patienceMs, () => warn('Waiting for standard input to end: a run is read from it.'))
    : () => {};
  try {
    return isStdin
      ? { name: 'standard input', bytes: await readStdin(signal) }
      : { name: basename(path), bytes: await readFile(path, { signal }) };
  } catch (error) {
    if (signal.aborted) return null;
    throw new UsageError(unreadable(isStdin ? 'Standard input' : quote(path), error));
  } finally {
    stopWaiting();
  }
}

/** That something cannot be read, and why. */
export function unreadable(what: string, error: unknown): string {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  return `${what} cannot be read: ${reasons[code] ?? code}.`;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB',
};
