import { readingOf } from '../core/run/chunk-in-bytes.ts';
import type { RunLog } from '../core/run/log.ts';
import { joinCall, type Reading, read, type ToolCallPart } from '../core/run/reading.ts';
import { visible } from '../core/visible.ts';
import { WrappedText } from './wrap.ts';

/** One choice of an answer, wrapped, with the calls that stand beside its text. */
interface WrappedChoice {
  readonly text: WrappedText;
  readonly calls: ToolCallPart[];
}

/** An answer wrapped: its choices, and the place of each chunk's text in them. */
export interface WrappedAnswer {
  readonly choices: readonly WrappedChoice[];
  /** The choice that a chunk spoke for and the line that its text begins on. */
  readonly placeOf: (chunk: number) => WrappedPlace;
}

export interface WrappedPlace {
  readonly choice: number;
  readonly line: number;
}

class Wrapped implements WrappedAnswer {
  readonly width: number;
  readonly choices: WrappedChoice[] = [];
  /** By chunk: its choice, and where in the text of that one its own begins. */
  readonly #speakers: number[] = [];
  readonly #places: number[] = [];

  constructor(width: number) {
    this.width = width;
    this.#choiceOf(0);
  }

  /** How many chunks are in it. */
  get count(): number {
    return this.#places.length;
  }

  placeOf = (chunk: number): WrappedPlace => {
    const choice = this.#speakers[chunk] ?? 0;
    return { choice, line: this.choices[choice]!.text.lineAt(this.#places[chunk] ?? 0) };
  };

  /** Adds chunks, or a whole response. What they say is wrapped in one go: for each piece the line would be measured. */
  add(readings: readonly Reading[]): void {
    const said: string[] = [];
    for (const { choices } of readings) {
      const first = choices[0]?.choice ?? 0;
      this.#speakers.push(first);
      this.#places.push(this.#choiceOf(first).text.length + (said[first]?.length ?? 0));
      for (const { choice, content, toolCalls } of choices) {
        const { calls } = this.#choiceOf(choice);
        if (content) said[choice] = (said[choice] ?? '') + visible(content);
        for (const part of toolCalls) calls[part.index] = joinCall(calls[part.index], part);
      }
    }
    said.forEach((text, choice) => {
      this.choices[choice]!.text.append(text);
    });
  }

  /** The choice of that place; those before it that have said nothing yet are there, too. */
  #choiceOf(place: number): WrappedChoice {
    while (this.choices.length <= place) this.choices.push({ text: new WrappedText(this.width), calls: [] });
    return this.choices[place]!;
  }
}

const wrappedOf = new WeakMap<RunLog, Map<number, Wrapped>>();

/** The answer of a step wrapped at `width` cells. While it streams, only what is new is read and wrapped. */
export function wrappedAnswer(log: RunLog, step: number, width: number): WrappedAnswer {
  const steps = wrappedOf.get(log) ?? new Map<number, Wrapped>();
  wrappedOf.set(log, steps);
  let wrapped = steps.get(step);
  if (wrapped?.width !== width) {
    wrapped = new Wrapped(width);
    steps.set(step, wrapped);
  }
  const { chunks, response } = log.rows(step);
  if (!response) wrapped.add(chunks.slice(wrapped.count).map(readingOf));
  else if (wrapped.count === 0) wrapped.add([read(response.body)]);
  return wrapped;
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
