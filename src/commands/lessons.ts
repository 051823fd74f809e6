import { lessons as allLessons } from '../core/lessons/index.ts';
import type { Experiment } from '../core/lessons/types.ts';
import type { ProgressData } from '../core/progress.ts';
import { type CommandContext, type ExitCode, exitCode } from './context.ts';
import { padEnd } from './text.ts';

/** Lists the lessons with the learner's progress, or forgets that progress. */
export async function lessons(
  { print, warn, paint, openProgress }: CommandContext,
  { isJson, isReset }: { readonly isJson: boolean; readonly isReset: boolean },
): Promise<ExitCode> {
  const progress = await openProgress();
  if (isReset) progress.reset();
  const data = progress.getSnapshot();
  if (data.notice) warn(data.notice);

  if (isJson) {
    const rows = allLessons.flatMap((lesson) =>
      lesson.experiments.map((experiment) => ({
        id: experiment.id,
        title: experiment.title,
        lesson: lesson.title,
        steps: experiment.steps.length,
        stepsDone: stepsDone(experiment, data),
      })),
    );
    print(`${JSON.stringify(rows, null, 2)}\n`);
    return exitCode.fine;
  }
  if (isReset) print('Your progress is forgotten.\n\n');
  for (const lesson of allLessons) {
    print(`${paint('title', lesson.title)}\n`);
    for (const experiment of lesson.experiments) {
      const mark = markOf(experiment, data);
      const row = `   ${experiment.id}  ${mark ? padEnd(experiment.title, 38) : experiment.title}`;
      print(`${row}${mark && paint('ok', mark)}\n`);
    }
  }
  print(`\n${paint('muted', 'first-token run <id> runs one of them; first-token tour runs them all.')}\n`);
  return exitCode.fine;
}

const stepsDone = ({ id, steps }: Experiment, { done }: ProgressData): number =>
  steps.filter((step) => done[id]?.includes(step.id)).length;

function markOf(experiment: Experiment, data: ProgressData): string {
  const done = stepsDone(experiment, data);
  if (done === 0) return '';
  return done === experiment.steps.length ? '✓ done' : `◐ ${done} of ${experiment.steps.length}`;
}
