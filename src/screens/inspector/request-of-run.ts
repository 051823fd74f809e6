import type { PastRun } from '../../core/session.ts';

/** A request of a run, by its place there. */
export interface RequestOfRun {
  readonly run: PastRun;
  readonly step: number;
}

/** The run, and of several requests which. */
function requestName({ run, step }: RequestOfRun): string {
  const { steps } = run.log.summary;
  return steps.length > 1 ? `${run.id} › request ${step + 1} of ${steps.length}` : run.id;
}

/** A run in a line: what ran, when, and what came of it. */
export function runLabel(run: PastRun): string {
  const { steps } = run.log.summary;
  return labelOf(run, run.id, steps.length === 1 ? steps[0]?.outcome : `${steps.length} requests`);
}

/** A request in a line, as a run is. */
export const requestLabel = (request: RequestOfRun): string =>
  labelOf(request.run, requestName(request), request.run.log.summary.steps[request.step]?.outcome);

function labelOf({ log }: PastRun, name: string, said: string | null | undefined): string {
  const { startedAt, outcome } = log.summary;
  return `${startedAt.slice(11, 19)}  ${name}  ${(outcome && said) ?? 'going on'}`;
}
