import { execFile } from 'node:child_process';
import { type Dirent, promises as fs, type Stats } from 'node:fs';
import type { FileFacts, Files, Places, RunGit } from './places.ts';

/** The files and the git of this machine, for a folder on it. */
export const thisMachine = (
  env: Places['env'],
  cwd: string,
): Pick<Places, 'env' | 'cwd' | 'platform' | 'files' | 'git'> => ({
  env,
  cwd,
  platform: process.platform,
  files: realFiles,
  git: gitIn(cwd, env),
});

const realFiles: Files = {
  read: (path) => fs.readFile(path),
  facts: async (path) => factsOf(await fs.lstat(path)),
  target: async (path) => factsOf(await fs.stat(path)),
  list: async (path) =>
    (await fs.readdir(path, { withFileTypes: true })).map((entry) => ({
      name: entry.name,
      kind: kindOf(entry),
    })),
};

const factsOf = (stats: Stats): FileFacts => ({
  kind: kindOf(stats),
  size: stats.size,
  mode: stats.mode & 0o777,
});

function kindOf(entry: Dirent | Stats): FileFacts['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}

const gitTimeoutMs = 10_000;
const mostOutput = 64 * 1024 * 1024;

/** Git changes nothing here, and runs no program that the folder's own settings may name. */
function gitIn(cwd: string, env: Places['env']): RunGit {
  const safe = ['--no-optional-locks', '-c', 'core.fsmonitor=false'];
  const options = {
    cwd,
    env: { ...withoutKeys(env), LC_ALL: 'C' },
    timeout: gitTimeoutMs,
    maxBuffer: mostOutput,
    windowsHide: true,
  };
  return (args) =>
    new Promise((resolve) => {
      execFile('git', [...safe, ...args], options, (error, stdout, stderr) => {
        if (error?.code === 'ENOENT') resolve({ kind: 'missing' });
        else resolve({ kind: 'ended', code: exitCodeOf(error), stdout, stderr });
      });
    });
}

/** 128 is git's own code for what it could not do; so is a git that was stopped. */
function exitCodeOf(error: { readonly code?: unknown } | null): number {
  if (error === null) return 0;
  return typeof error.code === 'number' ? error.code : 128;
}

const withoutKeys = (env: Places['env']): Places['env'] =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^OPENAI_/i.test(name)));
