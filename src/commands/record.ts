import { lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunEvent } from '../core/run/events.ts';
import { saveRecording } from '../core/run/recording-save.ts';
import { quote } from '../core/visible.ts';
import { type CommandContext, UsageError } from './context.ts';

/**
 * Gets ready to keep a run under this name, before anything is sent.
 *
 * @throws UsageError where there is something of that name, or no folder to keep it in.
 */
export function expectRun(path: string, { keepGoing }: Pick<CommandContext, 'keepGoing'>): void {
  if (lstatSync(path, { throwIfNoEntry: false })) {
    throw new UsageError(
      `${quote(path)} is there already, and --record writes over nothing: give another name.`,
    );
  }
  if (!statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${quote(path)} cannot be written: its folder does not exist.`);
  }
  keepGoing();
}

/** Keeps what came of a run. Where that fails it is said, and the answer is false. */
export function keepRun(
  events: readonly RunEvent[],
  path: string,
  { redact, warn }: Pick<CommandContext, 'redact' | 'warn'>,
): boolean {
  try {
    saveRecording(events, path, redact);
    return true;
  } catch (error) {
    warn((error as Error).message);
    return false;
  }
}
