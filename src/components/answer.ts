import type { RunLog } from '../core/run/log.ts';
import { readAnswer } from '../core/run/reading.ts';
import { visible } from '../core/visible.ts';
import type { Line } from './line.ts';
import { WrappedText, wrapText } from './wrap.ts';

/** An answer wrapped, with the line on which the text of each chunk begins. */
export interface WrappedAnswer {
  readonly text: WrappedText;
  readonly lineOf: readonly number[];
}

interface Wrapped extends WrappedAnswer {
  readonly lineOf: number[];
}

const wrappedOf = new WeakMap<RunLog, Map<number, Wrapped>>();

/** The answer of a step wrapped at `width` cells. While it streams, only what is new is wrapped. */
export function wrappedAnswer(log: RunLog, step: number, width: number): WrappedAnswer {
  const steps = wrappedOf.get(log) ?? new Map<number, Wrapped>();
  wrappedOf.set(log, steps);
  let wrapped = steps.get(step);
  if (wrapped?.text.width !== width) {
    wrapped = { text: new WrappedText(width), lineOf: [] };
    steps.set(step, wrapped);
  }
  const { text, lineOf } = wrapped;
  const { chunks, response } = log.rows(step);
  const add = (piece: string) => {
    lineOf.push(text.count - 1);
    if (piece) text.append(visible(piece));
  };
  if (response) {
    if (lineOf.length === 0) add(log.text(step));
  } else {
    while (lineOf.length < chunks.length) add(readAnswer(chunks[lineOf.length]!.chunk).content ?? '');
  }
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

/** The tool calls of a step's answer, as the model wrote them. */
export function toolCallLines(log: RunLog, step: number, width: number): Line[] {
  const { chunks, response } = log.rows(step);
  const calls: { name: string; args: string }[] = [];
  for (const said of response ? [response.body] : chunks.map(({ chunk }) => chunk)) {
    for (const { index, name, args } of readAnswer(said).toolCalls) {
      const call = calls[index] ?? { name: '', args: '' };
      calls[index] = { name: call.name + name, args: call.args + args };
    }
  }
  return calls.flatMap(({ name, args }) => wrapText(visible(`${name}(${args})`), width, 'tool'));
}
