import type { Look } from '../../components/box.ts';
import type { Line } from '../../components/line.ts';
import type { Sought } from '../../core/inspect/query.ts';
import type { RunLog } from '../../core/run/log.ts';
import type { StepSummary } from '../../core/run/summary.ts';
import type { MemoryUse } from './memory-line.ts';
import type { FileSays } from './opened-run.ts';

/** What a tab of the inspector is drawn from. */
export interface TabView {
  /** The run as far as it had come at the moment that is looked at. */
  readonly log: RunLog;
  /** The request of it that is looked at, by its place among the steps; null while it has not begun. */
  readonly step: number;
  readonly summary: StepSummary | null;
  /** The marked event, which is the chunk of the same number; null follows the newest. */
  readonly selected: number | null;
  /** The events that are listed, in order: all of them, or those that a filter leaves. Null: all. */
  readonly shown: readonly number[] | null;
  /** Bytes as hexadecimal numbers too. */
  readonly isHex: boolean;
  /** Lines of the detail that are scrolled away; null where nobody scrolled, and what is sought is to be in view. */
  readonly scroll: number | null;
  /** What is searched for, if anything is. */
  readonly sought?: Sought | null;
  readonly width: number;
  readonly rows: number;
  readonly look: Look;
  /** What is to be said of the file that the run came from, if it came from one. */
  readonly file?: FileSays | null;
  /** The file has no more of the request, which does not end there. */
  readonly breaksOff?: boolean;
  /** What the program keeps and takes; asked where it is told. */
  readonly memory?: () => MemoryUse;
}

/** A tab: a list, and beside or below it what is to be said of the marked row. */
export interface TabLayout {
  /** Exactly `rows` rows of at most `width` cells. */
  readonly lines: readonly Line[];
  /** Lines of the detail, how many of them are seen at once, and from which on: for keys that scroll it. */
  readonly content: number;
  readonly window: number;
  readonly from: number;
  /** How many rows can be marked: events, headers or steps of the assembly. */
  readonly markable: number;
}

export type Tab = (view: TabView) => TabLayout;

/** The tabs from left to right. */
export const tabNames = ['chunks', 'wire', 'time', 'request', 'response', 'assembly', 'diff'] as const;

export type TabName = (typeof tabNames)[number];

/** Whether the request is over at the moment that is looked at, or its file breaks off there. */
export const isOver = ({ summary, breaksOff = false }: TabView): boolean =>
  summary !== null && (summary.outcome !== null || breaksOff);

/** Whether it is known in which reads an answer came; one that somebody else kept does not say. */
export const knowsReads = ({ summary }: Pick<TabView, 'summary'>): boolean =>
  summary === null || summary.knownTimes === 'all';

/** What is said in place of the reads where they are not known. */
export const noReads = 'In which reads it came is not in the file.';

/** When the request began, in the time of the run; NaN, which is shown as a dash, where times are not known. */
export const offsetOf = ({ summary }: TabView): number =>
  summary && summary.knownTimes !== 'all' ? Number.NaN : (summary?.offsetMs ?? 0);
