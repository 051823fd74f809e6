import { practicePrefix } from '../core/api/endpoint.ts';
import {
  type PracticeOptions,
  type PracticeRequest,
  PracticeStartError,
  startPractice,
} from '../core/api/practice.ts';
import { type CommandContext, type ExitCode, exitCode, UsageError } from './context.ts';
import { createPaint, type Paint } from './paint.ts';
import { jsonLogLine, textLogLine } from './serve-log.ts';
import { wrap } from './text.ts';

export interface ServeOptions extends PracticeOptions {
  readonly port: number;
  readonly host: string;
  readonly log: 'text' | 'json' | 'none';
}

/** How long open streams may take to finish once the server is told to end. */
const graceMs = 900;

/** Serves practice until it is interrupted. */
export async function serve(context: CommandContext, options: ServeOptions): Promise<ExitCode> {
  const { print, warn, signal, columns } = context;
  const { log, ...practiceOptions } = options;
  const onRequest = (request: PracticeRequest) =>
    print(log === 'json' ? jsonLogLine(request) : textLogLine(request, context.paint));
  const practice = await startPractice(practiceOptions, log === 'none' ? undefined : onRequest).catch(
    (error: unknown) => {
      throw explained(error, options);
    },
  );

  if (!isLoopback(options.host)) {
    warn(
      `Warning: ${options.host} can be reached from other machines. Whoever reaches it can use this practice server; it holds no real key and costs nothing.`,
    );
  }
  // With JSON lines, standard output is theirs alone.
  const say = log === 'json' ? warn : (sentence: string) => print(`${sentence}\n`);
  const paint = log === 'json' ? createPaint(false) : context.paint;
  for (const line of greeting(practice.url, options, columns, paint)) say(line);
  const interrupted = new Promise<'interrupted'>((resolve) => {
    if (signal.aborted) resolve('interrupted');
    signal.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
  practice.hold();
  const why = await Promise.race([interrupted, practice.exited.then(() => 'exited' as const)]);
  if (why === 'exited') {
    warn('The practice server ended by itself, which it should not.');
    return exitCode.failed;
  }
  await practice.close(graceMs);
  say('The practice server has ended.');
  return exitCode.fine;
}

/** What to paste where; each command works as it stands. */
function greeting(
  url: string,
  { key, fault, rateLimit }: ServeOptions,
  columns: number,
  paint: Paint,
): readonly string[] {
  if (fault === 'refuse')
    return [`Nobody listens at ${url}: connections are refused, as ordered. Ctrl+C ends it.`];
  const shown = key ?? practicePrefix;
  return [
    paint('title', `The practice server listens at ${url}`),
    ...wrap('It is free, works offline and says so in a header of every answer.', columns),
    ...(key === undefined ? [`Any key that begins with ${practicePrefix} is accepted.`] : []),
    ...(fault === undefined ? [] : [paint('warn', `Faults, with every request: ${fault}`)]),
    ...(rateLimit === undefined ? [] : [`Limits: ${limitText(rateLimit)}`]),
    'Ctrl+C ends it.',
    '',
    'For a program that uses an SDK:',
    paint('code', `  export OPENAI_BASE_URL=${url} OPENAI_API_KEY=${quoted(shown)}`),
    '',
    'With curl:',
    ...curl(url, shown).map((line) => paint('code', `  ${line}`)),
    '',
  ];
}

const curl = (url: string, key: string): readonly string[] => [
  `curl -N ${url}/chat/completions \\`,
  `  -H ${quoted(`Authorization: Bearer ${key}`)} \\`,
  `  -H 'Content-Type: application/json' \\`,
  `  -d '{"model": "gpt-4o-mini", "stream": true, "messages":`,
  `       [{"role": "user", "content": "Say hello."}]}'`,
];

function limitText(limit: NonNullable<ServeOptions['rateLimit']>): string {
  if (limit === 'off') return 'none';
  const { requests, tokens } = limit;
  return [requests && `${requests} requests a minute`, tokens && `${tokens} tokens a minute`]
    .filter(Boolean)
    .join(', ');
}

/** A word as a shell takes it. */
const quoted = (word: string): string =>
  /^[\w./:-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

const isLoopback = (host: string): boolean => /^(127(\.\d+){3}|localhost|::1)$/i.test(host);

/** What a user can do about a server that does not start. */
function explained(error: unknown, { port, host }: ServeOptions): unknown {
  if (!(error instanceof PracticeStartError)) return error;
  switch (error.code) {
    case 'EADDRINUSE':
      return new UsageError(
        `Port ${port} is in use: choose another with --port, or --port 0 for any that is free.`,
      );
    case 'EACCES':
      return new UsageError(`Port ${port} is not for everyone's use: choose one above 1023 with --port.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new UsageError(`${host} is no address of this machine: leave --host out to serve it alone.`);
    case 'UNKNOWN_FAULT':
      return new UsageError(error.reason);
    default:
      return error;
  }
}
