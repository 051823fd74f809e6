import { join } from 'node:path';
import { type DecodedText, decode } from './decode.ts';
import { type EnvText, isEnvFile, readEnvText } from './env-file.ts';
import { namesKey } from './key-names.ts';
import type { FileFacts, Files } from './places.ts';
import { findRealKeys } from './real-keys.ts';
import { isRealKey } from './usable.ts';

/** One `.env` or one of its kin, as far as it could be read. */
export interface EnvFileView extends EnvText {
  readonly name: string;
  readonly facts: FileFacts;
  /** Why it could not be read, such as `cannot be read (EACCES)`. */
  readonly problem: string | null;
  /** Null where it could not be read. */
  readonly bytes: Uint8Array | null;
  readonly encoding: DecodedText['encoding'] | 'binary';
  /** Whether this program reads it: it reads `.env` alone, and that only in UTF-8. */
  readonly isRead: boolean;
  /** Whether something in it would be worth stealing. */
  readonly hasKey: boolean;
}

/** Reads `.env` and its kin in a folder, by name. A folder that cannot be listed has none. */
export async function viewEnvFiles(folder: string, files: Files): Promise<readonly EnvFileView[]> {
  const entries = await files.list(folder).catch(() => []);
  const names = entries.map(({ name }) => name).filter(isEnvFile);
  const views = await Promise.all(names.sort().map((name) => viewEnvFile(name, join(folder, name), files)));
  return views.filter((view) => view !== null);
}

async function viewEnvFile(name: string, path: string, files: Files): Promise<EnvFileView | null> {
  // A link that leads nowhere is no file.
  const facts = await files.target(path).catch(() => null);
  if (!facts) return null;
  if (facts.kind !== 'file') return closed(name, facts, `is a ${facts.kind}, not a file`);
  try {
    return viewOf(name, facts, await files.read(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return closed(name, facts, `cannot be read (${code})`);
  }
}

const closed = (name: string, facts: FileFacts, problem: string): EnvFileView => ({
  name,
  facts,
  problem,
  bytes: null,
  encoding: 'binary',
  assignments: [],
  skipped: [],
  isRead: false,
  hasKey: false,
});

function viewOf(name: string, facts: FileFacts, bytes: Uint8Array): EnvFileView {
  const { text, encoding } = decode(bytes) ?? { text: '', encoding: 'binary' as const };
  const { assignments, skipped } = readEnvText(text);
  const hasNamedKey = assignments.some((each) => namesKey(each.name) && isRealKey(each.value));
  return {
    name,
    facts,
    problem: null,
    bytes,
    encoding,
    assignments,
    skipped,
    isRead: name === '.env' && (encoding === 'utf-8' || encoding === 'utf-8 with a mark'),
    hasKey: hasNamedKey || findRealKeys(text).length > 0,
  };
}
