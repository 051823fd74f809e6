import { markdownOf } from '../core/export/report-markdown.ts';
import { svgOf } from '../core/export/report-svg.ts';
import type { RunLog } from '../core/run/log.ts';
import { openRun } from '../core/run/open-run.ts';
import { logOf, portable } from '../core/run/recording.ts';
import { jsonLine, quote } from '../core/visible.ts';
import { type CommandContext, type ExitCode, exitCode, UsageError } from './context.ts';
import { type ReadStdin, readInput } from './input.ts';
import { printRun } from './print-run.ts';

export interface OpenOptions {
  /** The file; `-` stands for standard input. */
  readonly path: string;
  readonly output: 'text' | 'json' | 'markdown' | 'svg';
  /** Which request a report is about, from 1; null for all of them, or for the first where a picture holds one. */
  readonly step: number | null;
}

/** Shows what is in a file: a recording, what `curl -N` saved, or a HAR file. */
export async function open(
  context: CommandContext,
  { path, output, step }: OpenOptions,
  readStdin: ReadStdin,
): Promise<ExitCode> {
  const { signal, warn, print, clock, redact } = context;
  const input = await readInput(path, context, readStdin);
  if (input === null) return exitCode.interrupted;
  const { name, bytes } = input;
  const { events, problems, notes } = openRun(bytes, name, redact);
  if (events.length > 0) {
    const log = logOf({ events }, clock);
    const shown = output === 'text' || output === 'json' ? [] : chosenSteps(log, step);
    switch (output) {
      case 'text':
        printRun(log, notes, context);
        break;
      case 'json':
        for (const event of events) print(`${jsonLine(portable(event))}\n`);
        break;
      case 'markdown':
        print(shown.map((index) => markdownOf(log, index)).join('\n'));
        break;
      case 'svg':
        print(svgOf(log, shown[0]!));
        if (shown.length > 1) warn(`This is the first of ${shown.length} requests: --step 2 draws the next.`);
    }
  }
  for (const problem of problems) warn(events.length > 0 ? problem : `${quote(name)}: ${problem}`);
  if (signal.aborted) return exitCode.interrupted;
  return problems.length === 0 ? exitCode.fine : exitCode.failed;
}

/** The steps that a report is about. */
function chosenSteps({ summary: { steps } }: RunLog, step: number | null): readonly number[] {
  if (steps.length === 0) throw new UsageError('There is no request in this run, and so nothing to report.');
  if (step === null) return steps.map(({ index }) => index);
  if (step <= steps.length) return [step - 1];
  const count = steps.length === 1 ? 'one request' : `${steps.length} requests`;
  throw new UsageError(`The run has ${count}: there is none for --step ${step}.`);
}
