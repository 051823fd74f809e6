import { isRecord } from '../json.ts';
import type { RunEvent } from './events.ts';
import { type Recording, recordingVersion } from './recording.ts';
import { readEvent, UnknownKind } from './recording-event.ts';
import { inSequence } from './recording-order.ts';

/** A line above this is not read: no event that a program could show is so long. */
const longestLine = 64 * 2 ** 20;
/** After so many lines that are none, the rest will not be better. */
const mostBad = 10_000;

/** The numbers of the lines, from 1, that were left out, by why they were. */
interface LeftOut {
  readonly broken: number[];
  readonly odd: number[];
  readonly unknown: number[];
  readonly long: number[];
}

/** A line and its number, from 1. */
interface NumberedLine {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads a recording, also one that is cut off, damaged, out of order or of a newer version: what of it no run could
 * have written is left out, and said. Never throws.
 */
export function readRecording(text: string | Uint8Array): Recording {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const left: LeftOut = { broken: [], odd: [], unknown: [], long: [] };
  const found: { readonly event: RunEvent; readonly number: number }[] = [];
  let head: Readonly<Record<string, unknown>> | null = null;
  let stoppedAt: number | null = null;
  let last = 0;

  for (const line of linesOf(bytes)) {
    last = line.number;
    if (left.broken.length + left.odd.length >= mostBad) {
      stoppedAt = line.number;
      break;
    }
    if (line.bytes.length > longestLine) {
      left.long.push(line.number);
      continue;
    }
    const value = parse(line.bytes);
    if (value === undefined) left.broken.push(line.number);
    else if (isRecord(value) && 'recording' in value && !head && found.length === 0) head = value;
    else {
      try {
        found.push({ event: readEvent(value), number: line.number });
      } catch (error) {
        left[error instanceof UnknownKind ? 'unknown' : 'odd'].push(line.number);
      }
    }
  }

  const { events, unplaced, isSorted, missing } = inSequence(found.map(({ event }) => event));
  if (events.length === 0) return { events, problems: [noRecording(head)], notes: [] };
  // A file that ends inside a line was cut off there.
  const isCut = left.broken.at(-1) === last && bytes.at(-1) !== 0x0a;
  const cutAt = isCut ? left.broken.pop()! : null;
  const isShort = typeof head?.events === 'number' && head.events > found.length;
  const problems = [
    newer(head),
    isSorted ? 'The lines are out of order: they were put in order by their times.' : null,
    sayLines(left.broken, 'is no JSON object and was left out', 'are no JSON objects and were left out'),
    sayLines(left.odd, 'is no event of a run and was left out', 'are no events of a run and were left out'),
    sayLines(
      left.unknown,
      'is of a kind that is not known here and was left out',
      'are of kinds that are not known here and were left out',
    ),
    sayLines(
      left.long,
      'is too long to be read and was left out',
      'are too long to be read and were left out',
    ),
    sayLines(
      unplaced.map((index) => found[index]!.number),
      'does not fit the others and was left out',
      'do not fit the others and were left out',
    ),
    ...missing,
    stoppedAt && `From line ${stoppedAt} on nothing was read: too much before it is no recording.`,
    cutAt && `The file breaks off in the middle of line ${cutAt}.`,
    isShort && `It says that it holds ${head?.events} events; ${found.length} can be read.`,
  ];
  return { events, problems: problems.filter((each) => typeof each === 'string'), notes: [] };
}

function* linesOf(bytes: Uint8Array): Generator<NumberedLine> {
  let number = 0;
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end;
    number++;
    const line = bytes.subarray(from, to);
    if (line.some((byte) => byte > 0x20)) yield { number, bytes: line };
    from = to + 1;
  }
}

const decoder = new TextDecoder();

/** The value of a line of JSON that is an object; undefined where it is none. */
function parse(line: Uint8Array): unknown {
  const text = decoder.decode(line);
  // Most of what is no JSON shows it at once, and failing at it takes longer than reading it.
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function newer(head: Readonly<Record<string, unknown>> | null): string | null {
  const version = head?.version;
  return typeof version === 'number' && version > recordingVersion
    ? `It is a recording of version ${version}, and this program knows version ${recordingVersion}: what it knows of it is shown.`
    : null;
}

const noRecording = (head: Readonly<Record<string, unknown>> | null): string =>
  newer(head) ??
  (head
    ? 'The recording is empty: there is no event of a run in it.'
    : 'This is no recording: no line of it is an event of a run.');

/** The line numbers before a sentence about them; the first few, where they are many. */
function sayLines(numbers: readonly number[], one: string, many: string): string | null {
  const [first] = numbers;
  if (first === undefined) return null;
  if (numbers.length === 1) return `Line ${first} ${one}.`;
  const shown = numbers.length <= 4 ? numbers.slice(0, -1) : numbers.slice(0, 3);
  const rest = numbers.length <= 4 ? numbers.at(-1) : `${numbers.length - 3} more`;
  return `Lines ${shown.join(', ')} and ${rest} ${many}.`;
}
