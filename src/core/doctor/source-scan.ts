import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { decode } from './decode.ts';
import type { Files } from './places.ts';
import { findRealKeys, type KeyInText } from './real-keys.ts';

/** How much is looked through before the rest is left. */
export interface ScanLimits {
  readonly files: number;
  readonly ms: number;
  /** Larger files are passed over. */
  readonly fileBytes: number;
}

export const scanLimits: ScanLimits = { files: 5000, ms: 2000, fileBytes: 1_000_000 };

export interface SourceKey extends KeyInText {
  /** Relative to the folder, with slashes. */
  readonly file: string;
}

export interface SourceScan {
  readonly keys: readonly SourceKey[];
  /** Files that were looked through. */
  readonly files: number;
  /** Which limit ended it before all was seen. */
  readonly stoppedBy: 'files' | 'ms' | null;
}

export interface ScanOptions {
  readonly cwd: string;
  readonly files: Files;
  readonly clock: Clock;
  /** The files to look at, relative to the folder; null to walk through it. */
  readonly listed: readonly string[] | null;
  /** Files that are looked at elsewhere. */
  readonly isLeftOut: (file: string) => boolean;
  readonly limits?: ScanLimits;
}

const foreignFolders = new Set(['node_modules', '.git']);
/** Made from other files, or not ours: left out of a walk. Where git tracks them, a key in them is published. */
const madeFolders = new Set(['dist', 'build', 'out', 'coverage', 'venv', '__pycache__', 'target', 'vendor']);
const lockFile =
  /(^|\/)([\w.-]*lock\.(json|yaml|toml)|[\w.-]+\.lock(b|file)?|npm-shrinkwrap\.json|go\.sum)$/i;

/** Looks for keys in the folder's text files. What cannot be read is passed over. */
export async function scanSources(options: ScanOptions): Promise<SourceScan> {
  const { cwd, files, clock, isLeftOut, limits = scanLimits } = options;
  const startMs = clock.now();
  const keys: SourceKey[] = [];
  let seen = 0;
  for await (const file of options.listed ?? walk(cwd, files)) {
    if (clock.now() - startMs >= limits.ms) return { keys, files: seen, stoppedBy: 'ms' };
    if (isLeftOut(file) || isForeign(file)) continue;
    if (seen === limits.files) return { keys, files: seen, stoppedBy: 'files' };
    const text = await readText(join(cwd, file), files, limits.fileBytes);
    if (text === null) continue;
    seen++;
    for (const found of findRealKeys(text)) keys.push({ file, ...found });
  }
  return { keys, files: seen, stoppedBy: null };
}

const isForeign = (file: string): boolean =>
  lockFile.test(file) || file.split('/').some((part) => foreignFolders.has(part));

async function readText(path: string, files: Files, maxBytes: number): Promise<string | null> {
  try {
    const { kind, size } = await files.facts(path);
    if (kind !== 'file' || size > maxBytes) return null;
    return decode(await files.read(path))?.text ?? null;
  } catch {
    return null;
  }
}

/** The files below a folder, those nearest to it first. Hidden folders are left out, and links are not followed. */
async function* walk(cwd: string, files: Files): AsyncGenerator<string> {
  const folders = [''];
  for (const folder of folders) {
    const entries = await files.list(join(cwd, folder)).catch(() => []);
    for (const { name, kind } of entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'file') yield path;
      else if (
        kind === 'folder' &&
        !name.startsWith('.') &&
        !foreignFolders.has(name) &&
        !madeFolders.has(name)
      )
        folders.push(path);
    }
  }
}
