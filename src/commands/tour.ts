import { takeaways, whenToStream } from '../core/lessons/closing.ts';
import { lessons } from '../core/lessons/index.ts';
import type { RunLog } from '../core/run/log.ts';
import { visible } from '../core/visible.ts';
import { type CommandContext, type ExitCode, exitCode, keptServers } from './context.ts';
import { createStepPrinter, printIntro, printOutro } from './print-experiment.ts';
import { createRunner, type RunOptions, wentWell, withModel } from './run-experiment.ts';
import { indent, prose, table } from './text.ts';

/** Prints the guided tour: every experiment, really run, with its text and its figures. */
export async function tour(context: CommandContext, options: RunOptions): Promise<ExitCode> {
  const { print, paint, columns, signal } = context;
  const { servers, notice } = await keptServers(context, options);
  if (notice) context.warn(notice);
  const runner = createRunner(context, options, servers);
  const runs = new Map<string, RunLog>();
  let isWell = true;
  const rule = '─'.repeat(columns);

  print(`${paint('title', 'First Token')}\n`);
  print(`${prose(greeting(options.endpoint), columns, paint)}\n\n`);
  try {
    for (const lesson of lessons) {
      print(`${rule}\n${paint('title', lesson.title)}\n${rule}\n\n`);
      for (const experiment of lesson.experiments) {
        printIntro(experiment, context);
        const log = await runner.run(withModel(experiment, runner), createStepPrinter(experiment, context));
        runs.set(experiment.id, log);
        if (signal.aborted) return interrupted(context);
        printOutro(experiment, log, context);
        isWell &&= wentWell(experiment, log);
      }
    }
  } finally {
    await runner.close();
  }
  print(`${rule}\n${paint('title', 'When to stream')}\n${rule}\n\n${table(whenToStream, columns)}\n\n`);
  print(`${rule}\n${paint('title', 'Takeaways, with the figures of this tour')}\n${rule}\n\n`);
  for (const { concept, remember, experiment, figure } of takeaways) {
    const log = runs.get(experiment);
    const own = log ? figure(log) : null;
    const text = [prose(remember, columns - 2, paint), own && paint('muted', visible(own))].filter(Boolean);
    print(`${paint('title', concept)}\n${indent(text.join('\n'))}\n\n`);
  }
  return isWell ? exitCode.fine : exitCode.failed;
}

function greeting(endpoint: RunOptions['endpoint']): string {
  const answers =
    endpoint === 'practice'
      ? 'The answers come from the practice server on this machine: free, offline, and never passed off as those of a model.'
      : 'The answers come from the endpoint that you chose.';
  return `The Chat Completions API on the real wire: every request below is made while you read, by the official SDK. ${answers}`;
}

/** Says that the user stopped it, below whatever had come. */
export function interrupted({ print }: Pick<CommandContext, 'print'>): ExitCode {
  print('Stopped here. What had come is above.\n');
  return exitCode.interrupted;
}
