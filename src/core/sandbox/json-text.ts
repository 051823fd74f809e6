import { remember } from '../api/remember.ts';
import { boundaryBefore, graphemes } from '../graphemes.ts';
import { jsonFault } from './json-fault.ts';

/** What is wrong with a typed text. */
export interface Problem {
  /** One sentence: what is wrong and what to do. */
  readonly sentence: string;
  /** Where in the text, from 1, for JSON that cannot be read; a column is a character as one sees it. */
  readonly line?: number;
  readonly column?: number;
}

/** What a typed text stands for, or why it stands for nothing. `loss`: what of it goes out as another, in a sentence. */
export type Read = { readonly value: unknown; readonly loss?: string } | { readonly unreadable: Problem };

/**
 * Reads a text as JSON; the problem of one that is none says where, and what was expected there.
 *
 * @param what the name of what the text is, which stands in the sentences
 */
export function readJson(text: string, what: string): Read {
  const { fault, value, loss } = remembered(text);
  if (!fault) return loss ? { value, loss: `In ${what}, ${loss}.` } : { value };
  const { line, column, instead } = fault;
  const sentence = `${what} is no JSON: at line ${line}, column ${column}, ${instead}.`;
  return { unreadable: { sentence, line, column } };
}

/** A form asks several times a frame what its texts say, and one of them may be very long. */
const remembered = remember((text) => {
  const fault = jsonFault(text);
  if (!fault) return { value: JSON.parse(text) as unknown, loss: lossIn(text) };
  const { offset, expected } = fault;
  const instead = `${expected} was expected, not ${foundAt(text, offset)}${hintFor(text, offset)}`;
  return { fault: { ...placeOf(text, offset), instead } };
});

/** The first number of a JSON text that JavaScript cannot hold: a long whole one, or one that is far too large. */
function lossIn(text: string): string | null {
  let isInString = false;
  for (const [token] of text.matchAll(/\\.|"|-?\d[\d.eE+-]*/g)) {
    if (token === '"') isInString = !isInString;
    if (isInString || token === '"') continue;
    const number = Number(token);
    if (Number.isSafeInteger(number) || (Number.isFinite(number) && /[.eE]/.test(token))) continue;
    const sent = JSON.stringify(number);
    if (digitsOf(sent) !== digitsOf(token))
      return `${token.slice(0, 40)} is sent as ${sent}, since JavaScript cannot hold it exactly: take a shorter one`;
  }
  return null;
}

/** What two ways to write a number have in common: 1e+21 is a one with noughts. */
const digitsOf = (number: string): string => number.replace(/e.*/, '').replace('.', '').replace(/0+$/, '');

/** Of a longer line, what stands further before the place is not looked at: its UTF-16 units are counted. */
const mostLooked = 1000;

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  const before = lines.at(-1)!;
  const from = boundaryBefore(before, Math.max(0, before.length - mostLooked));
  return { line: lines.length, column: from + [...graphemes.segment(before.slice(from))].length + 1 };
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
