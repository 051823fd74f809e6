import * as nodeFs from 'node:fs';
import type { Redactor } from '../mask.ts';
import type { RunEvent } from './events.ts';
import { writeRecording } from './recording.ts';
import { redactRecording } from './redact-recording.ts';

/** What of `node:fs` saving needs. */
export type RecordingFs = Pick<typeof nodeFs, 'writeFileSync' | 'renameSync' | 'rmSync'>;

const reasons: Readonly<Record<string, string>> = {
  EEXIST: 'something of that name is there already; give another name',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'that disk can only be read',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'its folder is no folder',
  ENAMETOOLONG: 'its name is too long',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
};

/**
 * Saves a run as a recording. The file is there whole or not at all, and nothing is ever written over: not another
 * recording either, since no one would miss it before it is too late.
 *
 * @throws Error with a sentence for the user if it cannot be written
 */
export function saveRecording(
  events: readonly RunEvent[],
  path: string,
  redact: Redactor,
  fs: RecordingFs = nodeFs,
): void {
  const draft = `${path}.${crypto.randomUUID()}`;
  let isOurs = false;
  try {
    // Made empty first, so that nobody else takes the name meanwhile.
    fs.writeFileSync(path, '', { flag: 'wx' });
    isOurs = true;
    fs.writeFileSync(draft, writeRecording(redactRecording(events, redact)), { flag: 'wx' });
    fs.renameSync(draft, path);
  } catch (error) {
    if (isOurs) for (const file of [draft, path]) fs.rmSync(file, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = reasons[code ?? ''] ?? code ?? message;
    throw new Error(`The recording cannot be saved as ${path}: ${reason}.`, { cause: error });
  }
}
