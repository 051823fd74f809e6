import { isRecord } from '../json.ts';
import { type Read, readJson } from './json-text.ts';
import { type ParameterName, parameterOf } from './parameter-table.ts';

/** Whether a typed text is sent at all: one that is empty is not, nor blanks where they mean nothing. */
export function isSent(name: ParameterName, text: string | undefined): text is string {
  if (!text) return false;
  return text.trim() !== '' || isPlainText(name);
}

/** What is sent as it is typed, blanks at its edges included. */
const isPlainText = (name: ParameterName): boolean => ['text', 'choice'].includes(parameterOf(name).kind);

/**
 * The value that a typed text sends.
 *
 * - number: the number, or the text itself where it is none, to see what a server answers to that
 * - switch: `true` or `false`, or the text itself
 * - `stop`: a list if it is one in JSON; else a text in which `\n`, `\t` and `\\` are escapes, so that a line feed can
 *   be typed in one line
 * - JSON: what it says; `response_format` and `tool_choice` know words for the plain ones
 */
export function typedValue(name: ParameterName, text: string): Read {
  const { kind, choices } = parameterOf(name);
  const typed = text.trim();
  if (name === 'stop') return { value: stopOf(text) };
  if (kind === 'number') return readNumber(name, typed);
  if (kind === 'switch') return { value: typed === 'true' ? true : typed === 'false' ? false : typed };
  if (kind !== 'json') return { value: text };
  if (choices?.includes(typed)) return { value: name === 'response_format' ? { type: typed } : typed };
  const read = readJson(text, name);
  if (name !== 'other' || 'unreadable' in read || isRecord(read.value)) return read;
  return { unreadable: { sentence: 'other must be one JSON object, such as {"store": true}.' } };
}

/** The shortest text that sends this value, or null if none does. */
export function typedText(name: ParameterName, value: unknown): string | null {
  const sent = JSON.stringify(value);
  const sends = (text: string) => {
    const read = isSent(name, text) && typedValue(name, text);
    return read && 'value' in read && JSON.stringify(read.value) === sent;
  };
  return waysToWrite(name, value).find(sends) ?? null;
}

function waysToWrite(name: ParameterName, value: unknown): readonly string[] {
  const { kind } = parameterOf(name);
  if (name === 'stop') {
    return [
      typeof value === 'string' ? value.replace(/[\\\n\t]/g, (char) => escapes[char]!) : plainText(value),
    ];
  }
  if (kind !== 'json') return [plainText(value)];
  const word = isRecord(value) ? value.type : value;
  return [...(typeof word === 'string' ? [word] : []), jsonLines(value)];
}

const plainText = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)) ?? '';

/** JSON on one line if it is short, else indented. */
export function jsonLines(value: unknown): string {
  const flat = JSON.stringify(value) ?? '';
  return flat.length <= 60 ? flat : JSON.stringify(value, null, 2);
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t' };

function stopOf(text: string): unknown {
  const read = readJson(text, 'stop');
  if ('value' in read && Array.isArray(read.value)) return read.value;
  return text.replace(/\\([\\nt])/g, (_, letter) => ({ n: '\n', t: '\t' })[letter as string] ?? '\\');
}

/** A number of JSON, if it is one that JSON can send: 1e999 would go out as null. */
function readNumber(name: ParameterName, text: string): Read {
  const read = readJson(text, name);
  return 'value' in read && Number.isFinite(read.value) ? read : { value: text };
}
