import type { Clock } from '../clock.ts';

/** What is known of a file without opening it. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** In bytes. */
  readonly size: number;
  /** The POSIX permissions, the lowest nine bits. */
  readonly mode: number;
}

/** A way to look at files. Every function rejects as `node:fs/promises` does, with a `code`. */
export interface Files {
  readonly read: (path: string) => Promise<Uint8Array>;
  /** Of what the path names itself: a link is a link. */
  readonly facts: (path: string) => Promise<FileFacts>;
  /** Of what a link leads to. */
  readonly target: (path: string) => Promise<FileFacts>;
  readonly list: (
    path: string,
  ) => Promise<readonly { readonly name: string; readonly kind: FileFacts['kind'] }[]>;
}

/** What git answered; `missing` where there is no git on this machine. */
export type GitAnswer =
  | { readonly kind: 'missing' }
  | { readonly kind: 'ended'; readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs git in the folder that is examined. Messages must be in English. Never rejects. */
export type RunGit = (args: readonly string[]) => Promise<GitAnswer>;

/** The world as the doctor sees it. */
export interface Places {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder to look at: that of the `.env` that is read. */
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly files: Files;
  readonly git: RunGit;
  readonly clock: Clock;
  /** Given only where the endpoint is to be asked. */
  readonly ask: { readonly fetch: typeof globalThis.fetch; readonly signal?: AbortSignal } | null;
}
