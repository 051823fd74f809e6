import type { StepRows } from '../run/log.ts';
import type { StepSummary } from '../run/summary.ts';
import { loopEndOf } from './loop-end.ts';

/**
 * The row that one sees who follows a stream: the newest. Several events may come in one read, and the SDK hands over
 * their chunks one by one: while it does, the newest of those. Where it threw at an event, that one: it looked at none
 * behind it.
 */
export function newestRow(rows: StepRows, step: Pick<StepSummary, 'outcome' | 'error'> | null): number {
  const { events, chunks } = rows;
  const end = step && loopEndOf(rows, step);
  if (end?.isThrown) return end.index;
  const isBehind = (step?.outcome ?? null) === null && chunks.length > 0 && chunks.length < events.length;
  return (isBehind ? chunks.length : Math.max(events.length, chunks.length)) - 1;
}
