import { type Finding, finding, inFile } from './findings.ts';
import type { RunGit } from './places.ts';

/** What git makes of a folder. */
export type GitView =
  | { readonly kind: 'missing' | 'no-repository' | 'silent' }
  | {
      readonly kind: 'repository';
      /**
       * What may be committed, relative to the folder: what is tracked, and what is neither tracked nor ignored.
       * Null where git would not list it.
       */
      readonly files: readonly string[] | null;
    };

/** Asks git whether the folder is in a repository, and which files there are at risk. */
export async function viewOfGit(git: RunGit): Promise<GitView> {
  const inside = await git(['rev-parse', '--is-inside-work-tree']);
  if (inside.kind === 'missing') return { kind: 'missing' };
  if (inside.code !== 0) {
    return { kind: /not a git repository/i.test(inside.stderr) ? 'no-repository' : 'silent' };
  }
  if (inside.stdout.trim() !== 'true') return { kind: 'no-repository' };
  const listed = await git(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  if (listed.kind === 'missing' || listed.code !== 0) return { kind: 'repository', files: null };
  return { kind: 'repository', files: [...new Set(listed.stdout.split('\0').filter((name) => name !== ''))] };
}

/** What there is to say of a folder where git cannot judge; null where it can. */
export function aboutGit({ kind }: GitView): Finding | null {
  switch (kind) {
    case 'missing':
      return finding(
        'git-missing',
        'note',
        null,
        'Git is not installed: whether it takes .env along was not asked.',
      );
    case 'silent':
      return silent;
    case 'no-repository':
      return finding(
        'env-git',
        'ok',
        null,
        'The folder is in no git repository: no key can be committed here.',
      );
    case 'repository':
      return null;
  }
}

const silent = finding(
  'git-silent',
  'warn',
  null,
  'Git would not say whether it takes .env along.',
  'Run git status in this folder: it says why.',
);

/** Whether git has a file, or would take it along. */
export async function judgeTracking(git: RunGit, file: string, hasKey: boolean): Promise<Finding> {
  const tracked = await git(['ls-files', '--error-unmatch', '--', `:(literal)${file}`]);
  if (tracked.kind === 'ended' && tracked.code === 0) return hasKey ? leaked(file) : tracks(file);
  const ignored = await git(['check-ignore', '-q', '--', file]);
  if (ignored.kind === 'missing' || ignored.code > 1) return silent;
  return ignored.code === 0
    ? finding('env-git', 'ok', inFile(file), `Git ignores ${file}.`)
    : notIgnored(file, hasKey);
}

const leaked = (file: string): Finding =>
  finding(
    'env-tracked',
    'wrong',
    inFile(file),
    `Git tracks ${file}, with the key in it.`,
    `Revoke that key, since a committed key counts as leaked (git keeps it in its history); then run git rm --cached ${file} and add ${file} to .gitignore.`,
  );

const tracks = (file: string): Finding =>
  finding(
    'env-tracked',
    'warn',
    inFile(file),
    `Git tracks ${file}; it holds no key yet.`,
    `Run git rm --cached ${file} and add ${file} to .gitignore before a key comes in.`,
  );

const notIgnored = (file: string, hasKey: boolean): Finding =>
  finding(
    'env-not-ignored',
    hasKey ? 'wrong' : 'warn',
    inFile(file),
    `Git does not ignore ${file}: the next git add . would take it along${hasKey ? ', with the key in it' : ''}.`,
    `Add a line ${file} to .gitignore.`,
  );
