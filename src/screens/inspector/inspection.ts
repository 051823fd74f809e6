import type { Clock } from '../../core/clock.ts';
import { newestRow } from '../../core/inspect/newest-row.ts';
import { nextHit } from '../../core/inspect/search.ts';
import type { RunLog, StepRows } from '../../core/run/log.ts';
import { Replay } from '../../core/run/replay.ts';
import type { StepSummary } from '../../core/run/summary.ts';
import type { PastRun } from '../../core/session.ts';
import { within } from '../clamp.ts';
import { Finding } from './finding.ts';
import { goStep, goToNextMoment, playOrPause, turnSpeed } from './in-time.ts';
import { listedIn, type Marks, movedAmong, movedDown } from './marks.ts';
import type { RequestOfRun } from './request-of-run.ts';
import { type TabName, tabNames } from './tab.ts';

/** One run taken apart: which request, which tab, which row, which moment. */
export class Inspection {
  readonly run: PastRun;
  readonly replay: Replay;
  readonly finding = new Finding();
  readonly #stopListening: () => void;
  step: number;
  tab: TabName = 'chunks';
  /** What the request is diffed with. */
  other: RequestOfRun | null = null;
  #marks: Marks = {};
  /** Null: nobody has scrolled the detail. */
  scroll: number | null = null;
  /** Set by the view: what can be marked, lines of the detail and of its window, and where that begins. */
  extent = { markable: 0, content: 0, window: 0, from: 0 };

  /** @param changed is called whenever the run grows, or the moment that is looked at is another */
  constructor(run: PastRun, step: number, clock: Clock, changed: () => void) {
    this.run = run;
    this.step = step;
    this.replay = new Replay(run.log, clock);
    this.#stopListening = this.replay.subscribe(changed);
  }

  /** Looks at it no longer. */
  leave(): void {
    this.replay.pause();
    this.#stopListening();
  }

  /** The run as it was at the moment that is looked at. */
  get log(): RunLog {
    return this.replay.log;
  }

  get rows(): StepRows {
    return this.log.rows(this.step);
  }

  /** The requests of the run, those too that have not begun at the moment that is looked at. */
  get requests(): readonly StepSummary[] {
    return this.run.log.summary.steps;
  }

  /** Whether there is a time to play: a file may say of none, or break off before the request. */
  get hasTime(): boolean {
    const request = this.requests[this.step];
    return request !== undefined && request.knownTimes !== 'none';
  }

  /** Whether all that there is of the request has come at the moment that is looked at. */
  get isWhole(): boolean {
    const { events, summary } = this.log;
    return summary.steps[this.step]?.outcome != null || events.length === this.run.log.events.length;
  }

  /** The marked row of the open tab, an event in most of them; null follows the newest. */
  get selected(): number | null {
    return this.#marks[listedIn(this.tab)] ?? null;
  }

  set selected(row: number | null) {
    this.#marks = { ...this.#marks, [listedIn(this.tab)]: row };
    this.scroll = null;
  }

  /** The events that a filter leaves; null: all of them. */
  get shown(): readonly number[] | null {
    return this.finding.shown(this.rows);
  }

  /** What the search found of them. */
  get hits(): readonly number[] {
    return this.finding.hits(this.rows);
  }

  get #newest(): number {
    const step = this.log.summary.steps[this.step] ?? null;
    return Math.min(newestRow(this.rows, step), this.extent.markable - 1);
  }

  open(tab: TabName): void {
    this.tab = tab;
    this.scroll = null;
  }

  turnTab(by: number): void {
    const at = tabNames.indexOf(this.tab);
    this.open(tabNames[(at + by + tabNames.length) % tabNames.length]!);
  }

  /** What was marked and sought in another request means nothing here. */
  nextRequest(): void {
    this.step = (this.step + 1) % Math.max(1, this.requests.length);
    this.#marks = {};
    this.finding.forget();
    this.scroll = null;
  }

  move(by: number): void {
    const { selected, shown } = this;
    const { markable: count } = this.extent;
    const listed = listedIn(this.tab);
    if (listed !== 'events') this.selected = movedDown(selected, by, listed, count);
    else this.selected = movedAmong({ count, shown, selected, newest: this.#newest }, by);
  }

  scrollBy(by: number): void {
    const { from, content, window } = this.extent;
    this.scroll = within(from + by, content - window);
  }

  turnFilter(): void {
    this.finding.turnFilter(this.rows);
    this.selected = this.shown?.[0] ?? null;
  }

  /**
   * Searches, and goes to the first event found from the marked one on.
   *
   * @param onBite is called whenever some more events have been looked at
   * @returns whether anything was found; null if something else was sought by then
   */
  async look(query: string, onBite: () => void): Promise<boolean | null> {
    const { finding } = this;
    let isThere = false;
    const isDone = await finding.look(
      query,
      () => this.rows,
      () => {
        if (!isThere && this.hits.length > 0) {
          this.selected = nextHit(this.hits, (this.selected ?? 0) - 1, 1);
          isThere = true;
        }
        onBite();
      },
    );
    return isDone ? this.hits.length > 0 : null;
  }

  /** Searches no longer. */
  dropSearch(): void {
    this.finding.search = null;
    this.scroll = null;
  }

  /** Goes to the next event found, or to the one before. */
  hit(by: 1 | -1): void {
    this.selected = this.finding.hit(this.rows, this.selected ?? -1, by) ?? this.selected;
  }

  /** Follows the end of the run; what is no event has a last row. */
  goToEnd(): void {
    const { isFollowing } = this.replay;
    this.replay.seek(Number.POSITIVE_INFINITY);
    if (listedIn(this.tab) !== 'events') {
      if (isFollowing) this.move(Number.POSITIVE_INFINITY);
      return;
    }
    // Behind the event at which the SDK threw there may be others.
    const { events, chunks } = this.rows;
    const last = this.shown?.at(-1) ?? Math.max(events.length, chunks.length) - 1;
    const isThrown = this.log.summary.steps[this.step]?.error != null;
    this.selected = isThrown && last >= 0 ? last : null;
  }

  playOrPause(): void {
    playOrPause(this.replay, this.run.log, this.step);
  }

  turnSpeed(by: 1 | -1): void {
    turnSpeed(this.replay, by);
  }

  goStep(by: 1 | -1): void {
    goStep(this.replay, this.step, by);
    this.selected = null;
  }

  goToNextMoment(): void {
    goToNextMoment(this.replay, this.run.log, this.step);
    this.selected = null;
  }
}
