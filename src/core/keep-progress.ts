import { takeaways } from './lessons/closing.ts';
import type { Experiment, Step } from './lessons/types.ts';
import type { Progress } from './progress.ts';
import type { StepSummary } from './run/summary.ts';
import type { KeptRun } from './session.ts';

/** Whether a step showed what it is there to show: an answer, in chunks if it streams, or trouble where it is ordered. */
function isDone(step: Step | undefined, { outcome, isStream, chunks }: StepSummary): boolean {
  const isTroubled = (step?.key ?? 'own') !== 'own' || (step?.target ?? 'endpoint') !== 'endpoint';
  if (outcome === 'complete' || outcome === 'no-done') return !isStream || chunks > 0;
  return isTroubled && outcome !== null && outcome !== 'aborted';
}

/** Keeps what a run has shown: the steps that came to their end, how the guess did, and figures for the takeaways. */
export function keepProgress(progress: Progress, experiment: Experiment, { log, guess }: KeptRun): void {
  const ended = log.summary.steps.filter((step) => isDone(experiment.steps[step.index], step));
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
