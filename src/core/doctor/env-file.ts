import { parse } from 'dotenv';

/** One `NAME=value` of a `.env` file, as dotenv reads it. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  /** From 1. */
  readonly line: number;
}

export interface EnvText {
  readonly assignments: readonly Assignment[];
  /** What dotenv passes over without a word. */
  readonly skipped: readonly SkippedLine[];
}

export interface SkippedLine {
  /** From 1. */
  readonly line: number;
  /** Whether a key, or its name, stands there. */
  readonly isAboutKey: boolean;
}

/**
 * `.env` and its kin, by plain names that can be pasted into a command. What is named as a pattern to copy is
 * meant to be seen by others, and is none.
 */
export const isEnvFile = (name: string): boolean =>
  /^\.env(\.[\w-]+)*$/.test(name) && !/\.(example|sample|template|dist|defaults?)$/i.test(name);

/** Every assignment with its line: dotenv itself gives only the last of each name, and no line. */
export function readEnvText(text: string): EnvText {
  const lines = text.split(/\r\n?|\n/);
  const assignments: Assignment[] = [];
  const skipped: SkippedLine[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (/^\s*(#|$)/.test(line)) continue;
    const [entry] = Object.entries(parse(line));
    if (!entry) {
      skipped.push({ line: index + 1, isAboutKey: /openai|\bsk-/i.test(line) });
      continue;
    }
    const [name, value] = entry;
    const block = quotedBlock(lines, index, name, value);
    assignments.push({ name, value: block?.value ?? value, line: index + 1 });
    if (block) index = block.end;
  }
  return { assignments, skipped };
}

/** A value whose quote is closed on a later line: the value, and the index of that line. */
function quotedBlock(lines: readonly string[], start: number, name: string, value: string) {
  const mark = /^["'`]/.exec(value)?.[0];
  if (mark === undefined) return null;
  const end = lines.findIndex((line, index) => index > start && line.includes(mark));
  if (end < 0) return null;
  const whole = parse(lines.slice(start, end + 1).join('\n'))[name];
  // Where dotenv does not take it as one, the quote is a stray one.
  return whole === undefined || whole === value ? null : { value: whole, end };
}
