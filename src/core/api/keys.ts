import { join } from 'node:path';
import { parse } from 'dotenv';
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
    const { problem, isUsable } = judgeKey(value, `OPENAI_API_KEY in ${describeSource(source)}`);
    if (problem) problems.push(problem);
    if (!isUsable) continue;
    key = foundKey(value, source);
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
  const lines = text.split(/\r\n?|\n/);
  for (const line of skippedLines(lines)) {
    problems.push(`.env, line ${line} is not of the form NAME=value: it was skipped.`);
  }
  return {
    values: parse(text),
    lineOf: (name) => lines.findLastIndex((line) => assignedName(line) === name) + 1,
  };
}

const assignment = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)\s*(["'`]?)(.*)$/;

const assignedName = (line: string): string | undefined => assignment.exec(line)?.[1];

/** The lines (from 1) that dotenv passes over without a word. Lines inside a quoted value are part of it. */
function skippedLines(lines: readonly string[]): readonly number[] {
  const skipped: number[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    if (Object.keys(parse(line)).length === 0) skipped.push(index + 1);
    const [, , mark = '', rest = ''] = assignment.exec(line) ?? [];
    if (mark === '' || rest.includes(mark)) continue;
    const end = lines.findIndex((later, at) => at > index && later.includes(mark));
    if (end > index) index = end;
  }
  return skipped;
}

/** Only the beginning counts: a real key may hold any word further in. */
const placeholder =
  /^(sk-(proj-)?)?(\.\.\.|…|<|\[|\{|\*|x{3}|your|my-|insert|paste|put-|replace|change|todo)/i;

function judgeKey(value: string, what: string): { problem: string | null; isUsable: boolean } {
  const key = value.trim();
  if (key === '') {
    return { problem: `${what} is empty: paste a key there, or remove it.`, isUsable: false };
  }
  if (placeholder.test(key)) {
    return { problem: `${what} is still a placeholder: put a real key in its place.`, isUsable: false };
  }
  return { problem: faultOf(key, value, what), isUsable: true };
}

function faultOf(key: string, value: string, what: string): string | null {
  if (/^["'`“”‘’]|["'`“”‘’]$/.test(key)) return `${what} has a stray quote at its edge: remove it.`;
  if (/[\r\n]/.test(key)) return `${what} is broken over two lines: put it on one.`;
  if (/\s/.test(key)) return `${what} has a space in the middle: copy the key again.`;
  const odd = /[^\x21-\x7e]/u.exec(key)?.[0];
  if (odd) {
    const code = odd.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return `${what} holds a character that no key has (U+${code}): copy the key again.`;
  }
  return key === value ? null : `${what} has white space around it: it was left out, as the SDK does.`;
}
