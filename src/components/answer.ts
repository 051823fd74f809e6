import type { RunLog } from '../core/run/log.ts';
import { type Reading, readAnswer } from '../core/run/reading.ts';
import { visible } from '../core/visible.ts';
import { WrappedText } from './wrap.ts';

/** A tool call as far as it has come. */
export interface ToolCall {
  readonly name: string;
  readonly args: string;
}

/** An answer wrapped, with the line on which the text of each chunk begins, and the calls that stand beside it. */
export interface WrappedAnswer {
  readonly text: WrappedText;
  readonly lineOf: readonly number[];
  readonly calls: readonly ToolCall[];
}

interface Wrapped extends WrappedAnswer {
  readonly lineOf: number[];
  readonly calls: ToolCall[];
}

const wrappedOf = new WeakMap<RunLog, Map<number, Wrapped>>();

/** The answer of a step wrapped at `width` cells. While it streams, only what is new is read and wrapped. */
export function wrappedAnswer(log: RunLog, step: number, width: number): WrappedAnswer {
  const steps = wrappedOf.get(log) ?? new Map<number, Wrapped>();
  wrappedOf.set(log, steps);
  let wrapped = steps.get(step);
  if (wrapped?.text.width !== Math.max(1, width)) {
    wrapped = { text: new WrappedText(width), lineOf: [], calls: [] };
    steps.set(step, wrapped);
  }
  const { chunks, response } = log.rows(step);
  if (response) {
    if (wrapped.lineOf.length === 0) add(wrapped, readAnswer(response.body));
  } else {
    while (wrapped.lineOf.length < chunks.length) {
      add(wrapped, readAnswer(chunks[wrapped.lineOf.length]!.chunk));
    }
  }
  return wrapped;
}

function add({ text, lineOf, calls }: Wrapped, { content, toolCalls }: Reading): void {
  lineOf.push(text.count - 1);
  if (content) text.append(visible(content));
  for (const { index, name, args } of toolCalls) {
    const call = calls[index] ?? { name: '', args: '' };
    calls[index] = { name: call.name + name, args: call.args + args };
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
