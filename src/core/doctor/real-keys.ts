import { practicePrefix } from '../api/endpoint.ts';
import { maskKey } from '../mask.ts';

// A key may stand at the beginning of a word, or behind the \n of a text within a text.
const candidate =
  /(?:(?<![\w-])|(?<=\\[nrt]))sk-(?:(?:proj|svcacct|admin|None|ant-\w+|or-\w+)-)?([\w-]{32,})/g;

/** Words of which examples are made. A real key is random and holds none of them but by a chance in a thousand. */
const madeUp = /fake|dummy|example|sample|placeholder|redacted|changeme|your[-_]|x{4}|0{4}|1234|abcd/i;

/**
 * Whether a text that begins like a key is likely to be a real one. Real ones are random: 32 characters at least
 * behind the prefix, one stretch of them with letters and digits mixed and nothing between, and many different
 * ones. `sk-...`, `sk-proj-xxxx`, keys of practice and names with hyphens in them are not.
 */
export function looksReal(key: string): boolean {
  if (key.startsWith(practicePrefix) || madeUp.test(key)) return false;
  const body = key.replace(/^sk-(?:[a-z]+-)?/i, '');
  const isMixed = (body.match(/[A-Za-z0-9]{16,}/g) ?? []).some(
    (stretch) => /\d/.test(stretch) && /[A-Za-z]/.test(stretch),
  );
  return isMixed && new Set(body).size >= 10;
}

/** A key in a text, and the line (from 1) on which it begins. */
export interface KeyInText {
  readonly key: string;
  readonly line: number;
}

/** The keys in a text that look real, from top to bottom. */
export function findRealKeys(text: string): readonly KeyInText[] {
  const found: KeyInText[] = [];
  let line = 1;
  let at = 0;
  for (const match of text.matchAll(candidate)) {
    if (!looksReal(match[0])) continue;
    for (; at < match.index; at++) if (text[at] === '\n') line++;
    found.push({ key: match[0], line });
  }
  return found;
}

/** The text with every key in it that looks real masked. */
export const maskRealKeys = (text: string): string =>
  text.replace(candidate, (key) => (looksReal(key) ? maskKey(key) : key));
