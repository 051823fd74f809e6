import type { Clock } from '../clock.ts';
import { AnswerTexts } from './answer-texts.ts';
import { letGo } from './chunk-in-bytes.ts';
import type { RunEvent, RunEventOf } from './events.ts';
import { floodFrameMs, frameMs, Listeners } from './listeners.ts';
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

/** From so many events to the next the summary is kept, so that an earlier one is never far to fold. */
const checkpointEvents = 500;
/** Rows behind so many newer ones let go of what they can make again: what is drawn and read first are the newest. */
const freshEvents = 100;
/** More than so many events from one frame to the next are a flood. */
const floodEvents = 500;

/**
 * A run: an append-only log of timed events. Everything that shows, grades, prints or keeps a run reads it
 * from here. It outlives screens and works without React; its listeners hear of new events at most once a
 * frame, and of an ending at once.
 */
export class RunLog {
  readonly #events: RunEvent[] = [];
  readonly #rows: MutableStepRows[] = [];
  readonly #checkpoints: RunSummary[] = [];
  readonly #texts = new AnswerTexts();
  readonly #clock: Clock;
  readonly #listeners: Listeners;
  #summary: RunSummary = emptySummary;
  /** So many events are in the summary. */
  #foldedCount = 0;
  /** So many are in the texts. */
  #joinedCount = 0;
  /** So many hold nothing any more that they can make again. */
  #letGoCount = 0;
  /** So many were there when listeners were told before the last time. */
  #toldCount = 0;
  /** Whether more came since the time before than anyone reads. */
  #isFlood = false;
  #snapshot: RunSnapshot = { version: 0, summary: emptySummary };
  #startMs: number | null;

  /** @param startMs when the run began, by the clock; if not given, the first event tells */
  constructor(clock: Clock, startMs: number | null = null) {
    this.#clock = clock;
    this.#startMs = startMs;
    this.#listeners = new Listeners(clock, () => this.#takeSnapshot());
  }

  get events(): readonly RunEvent[] {
    return this.#events;
  }

  /** The fold of all events so far, up to the last one appended. */
  get summary(): RunSummary {
    this.#foldRest();
    return this.#summary;
  }

  /** The rows of one step by layer; the same lists each time, which grow in place. */
  rows(step: number): StepRows {
    return this.#rows[step] ?? noRows;
  }

  /** The text of a step's answer as far as it came; of the first choice, unless another is asked for. */
  text(step: number, choice = 0): string {
    const { response } = this.rows(step);
    if (!response) {
      this.#joinRest();
      return this.#texts.of(step, choice);
    }
    return readChoices(response.body)
      .map((reading) => (reading.choice === choice ? (reading.content ?? '') : ''))
      .join('');
  }

  /** Milliseconds since the run began, or that it took; 0 before its first event. */
  elapsedMs(): number {
    const { endMs } = this.summary;
    if (endMs !== null) return endMs;
    const lastMs = this.#events.at(-1)?.at ?? 0;
    // Of a run that broke off in a file no clock goes on.
    return this.#startMs === null ? 0 : Math.max(lastMs, this.#clock.now() - this.#startMs);
  }

  append(event: RunEvent): void {
    this.#startMs ??= this.#clock.now() - event.at;
    this.#add(event);
    if (event.type === 'step-end' || event.type === 'run-end') this.#listeners.tellNow();
    else this.#listeners.tellSoon(this.#isFlood ? floodFrameMs : frameMs);
  }

  /**
   * Takes over the events of another log, from where this one ends up to the first `count`. Both share the events, and
   * only those since the other's last checkpoint are folded: 300 000 take some milliseconds.
   */
  catchUp(source: RunLog, count: number): void {
    if (count <= this.#events.length) return;
    for (let at = this.#events.length; at < count; at++) this.#add(source.#events[at]!);
    this.#summary = source.#summaryOf(count);
    this.#foldedCount = count;
    this.#letGoCount = count;
    this.#listeners.tellSoon();
  }

  subscribe = (listener: () => void): (() => void) => this.#listeners.add(listener);

  /** The same object until the next notification. */
  getSnapshot = (): RunSnapshot => {
    // Nobody is listening yet: the first look is at what there is now.
    if (this.#listeners.count === 0) this.#takeSnapshot();
    return this.#snapshot;
  };

  #takeSnapshot(): void {
    if (this.#snapshot.version === this.#events.length) return;
    // What listeners heard of the time before last they have read since: two endings are told at a time.
    this.#letGoBefore(this.#toldCount);
    this.#toldCount = this.#snapshot.version;
    this.#isFlood = this.#events.length - this.#toldCount > floodEvents;
    this.#snapshot = { version: this.#events.length, summary: this.summary };
  }

  /** Folds what was appended since somebody last looked, up to each checkpoint and to the end. */
  #foldRest(): void {
    if (this.#foldedCount === this.#events.length) return;
    while (this.#foldedCount < this.#events.length) {
      const next = this.#foldedCount - (this.#foldedCount % checkpointEvents) + checkpointEvents;
      const to = Math.min(next, this.#events.length);
      this.#summary = fold(this.#summary, this.#events.slice(this.#foldedCount, to));
      this.#foldedCount = to;
      if (to === next) this.#checkpoints.push(this.#summary);
    }
    this.#joinRest();
    // Listeners are yet to read what they hear of.
    if (this.#listeners.count === 0) this.#letGoBefore(this.#foldedCount);
  }

  #letGoBefore(count: number): void {
    for (; this.#letGoCount < count - freshEvents; this.#letGoCount++) letGo(this.#events[this.#letGoCount]!);
  }

  #joinRest(): void {
    if (this.#joinedCount < this.#events.length) this.#texts.add(this.#events.slice(this.#joinedCount));
    this.#joinedCount = this.#events.length;
  }

  /** The fold of the first `count` events. */
  #summaryOf(count: number): RunSummary {
    this.#foldRest();
    if (count >= this.#events.length) return this.#summary;
    const whole = Math.min(Math.floor(count / checkpointEvents), this.#checkpoints.length);
    const checkpoint = this.#checkpoints[whole - 1] ?? emptySummary;
    return fold(checkpoint, this.#events.slice(whole * checkpointEvents, count));
  }

  #add(event: RunEvent): void {
    this.#events.push(event);
    switch (event.type) {
      case 'step-start':
        this.#rows[event.step] = { reads: [], events: [], chunks: [], response: null };
        break;
      case 'read':
        this.#rows[event.step]?.reads.push(event);
        break;
      case 'event':
        this.#rows[event.step]?.events.push(event);
        break;
      case 'chunk':
        this.#rows[event.step]?.chunks.push(event);
        break;
      case 'response': {
        const rows = this.#rows[event.step];
        if (rows) rows.response = event;
      }
    }
  }
}
