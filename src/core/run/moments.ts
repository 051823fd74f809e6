import type { RunEvent } from './events.ts';
import type { RunLog } from './log.ts';
import { readAnswer } from './reading.ts';
import type { StepSummary } from './summary.ts';

/** A moment of a request that has a name. */
export interface Moment {
  readonly name: 'headers' | 'first event' | 'first content' | 'last content' | 'end';
  /** Milliseconds since the request's step began. */
  readonly atMs: number;
}

/** The moments of a step that are known so far, in order. */
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

/** A moment as a place in the log of its run. */
export interface PlacedMoment {
  readonly name: Moment['name'];
  /** How many events of the run had come, the chunk of what came then with them. */
  readonly count: number;
}

/** The moments of a step to go to in a replay of the log. */
export function moments(log: RunLog, step: number): readonly PlacedMoment[] {
  const summary = log.summary.steps[step];
  if (!summary) return [];
  const { events, chunks } = log.rows(step);
  const hasContent = ({ chunk }: { readonly chunk: unknown }) => Boolean(readAnswer(chunk).content);
  const last = (type: RunEvent['type']) =>
    log.events.findLast((event) => event.type === type && 'step' in event && event.step === step);
  const found: Readonly<Record<Moment['name'], () => RunEvent | undefined>> = {
    headers: () => last('headers'),
    'first event': () => chunks[0] ?? events[0],
    'first content': () => chunks.find(hasContent),
    'last content': () => chunks.findLast(hasContent),
    end: () => last('step-end'),
  };
  return momentsOf(summary).map(({ name }) => ({ name, count: log.events.indexOf(found[name]()!) + 1 }));
}
