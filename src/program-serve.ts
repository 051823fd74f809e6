import { type Command, Help, InvalidArgumentError, Option } from 'commander';
import type { ServeOptions } from './commands/serve.ts';
import { faultGrammar, faultGroups } from './core/api/practice-faults.ts';

type OwnOptions = Omit<ServeOptions, 'pace'>;

/** Adds the command `serve`. */
export function addServe(program: Command, columns: number, onOrder: (options: OwnOptions) => void): void {
  program
    .command('serve')
    .allowExcessArguments(false)
    .description('serve practice, for curl or a program of your own')
    .option('--port <n>', 'the port; 0 for any that is free', wholeNumber(0, 65_535), 4010)
    .option('--host <address>', 'the address; others than loopback let other machines in', host, '127.0.0.1')
    .option('--key <key>', 'the only key that is accepted (default: any that begins with sk-practice)', key)
    .option('--seed <n>', 'answers the same requests in the same order the same', wholeNumber(0, 2 ** 32 - 1))
    .option('--fault <list>', 'what goes wrong with every request; see below')
    .option(
      '--rate-limit <limit>',
      'requests a minute, or requests,tokens, or off (default: those of each model)',
      rateLimit,
    )
    .addOption(
      new Option('--log <form>', 'a line for each request').choices(['text', 'json', 'none']).default('text'),
    )
    .addHelpText('after', () => faultHelp(columns))
    .action((options: OwnOptions) => {
      if (!['practice', undefined].includes(program.opts().endpoint)) {
        program.error('error: serve is practice itself; leave --endpoint out');
      }
      onOrder(options);
    });
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It takes a whole number from ${min} to ${max}.`);
  };
}

/** An address, without the brackets that it has in a URL. */
function host(text: string): string {
  const address = text.trim().replace(/^\[(.*)\]$/, '$1');
  if (address !== '') return address;
  throw new InvalidArgumentError('It takes an address such as 127.0.0.1 or ::1.');
}

function key(text: string): string {
  if (/^[\x21-\x7e]+$/.test(text)) return text;
  throw new InvalidArgumentError('It takes a key of printable characters without spaces.');
}

function rateLimit(text: string): OwnOptions['rateLimit'] {
  if (text === 'off') return 'off';
  const [, requests, tokens] = /^([1-9]\d*)(?:,([1-9]\d*))?$/.exec(text) ?? [];
  if (requests === undefined) {
    throw new InvalidArgumentError('It takes requests a minute (3), requests and tokens (3,40000), or off.');
  }
  return { requests: Number(requests), ...(tokens !== undefined && { tokens: Number(tokens) }) };
}

/** The list of faults, below the options. */
function faultHelp(columns: number): string {
  const help = new Help();
  help.prepareContext({ helpWidth: columns });
  const groups = faultGroups.map(
    ({ title, faults }) =>
      `${title}:\n${faults.map(({ form, does }) => help.formatItem(form, 16, does, help)).join('\n')}`,
  );
  const wrap = (text: string) => help.boxWrap(text, columns);
  return `
${wrap('Faults, for every request with --fault or for one with the header x-practice-fault:')}

${[...groups, ...faultGrammar.map(wrap)].join('\n\n')}

It ends with Ctrl+C or SIGTERM, and exits with 0.`;
}
