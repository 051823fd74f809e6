import { takeaways } from './lessons/closing.ts';
import type { Experiment, Step } from './lessons/types.ts';
import type { Progress } from './progress.ts';
import type { StepOutcome } from './run/events.ts';
import type { KeptRun } from './session.ts';

/** Whether a step showed what it is there to show: an answer, or where trouble is ordered, that trouble. */
function isDone(step: Step | undefined, outcome: StepOutcome | null): boolean {
  const isTroubled = (step?.key ?? 'own') !== 'own' || (step?.target ?? 'endpoint') !== 'endpoint';
  if (outcome === 'complete' || outcome === 'no-done') return true;
  return isTroubled && outcome !== null && outcome !== 'aborted';
}

/** Keeps what a run has shown: the steps that came to their end, how the guess did, and figures for the takeaways. */
export function keepProgress(progress: Progress, experiment: Experiment, { log, guess }: KeptRun): void {
  const ended = log.summary.steps.filter(({ index, outcome }) => isDone(experiment.steps[index], outcome));
  if (ended.length > 0)
    progress.addDone(
      experiment.id,
      ended.map(({ id }) => id),
    );
  const answer = experiment.prediction.answer(log);
  if (guess !== null && answer !== null) {
    progress.keepPrediction(experiment.id, { chosen: guess, isRight: guess === answer });
  }
  for (const { concept, experiment: from, figure } of takeaways) {
    if (from !== experiment.id) continue;
    const text = figure(log);
    if (text) progress.keepFigures(experiment.id, { [concept]: text });
  }
}
