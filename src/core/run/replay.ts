import type { Clock } from '../clock.ts';
import type { RunEvent } from './events.ts';
import { frameMs, Listeners } from './listeners.ts';
import { RunLog, type RunSnapshot } from './log.ts';

/** How many times as fast as it happened a run can be played. */
export const speeds = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100] as const;

export type Speed = (typeof speeds)[number];

/**
 * A clock over a run's log. It stands at the end first, and there it goes along with a run that still goes on; at any
 * other time its log holds what had come by then. Whoever leaves a replay pauses it.
 */
export class Replay {
  readonly #source: RunLog;
  readonly #clock: Clock;
  readonly #listeners: Listeners;
  /** The source itself until time first goes back: a replay that nobody plays costs nothing. */
  #log: RunLog;
  /** At the end of what there is, and whatever still comes is shown. */
  #isFollowing = true;
  /** Where it stands while it does not follow. */
  #atMs = 0;
  #speed: Speed = 1;
  #cancelTick: (() => void) | null = null;
  #tickedMs = 0;
  #moves = 0;
  #snapshot: RunSnapshot;
  #leaveSource: (() => void) | null = null;

  /** @param source may still grow; one without an end that will not grow needs a clock that stands still */
  constructor(source: RunLog, clock: Clock) {
    this.#source = source;
    this.#log = source;
    this.#clock = clock;
    this.#listeners = new Listeners(clock, () => this.#takeSnapshot());
    this.#snapshot = { version: source.events.length, summary: source.summary };
  }

  /**
   * The events up to now, as a log of its own whose time is the replay's. It grows in place while time goes forward, and
   * is a new one only when time goes back.
   */
  get log(): RunLog {
    if (this.#isFollowing) this.#log.catchUp(this.#source, this.#source.events.length);
    return this.#log;
  }

  /** Milliseconds since the run began. */
  get atMs(): number {
    return this.#isFollowing ? this.endMs : this.#atMs;
  }

  /** The time of the last event; of a run that goes on, now. */
  get endMs(): number {
    const { events, summary } = this.#source;
    return summary.outcome === null ? this.#source.elapsedMs() : (events.at(-1)?.at ?? 0);
  }

  /** Whether it stands at the end and moves with it. */
  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  get isPlaying(): boolean {
    return this.#cancelTick !== null;
  }

  get speed(): Speed {
    return this.#speed;
  }

  /** Goes to a time, in milliseconds since the run began; what lies outside of the run is its start or its end. */
  seek(ms: number): void {
    this.#tickedMs = this.#clock.now();
    this.#goTo(ms);
    this.#changed();
  }

  /** Shows the first `count` events of all that there are, and pauses there. */
  goTo(count: number): void {
    this.#stop();
    this.#show(count, this.#source.events[count - 1]?.at ?? 0);
    this.#changed();
  }

  /**
   * Goes on or back to the next place behind an event that is a stop, and pauses there. Where there is none it stays, or
   * goes along with a run that goes on.
   */
  step(by: 1 | -1, isStop: (event: RunEvent) => boolean): void {
    const { events } = this.#source;
    let count = this.log.events.length + by;
    while (events[count - 1] && !isStop(events[count - 1]!)) count += by;
    if (events[count - 1]) this.goTo(count);
    else if (by > 0 && this.#source.summary.outcome === null) this.seek(Number.POSITIVE_INFINITY);
    else this.pause();
  }

  /** Plays from here on, or from the start where this is the end. */
  play(): void {
    if (this.isPlaying) return;
    if (this.#isFollowing || this.#atMs >= this.endMs) this.#goTo(0);
    this.#tickedMs = this.#clock.now();
    if (!this.#isFollowing) this.#tickSoon();
    this.#changed();
  }

  pause(): void {
    this.#stop();
    this.#changed();
  }

  setSpeed(speed: Speed): void {
    if (this.isPlaying) this.#advance();
    this.#speed = speed;
    this.#changed();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#leaveSource ??= this.#source.subscribe(() => this.#tellSoon());
    const remove = this.#listeners.add(listener);
    return () => {
      remove();
      if (this.#listeners.count > 0) return;
      this.#leaveSource?.();
      this.#leaveSource = null;
    };
  };

  /** The same object until the next notification. */
  getSnapshot = (): RunSnapshot => {
    if (this.#listeners.count === 0) this.#takeSnapshot();
    return this.#snapshot;
  };

  #takeSnapshot(): void {
    const version = this.#moves + this.#source.events.length;
    if (version !== this.#snapshot.version) this.#snapshot = { version, summary: this.log.summary };
  }

  #changed(): void {
    this.#moves++;
    this.#tellSoon();
  }

  #tellSoon(): void {
    // The next tick tells anyway.
    if (!this.isPlaying) this.#listeners.tellSoon();
  }

  #goTo(ms: number): void {
    if (ms >= this.endMs) {
      this.#stop();
      this.#isFollowing = true;
      return;
    }
    const toMs = Math.max(0, ms);
    const { events } = this.#source;
    let count = toMs < this.atMs ? 0 : this.log.events.length;
    while (count < events.length && events[count]!.at <= toMs) count++;
    this.#show(count, toMs);
  }

  #show(count: number, atMs: number): void {
    this.#isFollowing = false;
    this.#atMs = atMs;
    if (this.#log === this.#source || count < this.#log.events.length) this.#log = this.#emptyLog();
    this.#log.catchUp(this.#source, count);
  }

  #emptyLog(): RunLog {
    const { wallMs, after } = this.#clock;
    return new RunLog({ now: () => this.atMs, wallMs, after }, 0);
  }

  #tickSoon(): void {
    this.#cancelTick = this.#clock.after(frameMs, () => {
      this.#tickSoon();
      this.#advance();
      this.#moves++;
      this.#listeners.tellNow();
    });
  }

  #advance(): void {
    const now = this.#clock.now();
    const passedMs = now - this.#tickedMs;
    this.#tickedMs = now;
    this.#goTo(this.#atMs + passedMs * this.#speed);
  }

  #stop(): void {
    this.#cancelTick?.();
    this.#cancelTick = null;
  }
}
