import type { FileFacts, Files, GitAnswer, Places } from '../../../src/core/doctor/places.ts';
import { stillClock } from '../../helpers/logs.ts';

/** A key of the look of a real one. The prefix is put on here, so that no file of ours seems to hold a key. */
export const keyOf = (body: string, prefix = 'sk-proj-'): string => prefix + body;

export const key = keyOf('Qm7Zt2Lw9Xe4Rb6Nv1Mk8Jh3Gf5Ds0ZcPoIuYyTrEwQzXsWaVbNmKl');
export const otherKey = keyOf('H4nWq8Ty2Ux6Vz0Sa3Rb7Pc1Od5Ne9MfLgKhJiBjAkXlYmZnGoFpEr');

/** A file of a made-up folder: its text or bytes, or a failure, with the mode if it matters. */
export type FakeFile = string | Uint8Array | Error | { readonly text: string; readonly mode: number };

/** Files in memory, by their paths; folders are what stands before a slash. */
export function fakeFiles(tree: Readonly<Record<string, FakeFile>>): Files {
  const factsAt = (path: string): FileFacts => {
    const file = tree[path];
    if (file !== undefined) {
      return { kind: 'file', size: bytesOf(file).length, mode: modeOf(file) };
    }
    if (Object.keys(tree).some((each) => each.startsWith(`${path}/`)))
      return { kind: 'folder', size: 0, mode: 0o700 };
    throw Object.assign(new Error('none'), { code: 'ENOENT' });
  };
  return {
    read: async (path) => {
      const file = tree[path];
      if (file === undefined || file instanceof Error) throw file ?? new Error(`no ${path}`);
      return bytesOf(file);
    },
    facts: async (path) => factsAt(path),
    target: async (path) => factsAt(path),
    list: async (path) => {
      const names = Object.keys(tree)
        .filter((each) => each.startsWith(`${path}/`))
        .map((each) => each.slice(path.length + 1).split('/')[0]!);
      return [...new Set(names)].map((name) => ({ name, kind: factsAt(`${path}/${name}`).kind }));
    },
  };
}

const modeOf = (file: FakeFile): number =>
  typeof file === 'object' && 'mode' in file && typeof file.mode === 'number' ? file.mode : 0o600;

function bytesOf(file: FakeFile): Uint8Array {
  if (file instanceof Uint8Array) return file;
  return new TextEncoder().encode(typeof file === 'string' ? file : 'text' in file ? file.text : '');
}

/** A git that answers as told, by its first argument; what is not told it does not know. */
export const fakeGit =
  (answers: Readonly<Record<string, Partial<Extract<GitAnswer, { kind: 'ended' }>>>>): Places['git'] =>
  async ([name = '']) => ({
    kind: 'ended',
    code: 128,
    stdout: '',
    stderr: 'fatal: not a git repository (or any of the parent directories): .git',
    ...answers[name],
  });

/** A folder `/p` with these files, in no repository, on Linux. */
export const placesWith = (tree: Readonly<Record<string, FakeFile>>, more: Partial<Places> = {}): Places => ({
  env: {},
  cwd: '/p',
  platform: 'linux',
  files: fakeFiles(Object.fromEntries(Object.entries(tree).map(([name, file]) => [`/p/${name}`, file]))),
  git: fakeGit({}),
  clock: stillClock,
  ask: null,
  ...more,
});
