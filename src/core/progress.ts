import type { Clock } from './clock.ts';
import {
  type KeptPrediction,
  merge,
  type ProgressData,
  type RawProgress,
  readProgress,
} from './progress-data.ts';

import { openSettingsFile, type SettingsFile } from './settings-file.ts';

export type { KeptPrediction, ProgressData };

export interface ProgressSnapshot extends ProgressData {
  /** A sentence for the learner about the file itself (damaged, not writable), or null. */
  readonly notice: string | null;
}

export interface Progress {
  /** The same object until something changes. */
  readonly getSnapshot: () => ProgressSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  /** Adds steps of an experiment to those done. */
  readonly addDone: (experiment: string, steps: readonly string[]) => void;
  readonly keepPrediction: (experiment: string, prediction: KeptPrediction) => void;
  /** Keeps figures of an experiment by concept, each in place of the one before. */
  readonly keepFigures: (experiment: string, figures: Readonly<Record<string, string>>) => void;
  readonly visit: (experiment: string) => void;
  readonly chooseEndpoint: (endpoint: ProgressData['endpoint']) => void;
  readonly keepServers: (servers: ProgressData['servers']) => void;
  readonly chooseLanguage: (language: ProgressData['language']) => void;
  /** Forgets all of it, choices too; but not the servers, which are no progress. */
  readonly reset: () => void;
}

export interface ProgressOptions {
  readonly clock: Clock;
  /** The folder of the file; default: the system's folder for settings. */
  readonly cwd?: string | undefined;
}

/**
 * Opens the progress file (`progress.json`). Never throws: a damaged file is set aside, one that cannot be
 * written is done without, and the notice says so. What it does not know in the file it keeps.
 */
export async function openProgress(options: ProgressOptions): Promise<Progress> {
  const listeners = new Set<() => void>();
  let notice: string | null = null;
  let file: SettingsFile | null = null;
  let raw: RawProgress = {};

  const withFile = (use: (file: SettingsFile) => void) => {
    if (!file) return;
    try {
      use(file);
      if (file.setAsideAs) notice = `The progress file was damaged. It is kept as ${file.setAsideAs}.`;
    } catch (error) {
      file = null;
      notice = `Progress lasts for this session only: its file cannot be used (${codeOf(error)}).`;
    }
  };
  try {
    file = await openSettingsFile('progress', options);
  } catch (error) {
    notice = `Progress lasts for this session only: its file cannot be used (${codeOf(error)}).`;
  }
  withFile((open) => {
    raw = open.read();
  });

  let snapshot: ProgressSnapshot = { ...readProgress(raw), notice };
  const change = (edit: (raw: RawProgress) => RawProgress) => {
    // From the file, not from memory: another session may have written to it.
    withFile((open) => {
      raw = open.read();
    });
    raw = edit(raw);
    withFile((open) => open.write(raw));
    snapshot = { ...readProgress(raw), notice };
    for (const listener of listeners) listener();
  };

  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    addDone: (experiment, steps) =>
      change((data) => {
        const before = readProgress(data).done[experiment] ?? [];
        return merge(data, 'done', { [experiment]: [...new Set([...before, ...steps])] });
      }),
    keepPrediction: (experiment, prediction) =>
      change((data) => merge(data, 'predictions', { [experiment]: prediction })),
    keepFigures: (experiment, figures) =>
      change((data) => {
        const before = readProgress(data).figures[experiment];
        return merge(data, 'figures', { [experiment]: { ...before, ...figures } });
      }),
    visit: (experiment) => change((data) => ({ ...data, last: experiment })),
    chooseEndpoint: (endpoint) => change((data) => ({ ...data, endpoint })),
    keepServers: (servers) => change((data) => ({ ...data, servers })),
    chooseLanguage: (language) => change((data) => ({ ...data, language })),
    reset: () => change(({ servers }) => (servers === undefined ? {} : { servers })),
  };
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException)?.code ?? String(error);
