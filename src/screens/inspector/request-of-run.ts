import { findExperiment } from '../../core/lessons/index.ts';
import type { StepOutcome } from '../../core/run/events.ts';
import type { PastRun } from '../../core/session.ts';
import { endingWords } from './ending-words.ts';
import { fileSaysOf } from './opened-run.ts';

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

/** What ran, with the title of its lesson if it is one. */
export function runName({ id }: PastRun): string {
  const title = findExperiment(id)?.title;
  return title ? `${id} ${title}` : id;
}

/** A run in a line: what ran, when, and what came of it. */
export function runLabel(run: PastRun): string {
  const { steps } = run.log.summary;
  const [outcome] = steps.map((step) => step.outcome);
  return labelOf(run, runName(run), steps.length === 1 ? endingOf(outcome) : `${steps.length} requests`);
}

/** A request in a line, as a run is. */
export const requestLabel = (request: RequestOfRun): string =>
  labelOf(request.run, requestName(request), endingOf(request.run.log.summary.steps[request.step]?.outcome));

const endingOf = (outcome: StepOutcome | null | undefined): string | null =>
  outcome ? endingWords[outcome] : null;

/** Cells of a time such as `21:20:02`; a file need not say it. */
const timeCells = 8;

function labelOf(run: PastRun, name: string, said: string | null): string {
  const { startedAt, outcome } = run.log.summary;
  const unended = fileSaysOf(run) ? 'breaks off' : 'going on';
  const time = startedAt.slice(11, 19).padEnd(timeCells);
  return `${time}  ${name}  ${(outcome && said) ?? unended}`;
}
