import { assemblyEquals } from '../run/assemble.ts';
import type { StepRequest } from '../run/request.ts';
import type { RunSummary } from '../run/summary.ts';
import { perStep } from './per-step.ts';
import { standingOf } from './standing.ts';

/** A request of the same run that asked for the same without a stream, and how what it got differs, in sentences. */
export interface Twin {
  readonly index: number;
  readonly differences: readonly string[];
}

interface Known {
  readonly events: number;
  readonly twin: Twin | null;
}

const knownTwin = perStep((known: Known | undefined, log, step) => {
  const events = log.events.length;
  if (known?.events === events) return known;
  const index = twinOf(log.summary, step);
  const response = index === null ? null : log.rows(index).response;
  if (index === null || !response) return { events, twin: null };
  const { chunks } = log.rows(step);
  const object = standingOf(log, step).after(chunks.length - 1);
  return { events, twin: { index, differences: assemblyEquals(object, response.body) } };
});

/** The twin of a stream's request; null where the run has none that was answered. */
export const wholeTwin = (...place: Parameters<typeof knownTwin>): Twin | null => knownTwin(...place).twin;

function twinOf({ steps }: RunSummary, index: number): number | null {
  const step = steps[index];
  const wanted = step?.isStream ? withoutStream(step.request) : null;
  const twin = steps.find(
    ({ isStream, outcome, request }) =>
      !isStream && outcome === 'complete' && wanted !== null && withoutStream(request) === wanted,
  );
  return twin?.index ?? null;
}

function withoutStream(request: StepRequest): string | null {
  if (request.kind !== 'chat') return null;
  const { stream, stream_options, ...rest } = request.body;
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
}
