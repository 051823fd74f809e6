import { type Command, InvalidArgumentError, Option } from 'commander';
import type { OpenOptions } from './commands/open.ts';

/** Adds the command `open`. */
export function addOpen(program: Command, onOrder: (options: OpenOptions) => void): void {
  program
    .command('open')
    .argument('<file>', 'the file; - for standard input')
    .allowExcessArguments(false)
    .description('show a run from a file: a recording, what curl -N saved, or a HAR file')
    .addOption(new Option('--json', 'its events, one JSON object a line').conflicts(['markdown', 'svg']))
    .addOption(new Option('--markdown', 'a report for a lesson or a bug').conflicts('svg'))
    .option('--svg', 'its time line as a picture')
    .option('--step <n>', 'which of several requests the report or the picture is about', stepNumber)
    .addHelpText('after', more)
    .action((path: string, given: Given) => {
      const output = given.json ? 'json' : given.markdown ? 'markdown' : given.svg ? 'svg' : 'text';
      if (given.step !== undefined && (output === 'text' || output === 'json')) {
        program.error('error: --step goes with --markdown or --svg');
      }
      onOrder({ path, output, step: given.step ?? null });
    });
}

interface Given {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly svg?: boolean;
  readonly step?: number;
}

/** The name of a file to be written, where one is to be given. */
export function newFile(text: string): string {
  if (text.trim() !== '' && text !== '-') return text;
  throw new InvalidArgumentError('It takes the name of a new file.');
}

function stepNumber(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It takes a whole number from 1.');
}

const more = `
run and ask keep a recording with --record <file>. One that is damaged or cut
off is shown as far as it can be read, and what cannot be is said.

Examples:
  first-token ask Hi --record hi.jsonl
  first-token open hi.jsonl
  curl -N ... | first-token open -
  first-token open chat.har --svg > time-line.svg

It exits with 0, with 1 if something in the file could not be read, and with 2
if the file itself could not.`;
