import { join } from 'node:path';
import { parse } from 'dotenv';
import { readEnvText } from '../doctor/env-file.ts';
import { faultsOf } from '../doctor/peel.ts';
import { maskKey } from '../mask.ts';
import { practicePrefix } from './endpoint.ts';
import { baseURLFault, keyNamePattern } from './endpoints.ts';

/** Where a setting was found: the environment, or a line (from 1) of the `.env` file. */
export type SettingSource =
  | { readonly kind: 'environment' }
  | { readonly kind: 'file'; readonly path: string; readonly line: number };

/** A setting, trimmed of the white space around it as the SDK trims it. */
export interface Setting {
  readonly value: string;
  readonly source: SettingSource;
}

/** A key, and what may be shown of it. */
export interface FoundKey extends Setting {
  readonly masked: string;
  readonly length: number;
}

/** What the environment and the `.env` file say about an endpoint. */
export interface KeyReport {
  readonly key: FoundKey | null;
  readonly baseURL: Setting | null;
  readonly organization: Setting | null;
  readonly project: Setting | null;
  /** Every variable whose name says that it holds a key, by that name: for servers other than OpenAI's. */
  readonly named: Readonly<Record<string, FoundKey>>;
  /** What is wrong and what to do about it, a sentence or two each, without secrets. */
  readonly problems: readonly string[];
  /** Every key that was found, used or not, for the redactor. */
  readonly secrets: readonly string[];
  /** The `.env` that was looked for, whether it is there or not. */
  readonly envFile: string;
}

export interface KeyPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder whose `.env` is read. */
  readonly cwd: string;
  readonly readFile: (path: string) => string;
}

/**
 * Looks for a key and its companions: the environment first, then `.env` in the working folder. Changes
 * neither, and never throws.
 */
export function findKeys({ env, cwd, readFile }: KeyPlaces): KeyReport {
  const problems: string[] = [];
  const secrets: string[] = [];
  const envFile = join(cwd, '.env');
  const file = readEnvFile(envFile, readFile, problems);

  const candidates = (name: string): readonly Setting[] => {
    const found: Setting[] = [];
    const fromEnv = env[name];
    if (fromEnv !== undefined) found.push({ value: fromEnv, source: { kind: 'environment' } });
    const fromFile = file.values[name];
    if (fromFile !== undefined) {
      found.push({ value: fromFile, source: { kind: 'file', path: envFile, line: file.lineOf(name) } });
    }
    return found;
  };

  const setting = (name: string): Setting | null => {
    const found = candidates(name).find(({ value }) => value.trim() !== '');
    return found ? { ...found, value: found.value.trim() } : null;
  };

  let key: FoundKey | null = null;
  for (const { value, source } of candidates('OPENAI_API_KEY')) {
    secrets.push(value, value.trim());
    if (key) continue;
    const what = `OPENAI_API_KEY in ${describeSource(source)}`;
    const why = whyNoKey(value);
    if (why) problems.push(`${what} ${why}`);
    else {
      key = foundKey(value, source);
      problems.push(...faultsOf(value).map(({ says, advice }) => `${what} ${says}. ${advice}`));
    }
  }

  const named: Record<string, FoundKey> = {};
  for (const name of new Set([...Object.keys(file.values), ...Object.keys(env)])) {
    if (!keyNamePattern.test(name)) continue;
    const found = setting(name);
    if (found) named[name] = foundKey(found.value, found.source);
    for (const { value } of candidates(name)) {
      if (!mayBeWord.test(value.trim())) secrets.push(value, value.trim());
    }
  }

  const baseURL = setting('OPENAI_BASE_URL');
  const urlFault = baseURL && baseURLFault(baseURL.value);
  if (urlFault) problems.push(`OPENAI_BASE_URL in ${describeSource(baseURL.source)} ${urlFault}`);

  return {
    key,
    named,
    baseURL,
    organization: setting('OPENAI_ORG_ID'),
    project: setting('OPENAI_PROJECT_ID'),
    problems,
    secrets: [...new Set(secrets)].filter((secret) => secret.trim() !== '' && !isPracticeKey(secret)),
    envFile,
  };
}

/** What only sounds like a key may be an ordinary word, which no mask should hide. */
const mayBeWord = /^[a-z]{0,15}$/i;

function foundKey(value: string, source: SettingSource): FoundKey {
  const trimmed = value.trim();
  return { value: trimmed, source, masked: maskKey(trimmed), length: trimmed.length };
}

/** A key of the practice server opens nothing, and is there to be shown and pasted. */
const isPracticeKey = (key: string): boolean => key.trim().startsWith(practicePrefix);

/** Where a setting came from, in words: `the environment` or `.env, line 3`. */
export function describeSource(source: SettingSource): string {
  return source.kind === 'environment' ? 'the environment' : `.env, line ${source.line}`;
}

interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  /** The line (from 1) whose value counts: the last that sets this name. */
  readonly lineOf: (name: string) => number;
}

const noFile: EnvFile = { values: {}, lineOf: () => 0 };

function readEnvFile(path: string, readFile: KeyPlaces['readFile'], problems: string[]): EnvFile {
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      problems.push(`.env is there but cannot be read (${code}): check what it is and who may read it.`);
    }
    return noFile;
  }
  if (text.includes('\0')) {
    problems.push('.env is not plain UTF-8 text (UTF-16, perhaps): save it again as UTF-8.');
    return noFile;
  }
  const { assignments, skipped } = readEnvText(text);
  for (const { line } of skipped) {
    problems.push(`.env, line ${line} is not of the form NAME=value: it is skipped.`);
  }
  return {
    values: parse(text),
    lineOf: (name) => assignments.findLast((each) => each.name === name)?.line ?? 0,
  };
}

/** Only the beginning counts: a real key may hold any word further in. */
const placeholder =
  /^(sk-(proj-)?)?(\.\.\.|…|<|\[|\{|\*|x{3}|your|my-|insert|paste|put-|replace|change|todo)/i;

/** Why a value is no key at all, in words that follow its name; null where it may be one. */
function whyNoKey(value: string): string | null {
  const key = value.trim();
  if (key === '') return 'is empty: paste a key there, or remove it.';
  return placeholder.test(key) ? 'is still a placeholder: put a real key in its place.' : null;
}
