import * as nodeFs from 'node:fs';
import { join } from 'node:path';
import type { SnippetLanguage } from './snippet.ts';

/** What of `node:fs` saving needs. */
export type SaveFs = Pick<typeof nodeFs, 'writeFileSync' | 'renameSync' | 'rmSync'>;

const extensions: Readonly<Record<SnippetLanguage, string>> = { typescript: 'ts', python: 'py', curl: 'sh' };

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it can only be read',
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is no folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
};

/**
 * Saves a program as `request.ts`, `.py` or `.sh` in a folder, ready to run; where that name is taken, as
 * `request-2.ts` and so on. The file is there whole or not at all, and no other is ever written over.
 *
 * @returns the name of the file
 * @throws Error with a sentence for the user if it cannot be written
 */
export function saveProgram(
  code: string,
  language: SnippetLanguage,
  folder: string,
  fs: SaveFs = nodeFs,
): string {
  const isScript = language === 'curl';
  const mode = isScript ? 0o755 : 0o644;
  const text = `${isScript ? '#!/bin/sh\n' : ''}${code}\n`;
  try {
    const name = claimName(extensions[language], folder, mode, fs);
    const path = join(folder, name);
    const draft = `${path}.${crypto.randomUUID()}`;
    try {
      fs.writeFileSync(draft, text, { mode, flag: 'wx' });
      fs.renameSync(draft, path);
      return name;
    } catch (error) {
      for (const file of [draft, path]) fs.rmSync(file, { force: true });
      throw error;
    }
  } catch (error) {
    const { code: cause = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new Error(`The program cannot be saved in ${folder}: ${reasons[cause] ?? cause}.`, {
      cause: error,
    });
  }
}

/** Makes an empty file under the first name that is free, so that nobody else takes it. */
function claimName(extension: string, folder: string, mode: number, fs: SaveFs): string {
  for (let number = 1; ; number++) {
    const name = `request${number > 1 ? `-${number}` : ''}.${extension}`;
    try {
      fs.writeFileSync(join(folder, name), '', { mode, flag: 'wx' });
      return name;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
