import type { RunLog } from '../run/log.ts';
import type { StepSummary } from '../run/summary.ts';

/** What a prediction says when the run never got to the point that decides it. */
export const undecided = 'This run ended before it could tell.';

/** One step of a run, or undefined if the run did not get there. */
export function stepOf(run: RunLog, index: number): StepSummary | undefined {
  return run.summary.steps[index];
}

/** Whole numbers with a comma in thousands: `31,204`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

const smallCounts = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** A small count as a word: options in digits would read like the keys that choose them. */
export function countWord(count: number): string {
  return smallCounts[count] ?? String(count);
}

/** `a`, `a and b`, `a, b and c`. */
export function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `15 + 28 = 43 tokens` as the server reported them, or null while it has not. */
export function tokenSum(step: StepSummary | undefined): string | null {
  if (!step?.usage) return null;
  const { prompt_tokens, completion_tokens, total_tokens } = step.usage;
  return `${prompt_tokens} + ${completion_tokens} = ${total_tokens} tokens`;
}

/** The reported prompt tokens of every step that has them. */
export function promptTokens(run: RunLog): readonly number[] {
  return run.summary.steps.flatMap(({ usage }) => (usage ? [usage.prompt_tokens] : []));
}

/**
 * The sentences that this run can back with a figure. A run that backs none says instead why: it was stopped,
 * or a request failed.
 */
export function notes(
  run: RunLog,
  sentences: readonly (string | null | false | undefined)[],
): readonly string[] {
  const backed = sentences.filter((sentence): sentence is string => Boolean(sentence));
  if (run.summary.outcome === 'aborted') {
    const hasCome = run.summary.steps.some(({ status }) => status !== null);
    const stopped = hasCome
      ? 'You stopped this run. What had arrived by then is kept.'
      : 'You stopped this run before anything had come.';
    return backed.length > 0 ? backed : [stopped];
  }
  if (backed.length > 0) return backed;
  const failed = run.summary.steps.find(({ error }) => error)?.error;
  return failed ? [`The request ended with ${failed.className}; the panel shows what was said.`] : [];
}
