import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { AskOptions } from './commands/ask.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import type { OpenOptions } from './commands/open.ts';
import type { ServeOptions } from './commands/serve.ts';
import { type EndpointName, keyNamePattern, readBaseURL } from './core/api/endpoints.ts';
import { maskKey } from './core/mask.ts';
import { addAsk } from './program-ask.ts';
import { addDoctor } from './program-doctor.ts';
import { addOpen, newFile } from './program-open.ts';
import { addServe } from './program-serve.ts';

/** Options that every command understands. */
export interface SharedOptions {
  readonly pace: 'realtime' | 'fast' | 'instant';
  /** As given; without it commands use practice, and the app what was chosen last. */
  readonly endpoint: EndpointName | null;
  /** The variable with the key of a compatible server. */
  readonly keyName: string | null;
}

/** Of commands that run something. */
export interface RecordOption {
  /** The file that keeps the run; null for none. */
  readonly record: string | null;
}

/** What the command line asks for. */
export type Order =
  | ({ readonly kind: 'app' | 'tour' } & SharedOptions)
  | ({ readonly kind: 'run'; readonly id: string; readonly isJson: boolean } & RecordOption & SharedOptions)
  | { readonly kind: 'lessons'; readonly isJson: boolean; readonly isReset: boolean }
  | ({ readonly kind: 'ask' } & AskOptions & RecordOption & SharedOptions)
  | ({ readonly kind: 'open' } & OpenOptions)
  | ({ readonly kind: 'serve' } & ServeOptions)
  | ({ readonly kind: 'doctor' } & DoctorOptions)
  /** Help, the version or a complaint was printed; there is nothing left to do. */
  | { readonly kind: 'nothing'; readonly exitCode: 0 | 2 };

/** Where a command line's answers go. */
export interface Output {
  readonly version: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Cells to a line of help. */
  readonly columns: number;
}

const more = `
Examples:
  first-token                  the lessons, full screen
  first-token run 3b           one experiment, as text
  first-token run 3b --json    its events, one JSON object a line
  first-token tour | less      everything, as text
  echo hi | first-token ask    your own prompt, as text
  first-token open a.jsonl     a run that was kept with --record
  first-token serve            the practice server, for curl or a program of yours

Exit codes:
  0    all went well
  1    a run did not end as it should, a file could not be read in full or
       written, or doctor found something wrong
  2    something was wrong with the command line
  3-8  ask failed, by kind of failure: see ask --help
  130  interrupted (Ctrl+C)

Requests go to a practice server on this machine unless you choose another:
  --endpoint openai           with OPENAI_API_KEY and OPENAI_BASE_URL, from
                              the environment or .env
  --endpoint localhost:11434  a compatible server; --key-env if it wants a key`;

function endpointName(text: string): EndpointName {
  if (text === 'practice' || text === 'openai') return text;
  try {
    // A bare word is a name mistyped, not a host.
    if (/[.:/]/.test(text) || text === 'localhost') return readBaseURL(text);
  } catch {}
  throw new InvalidArgumentError('It takes practice, openai, or a URL such as http://127.0.0.1:11434/v1.');
}

function keyVariable(text: string): string {
  if (keyNamePattern.test(text)) return text;
  throw new InvalidArgumentError(
    'It takes the name of a variable that ends in KEY, TOKEN or SECRET; the key itself stands in the environment or in .env.',
  );
}

/** Reads the command line (without the program's own name). Prints help and complaints; does nothing else. */
export function readArgv(argv: readonly string[], { version, out, err, columns }: Output): Order {
  let order: Order = { kind: 'nothing', exitCode: 0 };
  const program = new Command('first-token')
    .description('Learn the Chat Completions API in your terminal, on the real wire.')
    .version(version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .usage('[command] [options]')
    .exitOverride()
    // A key that was given where a name belongs is not to be read over the shoulder.
    .configureOutput({
      writeOut: out,
      writeErr: (text) => err(text.replace(/\bsk-[\w-]{6,}/g, maskKey)),
      outputError: (text, write) => write(text.replace(/^error: /, 'first-token: ')),
      getOutHelpWidth: () => columns,
    })
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 20 })
    .allowExcessArguments()
    .addOption(
      new Option('--pace <pace>', 'how fast practice answers')
        .choices(['realtime', 'fast', 'instant'])
        .default('realtime'),
    )
    .addOption(
      new Option(
        '--endpoint <name>',
        'who answers: practice (default), openai, or the base URL of a compatible server',
      ).argParser(endpointName),
    )
    .addOption(
      new Option('--key-env <name>', 'the variable with the key of that server').argParser(keyVariable),
    )
    .addHelpText('after', more);

  const shared = (): SharedOptions => {
    const { pace, endpoint, keyEnv } = program.opts<{
      pace: SharedOptions['pace'];
      endpoint?: EndpointName;
      keyEnv?: string;
    }>();
    if (keyEnv !== undefined && !/^http/.test(endpoint ?? '')) {
      program.error('error: --key-env names the key of a server: give its URL with --endpoint');
    }
    return { pace, endpoint: endpoint ?? null, keyName: keyEnv ?? null };
  };

  program.action(() => {
    const [unknown] = program.args;
    if (unknown !== undefined) {
      program.error(
        `error: unknown command '${unknown}'; the commands are tour, lessons, run <id>, ask, open <file>, serve and doctor`,
      );
    }
    order = { kind: 'app', ...shared() };
  });
  program
    .command('tour')
    .allowExcessArguments(false)
    .description('print the whole tour as text, every experiment really run')
    .action(() => {
      order = { kind: 'tour', ...shared() };
    });
  program
    .command('lessons')
    .allowExcessArguments(false)
    .description('list the lessons and your progress')
    .option('--json', 'print them as JSON')
    .option('--reset', 'forget your progress')
    .action(({ json, reset }: { json?: boolean; reset?: boolean }) => {
      order = { kind: 'lessons', isJson: json === true, isReset: reset === true };
    });
  program
    .command('run <id>')
    .allowExcessArguments(false)
    .description('run one experiment and print it')
    .option('--json', 'print its events, one JSON object a line')
    .option('--record <file>', 'keep it in a new file, for open', newFile)
    .action((id: string, { json, record }: { json?: boolean; record?: string }) => {
      order = { kind: 'run', id, isJson: json === true, record: record ?? null, ...shared() };
    });

  addAsk(program, (options) => {
    order = { kind: 'ask', ...options, ...shared() };
  });
  addOpen(program, (options) => {
    order = { kind: 'open', ...options };
  });
  addServe(program, columns, (options) => {
    order = { kind: 'serve', pace: shared().pace, ...options };
  });

  addDoctor(program, columns, (options) => {
    order = { kind: 'doctor', ...options };
  });

  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { kind: 'nothing', exitCode: error.exitCode === 0 ? 0 : 2 };
  }
  return order;
}
