import { costClause, costOfUse } from '../../core/api/endpoint.ts';
import { EndpointProblem, keyNamePattern, readBaseURL } from '../../core/api/endpoints.ts';
import { describeSource, type KeyReport } from '../../core/api/keys.ts';
import type { KeyMode, UrlMode } from './endpoints-state.ts';

/** What is to be said of a text as far as it is typed. */
export interface FieldCheck {
  readonly sentence: string;
  /** Whether the text can be taken. */
  readonly isGood: boolean;
  /** Whether it may be a key, of which nothing is shown. */
  readonly isHidden: boolean;
}

/** How keys of known services begin; no host is likely to. */
const keyShape =
  /(^|[^A-Za-z])(sk-[\w-]{10,}|(gsk|hf|r8|ghp)_\w{10,}|(xai|pplx|nvapi)-[\w-]{20,}|AIza[\w-]{10,})/;

/** A key is known by its beginning: it may still be arriving. */
const isKey = (text: string, { secrets }: KeyReport): boolean =>
  keyShape.test(text) || secrets.some((secret) => secret.length >= 8 && text.includes(secret.slice(0, 12)));

/** A name of that length is written in capitals; what is not may be a key. */
const isNoName = (text: string): boolean => text.length >= 20 && !/^[A-Z_][A-Z\d_]*$/.test(text);

const good = (sentence: string): FieldCheck => ({ sentence, isGood: true, isHidden: false });
const bad = (sentence: string): FieldCheck => ({ sentence, isGood: false, isHidden: false });
const hidden: FieldCheck = {
  sentence:
    'This may be a key, and keys are not typed here: put it into the environment or .env, and give the name of its variable.',
  isGood: false,
  isHidden: true,
};

/** What is to be said of a field as it stands, as it is typed. Nothing of a text that may be a key is in it. */
export function checkField(mode: UrlMode | KeyMode, keys: KeyReport): FieldCheck {
  const { text } = mode.field.present;
  if (isKey(text, keys)) return hidden;
  return mode.name === 'url' ? checkURL(text) : checkKeyName(text, mode.baseURL, keys);
}

function checkURL(text: string): FieldCheck {
  if (text === '') return bad('Such as http://127.0.0.1:11434/v1 or https://example.com/v1.');
  try {
    const baseURL = readBaseURL(text);
    return good(`Requests would go to ${baseURL}, ${costClause({ kind: 'compatible', baseURL })}.`);
  } catch (error) {
    if (error instanceof EndpointProblem) return bad(error.message);
    throw error;
  }
}

function checkKeyName(text: string, baseURL: string, keys: KeyReport): FieldCheck {
  if (text === '') return good('Empty: requests go out without a key.');
  const key = keyNamePattern.test(text) ? keys.named[text] : undefined;
  if (key) {
    const where = `${key.masked}, ${key.length} characters, from ${describeSource(key.source)}.`;
    return good(isReadable(baseURL) ? `${where} Over http:// it can be read on its way.` : where);
  }
  if (isNoName(text)) return hidden;
  return keyNamePattern.test(text)
    ? good(`${text} is set neither in the environment nor in .env.`)
    : bad('The name of a variable ends in KEY, TOKEN or SECRET. The key itself is not typed here.');
}

/** Whether what goes there passes through other hands as it is. */
const isReadable = (baseURL: string): boolean =>
  baseURL.startsWith('http:') && costOfUse({ kind: 'compatible', baseURL }) !== 'own';

/** Names of variables with a key, those that sound like the server first. OpenAI's own is not for others. */
export function suggestedNames(baseURL: string, { named }: KeyReport): readonly string[] {
  const host = (URL.parse(baseURL)?.hostname ?? '').toLowerCase();
  const soundsLike = (name: string): boolean => host.includes(name.split('_')[0]!.toLowerCase());
  const names = Object.keys(named).filter((name) => name !== 'OPENAI_API_KEY');
  return [...names.filter(soundsLike), ...names.filter((name) => !soundsLike(name))];
}
