import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AskOptions } from './commands/ask.ts';
import { askExit } from './commands/ask-exit.ts';
import { model as lessonModel } from './core/lessons/messages.ts';
import type { RecordOption } from './program.ts';
import { newFile } from './program-open.ts';

/** Adds the command `ask`. */
export function addAsk(program: Command, onOrder: (options: AskOptions & RecordOption) => void): void {
  program
    .command('ask')
    .argument('[prompt...]', 'the prompt, or the first part of it')
    .description('ask one thing; text to standard output, figures to standard error')
    .option('--system <text>', 'a system message before the prompt')
    .option('--model <id>', `the model (default: ${lessonModel}, or the one kept in the app for that server)`)
    .option('--max-tokens <n>', 'as many tokens at most', wholeNumber)
    .option('--temperature <t>', 'from 0 (the likeliest words) to 2; others are sent too', number)
    .option('--no-stream', 'all at once, instead of as it is written')
    .addOption(new Option('--json', 'the events of the run, one JSON object a line').conflicts('raw'))
    .option('--raw', 'the body of the answer, byte for byte')
    .option('--record <file>', 'keep the run in a new file, for open', newFile)
    .addHelpText('after', more)
    .action((prompt: string[], given: Given) => {
      onOrder({
        prompt,
        system: given.system || null,
        model: given.model ?? null,
        maxTokens: given.maxTokens ?? null,
        temperature: given.temperature ?? null,
        isStream: given.stream,
        record: given.record ?? null,
        output: given.json ? 'json' : given.raw ? 'raw' : 'text',
      });
    });
}

interface Given {
  readonly system?: string;
  readonly model?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly stream: boolean;
  readonly json?: boolean;
  readonly raw?: boolean;
  readonly record?: string;
}

const exitCodes = [
  [0, 'all went well'],
  [askExit.other.code, askExit.other.means],
  [2, 'something was wrong with the command line or the prompt'],
  ...Object.entries(askExit)
    .filter(([kind]) => kind !== 'other')
    .map(([, { code, means }]) => [code, means] as const),
  [130, 'interrupted (Ctrl+C); what had come is kept'],
] as const;

const more = `
What is piped in is the prompt, or the rest of it below a blank line; a - at
the end of the command line reads it from a terminal too. The text ends with a
line feed, which is added where it lacks one; a terminal gets it with control
characters shown, a pipe or a file as it came.

Examples:
  first-token ask "What is a token? One sentence."
  git diff | first-token ask "Explain this change." --max-tokens 200
  first-token ask Hi --json | grep '"chunk"'

Exit codes:
${exitCodes.map(([code, means]) => `  ${String(code).padEnd(4)} ${means}`).join('\n')}`;

// What is out of range is sent all the same: what a server makes of it can be the question.
function wholeNumber(text: string): number {
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError('It takes a whole number.');
}

function number(text: string): number {
  if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  throw new InvalidArgumentError('It takes a number.');
}
