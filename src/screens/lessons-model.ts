import { markableRows } from '../components/live-panel.ts';
import type { Experiment } from '../core/lessons/types.ts';
import type { StepRequest } from '../core/run/request.ts';
import type { Session } from '../core/session.ts';
import { type AppState, type Extent, freshLesson, type LessonState } from './app-state.ts';
import { within } from './clamp.ts';

/** What the screens of the lessons remember, and what the keys of a lesson change of it. */
export class LessonsModel {
  readonly #session: Session;
  readonly #read: () => AppState['lessons'];
  readonly #write: (lessons: AppState['lessons']) => void;

  /** @param read gives what they remember, which is part of what the app shows; `write` puts other in its place */
  constructor(
    session: Session,
    read: () => AppState['lessons'],
    write: (lessons: AppState['lessons']) => void,
  ) {
    this.#session = session;
    this.#read = read;
    this.#write = write;
  }

  stateOf(id: string): LessonState {
    return this.#read()[id] ?? freshLesson;
  }

  change(id: string, change: Partial<LessonState>): void {
    this.#write({ ...this.#read(), [id]: { ...this.stateOf(id), ...change } });
  }

  /** The step of an experiment that is shown: the chosen one, or else the newest. */
  shownStep(id: string): number {
    const { step } = this.stateOf(id);
    // As many as are on screen: of one that began since, the panel would show a frame with nothing in it.
    const { steps } = this.#session.runOf(id)?.log.getSnapshot().summary ?? { steps: [] };
    return step ?? Math.max(0, steps.length - 1);
  }

  chooseStep({ id, steps }: Experiment, by: number): void {
    this.change(id, { step: within(this.shownStep(id) + by, steps.length - 1), cursor: null });
  }

  switchSide(id: string): void {
    this.change(id, { side: this.stateOf(id).side === 'lesson' ? 'live' : 'lesson' });
  }

  /** The request of the step on screen: what was sent, or else what will be. */
  shownRequest({ id, steps }: Experiment): StepRequest | null {
    const at = this.shownStep(id);
    const planned = steps[at]?.request;
    const request = typeof planned === 'function' ? planned([]) : planned;
    return this.#session.runOf(id)?.log.summary.steps[at]?.request ?? request ?? null;
  }

  /** How many rows of the panel can be marked. */
  markable(experiment: Experiment): number {
    const log = this.#session.runOf(experiment.id)?.log ?? null;
    return markableRows(experiment, log, this.shownStep(experiment.id));
  }

  /** Runs an experiment with the guess that was made, and shows what comes. */
  start(experiment: Experiment): void {
    const { id, prediction } = experiment;
    const { choice } = this.stateOf(id);
    this.change(id, { side: 'live', step: null, cursor: null, scroll: null });
    void this.#session.start(experiment, choice === null ? null : (prediction.options[choice] ?? null));
  }

  /** Brings the code of a lesson into view, where it does not fit in whole. */
  showCode(id: string, { code = 0, content, window }: Extent): void {
    if (content > window) this.change(id, { scroll: within(code, content - window) });
  }

  /** Scrolls the text, or marks another row of the panel. */
  move(experiment: Experiment, by: number, { from, content, window }: Extent): void {
    const { id } = experiment;
    const { side, scroll, cursor } = this.stateOf(id);
    if (side === 'lesson') {
      this.change(id, { scroll: within((scroll ?? from) + by, content - window) });
      return;
    }
    const log = this.#session.runOf(id)?.log;
    if (!log) return;
    const last = this.markable(experiment) - 1;
    // An unmarked table shows its end, an unmarked object its beginning.
    const unmarked = log.rows(this.shownStep(id)).response ? -1 : last + (by < 0 ? 1 : 0);
    this.change(id, { cursor: within((cursor ?? unmarked) + by, last) });
  }
}
