import type { RunLog } from './log.ts';
import type { StepSummary } from './summary.ts';

/** A moment of a request that has a name. */
export interface Moment {
  readonly name: 'headers' | 'first event' | 'first content' | 'last content' | 'end';
  /** Milliseconds since the request's step began, or since the run did, as the one who gives it says. */
  readonly atMs: number;
}

/** The moments of a step that are known so far, in order, in milliseconds since it began. */
export function momentsOf(step: StepSummary): readonly Moment[] {
  const known = (name: Moment['name'], atMs: number | null): readonly Moment[] =>
    atMs === null ? [] : [{ name, atMs }];
  return [
    ...known('headers', step.headersMs),
    ...known('first event', step.firstEventMs),
    ...known('first content', step.firstContentMs),
    // While text still comes, the latest of it is not the last.
    ...known('last content', step.outcome === null ? null : step.lastContentMs),
    ...known('end', step.endMs),
  ];
}

/** The moments of a step in milliseconds since the run began, to seek in a replay of its log. */
export function moments(log: RunLog, step: number): readonly Moment[] {
  const summary = log.summary.steps[step];
  if (!summary) return [];
  return momentsOf(summary).map(({ name, atMs }) => ({ name, atMs: summary.offsetMs + atMs }));
}
