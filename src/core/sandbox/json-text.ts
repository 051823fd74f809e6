import { graphemes } from '../graphemes.ts';
import { jsonFault } from './json-fault.ts';

/** What is wrong with a typed text. */
export interface Problem {
  /** One sentence: what is wrong and what to do. */
  readonly sentence: string;
  /** Where in the text, from 1, for JSON that cannot be read; a column is a character as one sees it. */
  readonly line?: number;
  readonly column?: number;
}

/** What a typed text stands for, or why it stands for nothing. */
export type Read = { readonly value: unknown } | { readonly unreadable: Problem };

/**
 * Reads a text as JSON; the problem of one that is none says where, and what was expected there.
 *
 * @param what the name of what the text is, with which the sentence begins
 */
export function readJson(text: string, what: string): Read {
  const fault = jsonFault(text);
  if (!fault) return { value: JSON.parse(text) };
  const { line, column } = placeOf(text, fault.offset);
  const instead = `${fault.expected} was expected, not ${foundAt(text, fault.offset)}${hintFor(text, fault.offset)}`;
  const sentence = `${what} is no JSON: at line ${line}, column ${column}, ${instead}.`;
  return { unreadable: { sentence, line, column } };
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: [...graphemes.segment(before.at(-1)!)].length + 1 };
}

function foundAt(text: string, offset: number): string {
  const code = text.codePointAt(offset);
  if (code === undefined) return 'the end';
  const char = String.fromCodePoint(code);
  if (char === '\n' || char === '\r') return 'the end of the line';
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(char)) return char;
  // Blanks that are none to JSON look like those that are.
  return `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What was most likely meant by a mark that JSON does not have, or that comes too much. */
function hintFor(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 9);
  if (/^['‘’“”`]/.test(rest)) return ' (texts stand between straight double quotes)';
  if (/^(\/[/*]|#)/.test(rest)) return ' (JSON has no comments)';
  if (/^[\]}]/.test(rest) && /,\s*$/.test(text.slice(Math.max(0, offset - 1000), offset)))
    return ' (no comma stands before it)';
  if (/^(True|False|None|NaN|Infinity|undefined)/.test(rest)) return ' (JSON knows true, false and null)';
  return '';
}
