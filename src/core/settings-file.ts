import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
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

export interface SettingsFileOptions {
  readonly clock: Clock;
  /** Default: the system's folder for settings. */
  readonly cwd?: string | undefined;
  /** Whether all that is known of the contents has the shape it should have; what has not would be lost with a write. */
  readonly isWhole?: (raw: Contents) => boolean;
}

/**
 * Opens `<name>.json` in the folder for settings. A damaged file is set aside when it is read; what of it can be read is
 * given all the same.
 *
 * @throws where the folder cannot be made or used.
 */
export async function openSettingsFile(
  name: string,
  { clock, cwd, isWhole = () => true }: SettingsFileOptions,
): Promise<SettingsFile> {
  const folder = cwd ?? (await systemFolder());
  const path = join(folder, `${name}.json`);
  let setAsideAs: string | null = null;
  makeFolder(folder);

  return {
    read: () => {
      const text = textOf(path);
      const raw = text === null ? {} : parseRecord(text);
      if (raw && isWhole(raw)) return raw;
      const time = new Date(clock.wallMs()).toISOString().replace(/[:.]/g, '-');
      setAsideAs = setAside(path, `${path}.damaged-${time}`);
      return raw ?? {};
    },
    write: (raw) => {
      makeFolder(folder);
      replace(path, JSON.stringify(raw, null, '\t'));
    },
    get setAsideAs() {
      return setAsideAs;
    },
  };
}

/**
 * Writes a file beside another and puts it in its place: whoever reads finds all of the one or all of the other.
 * Libraries for this end the program themselves at a signal, where ours has something left to keep.
 */
function replace(path: string, text: string): void {
  // What a link leads to, and not the link.
  const place = existsSync(path) ? realpathSync(path) : path;
  const draft = `${place}.${crypto.randomUUID()}`;
  try {
    const mode = existsSync(place) ? statSync(place).mode : 0o600;
    writeFileSync(draft, text, { flag: 'wx', flush: true, mode });
    renameSync(draft, place);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Loaded here, not above: it asks for the home folder while it loads, and there may be none. */
async function systemFolder(): Promise<string> {
  const { default: envPaths } = await import('env-paths');
  return envPaths('first-token', { suffix: '' }).config;
}

/** The name that the file has from now on; null where another session was first. */
function setAside(path: string, aside: string): string | null {
  try {
    renameSync(path, aside);
    return basename(aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
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
