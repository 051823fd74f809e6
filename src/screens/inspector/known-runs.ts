import { stillClock } from '../../core/clock.ts';
import { logOf, type Recording } from '../../core/run/recording.ts';
import { mostPast, type PastRun, type Session } from '../../core/session.ts';
import { fileSaysOf, type OpenedRun } from './opened-run.ts';
import type { RequestOfRun } from './request-of-run.ts';

/** The runs that can be looked at: the last that came from files, the newest first, and those of this sitting. */
export class KnownRuns {
  readonly #session: Session;
  #opened: readonly PastRun[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  get all(): readonly PastRun[] {
    return [...this.#opened, ...this.#session.history];
  }

  /** Takes in what came from a file. */
  add(name: string, { events, problems, notes }: Recording): PastRun {
    // Its clock stands still: a recording that was cut off does not go on.
    const opened: OpenedRun = { id: name, log: logOf({ events }, stillClock), file: { problems, notes } };
    this.#opened = [opened, ...this.#opened].slice(0, mostPast);
    return opened;
  }

  /** Whether more of a run may come; of a file nothing does. */
  isLive(run: PastRun): boolean {
    return run.log.summary.outcome === null && fileSaysOf(run) === null;
  }

  /** Every other request than that one, those of the same run too. */
  requestsBut(request: RequestOfRun): readonly RequestOfRun[] {
    return this.all
      .flatMap((run) => run.log.summary.steps.map((_, step) => ({ run, step })))
      .filter(({ run, step }) => run.log !== request.run.log || step !== request.step);
  }
}
