import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type Conf from 'conf';
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
  let isDamaged = false;
  let setAsideAs: string | null = null;

  // Loaded here, not above: they ask for the home folder while they load, and there may be none.
  const [{ default: ConfStore }, { default: envPaths }] = await Promise.all([
    import('conf'),
    import('env-paths'),
  ]);
  const folder = cwd ?? envPaths('first-token', { suffix: '' }).config;
  makeFolder(folder);
  const store: Conf<Record<string, unknown>> = new ConfStore({
    configName: name,
    accessPropertiesByDotNotation: false,
    deserialize: (text) => {
      const parsed = parseRecord(text);
      isDamaged = parsed === null || !isWhole(parsed);
      return parsed ?? {};
    },
    cwd: folder,
  });

  return {
    read: () => {
      const raw = store.store;
      if (isDamaged) {
        const time = new Date(clock.wallMs()).toISOString().replace(/[:.]/g, '-');
        const path = `${store.path}.damaged-${time}`;
        renameSync(store.path, path);
        setAsideAs = basename(path);
        isDamaged = false;
      }
      return raw;
    },
    write: (raw) => {
      store.store = { ...raw };
    },
    get setAsideAs() {
      return setAsideAs;
    },
  };
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
