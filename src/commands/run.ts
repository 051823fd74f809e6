import { keepProgress } from '../core/keep-progress.ts';
import { experiments, findExperiment, nearestIds } from '../core/lessons/index.ts';
import type { Experiment } from '../core/lessons/types.ts';
import { portable } from '../core/run/recording.ts';
import { jsonLine, quote } from '../core/visible.ts';
import { type CommandContext, type ExitCode, exitCode, keptServers, UsageError } from './context.ts';
import { createStepPrinter, printIntro, printOutro } from './print-experiment.ts';
import { expectRun, keepRun } from './record.ts';
import { createRunner, type RunOptions, wentWell, withModel } from './run-experiment.ts';
import { interrupted } from './tour.ts';

/** Runs one experiment and prints it: as text, or its events as JSON lines. */
export async function run(
  id: string,
  context: CommandContext,
  { record, ...options }: RunOptions & { readonly isJson: boolean; readonly record: string | null },
): Promise<ExitCode> {
  const { isJson } = options;
  const experiment = findOrExplain(id);
  if (record !== null) expectRun(record, context);
  const { servers } = await keptServers(context, options);
  const runner = createRunner(context, options, servers);
  try {
    if (!isJson) printIntro(experiment, context);
    const log = await runner.run(
      withModel(experiment, runner),
      isJson
        ? (event) => context.print(`${jsonLine(portable(event))}\n`)
        : createStepPrinter(experiment, context),
    );
    const isKept = record === null || keepRun(log.events, record, context);
    const progress = await context.openProgress();
    keepProgress(progress, experiment, { log, guess: null });
    const { notice } = progress.getSnapshot();
    if (notice) context.warn(notice);
    if (context.signal.aborted) return isJson ? exitCode.interrupted : interrupted(context);
    if (!isJson) printOutro(experiment, log, context);
    return wentWell(experiment, log) && isKept ? exitCode.fine : exitCode.failed;
  } finally {
    await runner.close();
  }
}

function findOrExplain(id: string): Experiment {
  const experiment = findExperiment(id);
  if (experiment) return experiment;
  const near = nearestIds(id).flatMap((nearId) => experiments.find((known) => known.id === nearId) ?? []);
  const names = near.map((known) => `${known.id} (${known.title})`).join(', ');
  throw new UsageError(
    `There is no experiment ${quote(id)}. The nearest: ${names}; first-token lessons lists all.`,
  );
}
