import type { StepRows } from '../run/log.ts';
import type { StepSummary } from '../run/summary.ts';
import { makesChunk } from './event-text.ts';

/** The event at which the SDK's loop over a stream ended. */
export interface LoopEnd {
  readonly index: number;
  /** Whether it threw there; else it was `[DONE]`. */
  readonly isThrown: boolean;
}

/** Where the SDK's loop over a stream ended, once it is over; null where no event ended it. */
export function loopEndOf(
  { events, chunks }: StepRows,
  { outcome, error }: Pick<StepSummary, 'outcome' | 'error'>,
): LoopEnd | null {
  const index = chunks.length;
  const event = events[index];
  if (outcome === null || !event) return null;
  if (event.data === '[DONE]') return { index, isThrown: false };
  return error && !makesChunk(event) ? { index, isThrown: true } : null;
}
