import { jsonLine } from '../visible.ts';
import { Assembly, type AssemblyStep } from './assembly.ts';
import { textsApart } from './compare.ts';
import type { RunLog } from './log.ts';
import { type ValueDifference, valueDifferences } from './value-diff.ts';

/** Adds up chunks, with what `count` of them from chunk `from` on added. */
export function assemble(
  chunks: readonly unknown[],
  from = 0,
  count = chunks.length,
): { readonly object: Readonly<Record<string, unknown>>; readonly steps: readonly AssemblyStep[] } {
  const assembly = new Assembly();
  for (const chunk of chunks) assembly.add(chunk);
  return { object: assembly.object, steps: assembly.steps(from, count) };
}

const assembliesOf = new WeakMap<RunLog, Map<number, Assembly>>();

/** The assembly of a step's chunks as far as they have come; while they stream, only what is new is added. */
export function assemblyOf(log: RunLog, step: number): Assembly {
  const ofLog = assembliesOf.get(log) ?? new Map<number, Assembly>();
  assembliesOf.set(log, ofLog);
  const assembly = ofLog.get(step) ?? new Assembly();
  ofLog.set(step, assembly);
  const { chunks } = log.rows(step);
  while (assembly.count < chunks.length) assembly.add(chunks[assembly.count]!.chunk);
  return assembly;
}

/**
 * Where what the chunks of a stream add up to is not what the call without a stream returns, in sentences; none where
 * it is the same. Ids and the time of creation are always others. What is null, an empty list or not there says the
 * same: a stream leaves out what is empty.
 */
export function assemblyEquals(object: unknown, response: unknown): readonly string[] {
  return [...valueDifferences(object, response, { isWhole: isLogprobs })]
    .filter(({ path, first, second }) => !isItsOwn(path) && !(isEmpty(first) && isEmpty(second)))
    .map(inWords);
}

/** What no two answers have in common: their ids, and when they were made. */
export const isItsOwn = (path: string): boolean => /(^|\.)id$|^created$/.test(path);

/** Other tokens have other probabilities: that alone is no news. */
export const isLogprobs = (path: string): boolean => /\.logprobs$/.test(path);

/** Nothing, in any of the ways in which it can be said. */
export const isEmpty = (value: unknown): boolean =>
  value == null || (Array.isArray(value) && value.length === 0);

function inWords({ path, first, second }: ValueDifference): string {
  if (path === 'usage' && isEmpty(first)) {
    return 'usage: only the whole answer has it; a stream brings it if stream_options asks with include_usage.';
  }
  if (isEmpty(second)) return `${path}: only the stream has it.`;
  if (isEmpty(first)) return `${path}: only the whole answer has it.`;
  if (isLogprobs(path)) return `${path}: the tokens or their probabilities differ.`;
  if (typeof first === 'string' && typeof second === 'string' && first.length + second.length > 60) {
    return `${path}: ${textsApart(first, second, ['the stream', 'the whole answer'])}`;
  }
  return `${path}: the stream has ${jsonLine(first)}, the whole answer ${jsonLine(second)}.`;
}
