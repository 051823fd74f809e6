import type { Clock } from '../clock.ts';
import type { RunEvent, RunEventOf } from './events.ts';
import { readChoices } from './reading.ts';
import { emptySummary, fold, type RunSummary } from './summary.ts';

/** The rows of one step, by layer. Each list only ever grows. */
export interface StepRows {
  readonly reads: readonly RunEventOf<'read'>[];
  readonly events: readonly RunEventOf<'event'>[];
  readonly chunks: readonly RunEventOf<'chunk'>[];
  readonly response: RunEventOf<'response'> | null;
}

interface MutableStepRows {
  reads: RunEventOf<'read'>[];
  events: RunEventOf<'event'>[];
  chunks: RunEventOf<'chunk'>[];
  response: RunEventOf<'response'> | null;
}

const noRows: StepRows = { reads: [], events: [], chunks: [], response: null };

/** What a view holds of a run: a version to compare and a summary to read. */
export interface RunSnapshot {
  readonly version: number;
  readonly summary: RunSummary;
}

/** Milliseconds between two notifications while events pour in: 30 a second. */
const flushMs = 1000 / 30;

/**
 * A run: an append-only log of timed events. Everything that shows, grades, prints or keeps a run reads it
 * from here. It outlives screens and works without React; its listeners hear of new events at most once a
 * frame, and of an ending at once.
 */
export class RunLog {
  readonly #events: RunEvent[] = [];
  readonly #rows: MutableStepRows[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #clock: Clock;
  #summary: RunSummary = emptySummary;
  #snapshot: RunSnapshot = { version: 0, summary: emptySummary };
  #cancelFlush: (() => void) | null = null;
  #lastFlush = Number.NEGATIVE_INFINITY;
  #startMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get events(): readonly RunEvent[] {
    return this.#events;
  }

  /** The fold of all events so far, up to the last one appended. */
  get summary(): RunSummary {
    return this.#summary;
  }

  /** The rows of one step by layer; the same lists each time, which grow in place. */
  rows(step: number): StepRows {
    return this.#rows[step] ?? noRows;
  }

  /**
   * The text of a step's answer as far as it came; of the first choice, unless another is asked for. Joins the whole:
   * for endings and exports, not for frames.
   */
  text(step: number, choice = 0): string {
    const { response, chunks } = this.rows(step);
    const bodies = response ? [response.body] : chunks.map(({ chunk }) => chunk);
    return bodies
      .flatMap(readChoices)
      .map((reading) => (reading.choice === choice ? (reading.content ?? '') : ''))
      .join('');
  }

  /** Milliseconds since the run began, as far as this log can know; 0 before its first event. */
  elapsedMs(): number {
    return this.#startMs === null ? 0 : this.#clock.now() - this.#startMs;
  }

  append(event: RunEvent): void {
    this.#startMs ??= this.#clock.now() - event.at;
    this.#events.push(event);
    this.#summary = fold(this.#summary, event);
    this.#index(event);
    if (event.type === 'step-end' || event.type === 'run-end') this.#flush();
    else this.#scheduleFlush();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until the next notification. */
  getSnapshot = (): RunSnapshot => {
    // Nobody is listening yet: the first look is at what there is now.
    if (this.#listeners.size === 0) this.#takeSnapshot();
    return this.#snapshot;
  };

  #takeSnapshot(): void {
    if (this.#snapshot.version === this.#events.length) return;
    this.#snapshot = { version: this.#events.length, summary: this.#summary };
  }

  #index(event: RunEvent): void {
    if (event.type === 'step-start') {
      this.#rows[event.step] = { reads: [], events: [], chunks: [], response: null };
      return;
    }
    if (!('step' in event)) return;
    const rows = this.#rows[event.step];
    if (!rows) return;
    if (event.type === 'read') rows.reads.push(event);
    else if (event.type === 'event') rows.events.push(event);
    else if (event.type === 'chunk') rows.chunks.push(event);
    else if (event.type === 'response') rows.response = event;
  }

  #scheduleFlush(): void {
    if (this.#cancelFlush || this.#listeners.size === 0) return;
    const wait = Math.max(0, this.#lastFlush + flushMs - this.#clock.now());
    this.#cancelFlush = this.#clock.after(wait, () => this.#flush());
  }

  #flush(): void {
    this.#cancelFlush?.();
    this.#cancelFlush = null;
    this.#lastFlush = this.#clock.now();
    this.#takeSnapshot();
    for (const listener of this.#listeners) listener();
  }
}
