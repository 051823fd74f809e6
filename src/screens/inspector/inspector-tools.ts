import type { Clock } from '../../core/clock.ts';
import type { RunLog } from '../../core/run/log.ts';
import type { Recording } from '../../core/run/recording.ts';

/** What the inspector needs of the world. */
export interface InspectorTools {
  readonly clock: Clock;
  /** Saves a run in the working folder and says in a sentence where, or why not. */
  readonly saveRun: (log: RunLog, id: string) => string;
  /** Writes a report of one request of a run beside it, and says so. */
  readonly saveReport: (log: RunLog, step: number, id: string, form: 'markdown' | 'svg') => string;
  /** The memory that the whole program takes now. */
  readonly residentBytes: () => number;
  /** Brings back a recording, a capture or a HAR file. */
  readonly openRun: (path: string) => Promise<Recording>;
}
