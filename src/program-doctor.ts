import { type Command, Help } from 'commander';
import type { DoctorOptions } from './commands/doctor.ts';

/** The report of `--json`, as its readers may rely on it. */
const fields = [
  ['folder', 'what was looked at'],
  ['host', 'where requests with the key in use go, or null'],
  ['isAsked', 'whether the endpoint was asked'],
  ['isHealthy', 'whether nothing is wrong'],
  ['candidates', 'each key: name, masked, length, where, shape, isRead, isUsed'],
  ['findings', 'each: check, level (ok, note, warn or wrong), sentence, advice, where'],
  ['where', "{kind: 'environment'}, or {kind: 'file', file, line}, or null"],
] as const;

/** Adds the command `doctor`. */
export function addDoctor(
  program: Command,
  columns: number,
  onOrder: (options: DoctorOptions) => void,
): void {
  program
    .command('doctor')
    .allowExcessArguments(false)
    .description('look at your keys: where they are, and what is wrong')
    .option('--json', 'print the report as one JSON object')
    .option('--check', 'ask the endpoint too whether it accepts the key, which costs nothing')
    .addHelpText('after', () => moreHelp(columns))
    .action(({ json, check }: { json?: boolean; check?: boolean }) => {
      const { endpoint = 'openai', keyEnv } = program.opts();
      if (endpoint !== 'openai' || keyEnv !== undefined) {
        program.error(
          'error: doctor looks at OPENAI_API_KEY and OPENAI_BASE_URL; leave --endpoint and --key-env out',
        );
      }
      onOrder({ isJson: json === true, isCheck: check === true });
    });
}

function moreHelp(columns: number): string {
  const help = new Help();
  help.prepareContext({ helpWidth: columns });
  const wrap = (text: string) => help.boxWrap(text, columns);
  return `
${wrap('It looks at the environment, at .env and its kin, at the files of this folder and at what git makes of them, and changes nothing. Nothing is sent but with --check: then one request for the list of models, with the key in use.')}

The report of --json is one object:
${fields.map(([name, what]) => help.formatItem(name, 10, what, help)).join('\n')}

It exits with 0, or with 1 if something is wrong.`;
}
