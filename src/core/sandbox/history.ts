/** What was, what is and what was undone, of anything that changes by being replaced. */
export interface History<T> {
  /** Oldest first; `undo` brings back the last of them. */
  readonly past: readonly T[];
  readonly present: T;
  /** What was undone; `redo` brings back the first of them. */
  readonly future: readonly T[];
  /** The kind of the last change, so that like changes in a row are undone as one; null: the next is a step of its own. */
  readonly mergeKey: string | null;
}

const mostSteps = 500;

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [], mergeKey: null });

/**
 * A change: a step to undo, or a part of the step before if that has the same `mergeKey`. What had been undone is
 * gone; of more than 500 steps the oldest are forgotten. The same present again is no change.
 */
export function record<T>(history: History<T>, next: T, mergeKey: string | null = null): History<T> {
  if (Object.is(next, history.present)) return history;
  const isMerged = mergeKey !== null && mergeKey === history.mergeKey;
  const past = isMerged ? history.past : [...history.past, history.present].slice(-mostSteps);
  return { past, present: next, future: [], mergeKey };
}

/** A change not worth a step, such as a moved cursor. It ends a row of like changes; what was undone can be redone. */
export const amend = <T>(history: History<T>, present: T): History<T> =>
  Object.is(present, history.present) ? history : { ...history, present, mergeKey: null };

/** One step back; the same history if there is none. */
export function undo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  if (past.length === 0) return history;
  return { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future], mergeKey: null };
}

/** One step forward again; the same history if nothing was undone since the last change. */
export function redo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  if (future.length === 0) return history;
  return { past: [...past, present], present: future[0]!, future: future.slice(1), mergeKey: null };
}
