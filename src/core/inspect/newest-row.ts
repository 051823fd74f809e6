import type { StepRows } from '../run/log.ts';

/**
 * The row that one sees who follows a stream: the newest. Several events may come in one read, and the SDK hands over
 * their chunks one by one: while it does, the newest of those.
 */
export function newestRow({ events, chunks }: StepRows, isOver: boolean): number {
  const isBehind = !isOver && chunks.length > 0 && chunks.length < events.length;
  return (isBehind ? chunks.length : Math.max(events.length, chunks.length)) - 1;
}
