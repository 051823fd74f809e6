import type { RunLog } from '../core/run/log.ts';
import { joinCall, readChoices, type ToolCallPart } from '../core/run/reading.ts';
import { visible } from '../core/visible.ts';
import { WrappedText } from './wrap.ts';

/** One choice of an answer, wrapped, with the calls that stand beside its text. */
interface WrappedChoice {
  readonly text: WrappedText;
  readonly calls: ToolCallPart[];
}

/** An answer wrapped: its choices, and for each chunk the choice that it spoke for and the line its text began on. */
export interface WrappedAnswer {
  readonly choices: readonly WrappedChoice[];
  readonly placeOf: readonly { readonly choice: number; readonly line: number }[];
}

interface Wrapped {
  readonly width: number;
  readonly choices: WrappedChoice[];
  readonly placeOf: { choice: number; line: number }[];
}

const wrappedOf = new WeakMap<RunLog, Map<number, Wrapped>>();

/** The answer of a step wrapped at `width` cells. While it streams, only what is new is read and wrapped. */
export function wrappedAnswer(log: RunLog, step: number, width: number): WrappedAnswer {
  const steps = wrappedOf.get(log) ?? new Map<number, Wrapped>();
  wrappedOf.set(log, steps);
  let wrapped = steps.get(step);
  if (wrapped?.width !== width) {
    wrapped = { width, choices: [], placeOf: [] };
    choiceOf(wrapped, 0);
    steps.set(step, wrapped);
  }
  const { chunks, response } = log.rows(step);
  if (response) {
    if (wrapped.placeOf.length === 0) add(wrapped, response.body);
  } else {
    while (wrapped.placeOf.length < chunks.length) add(wrapped, chunks[wrapped.placeOf.length]!.chunk);
  }
  return wrapped;
}

/** The choice of that place; those before it that have said nothing yet are there, too. */
function choiceOf(wrapped: Wrapped, place: number): WrappedChoice {
  while (wrapped.choices.length <= place) {
    wrapped.choices.push({ text: new WrappedText(wrapped.width), calls: [] });
  }
  return wrapped.choices[place]!;
}

function add(wrapped: Wrapped, value: unknown): void {
  const readings = readChoices(value);
  const first = readings[0]?.choice ?? 0;
  wrapped.placeOf.push({ choice: first, line: choiceOf(wrapped, first).text.count - 1 });
  for (const { choice, content, toolCalls } of readings) {
    const { text, calls } = choiceOf(wrapped, choice);
    if (content) text.append(visible(content));
    for (const part of toolCalls) calls[part.index] = joinCall(calls[part.index], part);
  }
}

/**
 * The first line to show of a growing text of `count` lines in a window of `rows`. It follows the end in jumps of
 * half a window: to scroll with every line would redraw the whole window with every line.
 */
export function followFrom(count: number, rows: number): number {
  if (count <= rows) return 0;
  const jump = Math.max(1, Math.floor(rows / 2));
  return Math.ceil((count - rows) / jump) * jump;
}
