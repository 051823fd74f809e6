import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readFileSync, writeFileSync } from 'atomically';
import type { Clock } from './clock.ts';
import { isRecord } from './json.ts';

type Contents = Readonly<Record<string, unknown>>;

/** A file of settings: one JSON object, written whole or not at all. */
export interface SettingsFile {
  readonly read: () => Contents;
  readonly write: (raw: Contents) => void;
  /** The name of the damaged file that stood in its place, if one did. */
  readonly setAsideAs: string | null;
}

/**
 * Opens `<name>.json` in the system's folder for settings, or in `cwd`. A damaged file is set aside when it is read.
 *
 * @throws where the folder cannot be made or used.
 */
export async function openSettingsFile(
  name: string,
  { clock, cwd }: { readonly clock: Clock; readonly cwd?: string | undefined },
): Promise<SettingsFile> {
  const folder = cwd ?? (await systemFolder());
  const path = join(folder, `${name}.json`);
  let setAsideAs: string | null = null;
  makeFolder(folder);

  return {
    read: () => {
      const text = textOf(path);
      const raw = text === null ? {} : parseRecord(text);
      if (raw) return raw;
      const time = new Date(clock.wallMs()).toISOString().replace(/[:.]/g, '-');
      const aside = `${path}.damaged-${time}`;
      renameSync(path, aside);
      setAsideAs = basename(aside);
      return {};
    },
    write: (raw) => {
      makeFolder(folder);
      writeFileSync(path, JSON.stringify(raw, null, '\t'));
    },
    get setAsideAs() {
      return setAsideAs;
    },
  };
}

/** Loaded here, not above: it asks for the home folder while it loads, and there may be none. */
async function systemFolder(): Promise<string> {
  const { default: envPaths } = await import('env-paths');
  return envPaths('first-token', { suffix: '' }).config;
}

/** Null where there is no such file. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes a folder and those above it. Not with `recursive`: where a file system says ENOENT, Node then tries for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
