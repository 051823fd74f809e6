import { dirname } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { type CommandContext, exitCode, liveEndpoint, UsageError } from './commands/context.ts';
import { HeldText } from './commands/held-text.ts';
import type { ReadStdin } from './commands/input.ts';
import { createPaint } from './commands/paint.ts';
import type { KeyReport } from './core/api/keys.ts';
import type { Clock } from './core/clock.ts';
import type { Redactor } from './core/mask.ts';
import { openProgress } from './core/progress.ts';
import { visible } from './core/visible.ts';
import type { Keyboard } from './keyboard.ts';
import type { Order, Output, SharedOptions } from './program.ts';

/** The world outside, as the entry hands it over. */
export interface World {
  /** Without the names of node and of the program. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: {
    readonly isTTY?: boolean;
    readonly columns?: number;
    readonly write: (data: string | Uint8Array) => unknown;
  };
  readonly readStdin: ReadStdin;
  /** Where keys come from: standard input, or where that is taken the terminal itself; null for nowhere. */
  readonly openKeyboard: (isInputTaken: boolean) => Keyboard | null;
  readonly stderr: { readonly write: (text: string) => unknown };
  readonly clock: Clock;
  readonly keys: KeyReport;
  readonly redact: Redactor;
  /** Takes over Ctrl+C and SIGTERM from now on: the first of them aborts the signal instead of ending the program. */
  readonly catchInterrupt: () => AbortSignal;
  /** From now on the program goes on to its end also when nobody reads what it prints any more. */
  readonly keepGoing: () => void;
  /** Registers what gives the terminal back before a crash is reported. */
  readonly onCrash: (restore: () => void) => void;
}

/** Does what the command line asks for and gives the exit code. Every failure is one sentence. */
export async function main(world: World): Promise<number> {
  const { env, stdout, stderr, clock, keys, redact, onCrash } = world;
  const out = new HeldText((text) => stdout.write(redact.text(text)), keys.secrets);
  const print = out.write;
  const warn = (text: string) => stderr.write(redact.text(visible(text)));
  const sayLine = (sentence: string) => warn(`${sentence}\n`);
  const home = env.FIRST_TOKEN_HOME || undefined;
  const hasColor = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const columns = Math.min(stdout.columns || 80, 80);

  try {
    const order = await readOrder(world.argv, {
      version: packageJson.version,
      out: print,
      err: warn,
      columns,
    });
    const wanted = stdout.isTTY && env.TERM !== 'dumb' ? appOrder(order) : null;
    const keyboard = wanted && world.openKeyboard(wanted.path === '-');
    if (wanted && keyboard) {
      const { pace, endpoint, keyName, path } = wanted;
      if (endpoint !== null && endpoint !== 'practice') liveEndpoint(keys, { endpoint, keyName });
      const isScreenReader = isOn(env.INK_SCREEN_READER) || isOn(env.ACCESSIBLE);
      // While it is read Ctrl+C ends the program, as it does any other.
      const reading = { clock, signal: new AbortController().signal, warn: sayLine };
      const file =
        path === null
          ? null
          : await (await import('./commands/input.ts')).readInput(path, reading, world.readStdin);
      // At once: until then the terminal itself would echo what is typed, over what is drawn.
      onCrash(() => keyboard.stream.setRawMode(false));
      keyboard.stream.setRawMode(true);
      const { runApp } = await import('./run-app.tsx');
      return await runApp({
        env,
        cwd: dirname(keys.envFile),
        write: (sequence) => stdout.write(sequence),
        keys,
        redact,
        clock,
        home,
        onCrash,
        pace,
        endpoint,
        keyName,
        file,
        keyboard,
        hasColor,
        isScreenReader,
      });
    }
    let progress: ReturnType<typeof openProgress> | null = null;
    const context: CommandContext = {
      print,
      warn: sayLine,
      paint: createPaint(hasColor),
      columns,
      clock,
      keys,
      redact,
      signal: world.catchInterrupt(),
      keepGoing: world.keepGoing,
      // Once: only who opens a damaged file first hears of it.
      openProgress: () => {
        progress ??= openProgress({ clock, cwd: home });
        return progress;
      },
    };
    return await obey(order, context, world);
  } catch (error) {
    warn(`${sentenceOf(error)}\n`);
    if (env.FIRST_TOKEN_DEBUG && error instanceof Error) warn(`${error.stack}\n`);
    return error instanceof UsageError ? exitCode.usage : exitCode.failed;
  } finally {
    out.end();
  }
}

/** The name alone asks for the lessons: what reads a command line is not loaded for it. */
async function readOrder(argv: readonly string[], output: Output): Promise<Order> {
  if (argv.length === 0) return { kind: 'app', pace: 'realtime', endpoint: null, keyName: null };
  return (await import('./program.ts')).readArgv(argv, output);
}

/** What an order asks of the app: the lessons, or the inspector with a file; null for what is printed. */
function appOrder(order: Order): (SharedOptions & { readonly path: string | null }) | null {
  if (order.kind === 'app') return { ...order, path: null };
  if (order.kind !== 'open' || order.output !== 'text') return null;
  return { pace: 'realtime', endpoint: null, keyName: null, path: order.path };
}

const isOn = (value: string | undefined): boolean => !['', '0', 'false', undefined].includes(value);

async function obey(order: Order, context: CommandContext, world: World): Promise<number> {
  switch (order.kind) {
    case 'nothing':
      return order.exitCode;
    case 'lessons':
      return (await import('./commands/lessons.ts')).lessons(context, order);
    case 'run':
      return (await import('./commands/run.ts')).run(order.id, context, {
        ...order,
        endpoint: order.endpoint ?? 'practice',
      });
    case 'ask':
      return (await import('./commands/ask.ts')).ask(
        context,
        { ...order, endpoint: order.endpoint ?? 'practice' },
        {
          input: { isTerminal: world.stdin.isTTY === true, readAll: world.readStdin },
          isTerminal: world.stdout.isTTY === true,
          writeBytes: (bytes) => world.stdout.write(bytes),
        },
      );
    case 'open':
      return (await import('./commands/open.ts')).open(context, order, world.readStdin);
    case 'serve':
      return (await import('./commands/serve.ts')).serve(context, order);
    case 'doctor': {
      const place = { env: world.env, cwd: dirname(context.keys.envFile) };
      return (await import('./commands/doctor.ts')).doctor(context, order, place);
    }
    // Where there is no terminal for the app, the tour says the same as text.
    case 'app':
    case 'tour':
      return (await import('./commands/tour.ts')).tour(context, {
        ...order,
        endpoint: order.endpoint ?? 'practice',
      });
  }
}

/** What went wrong, in one line that starts with the program's name. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `first-token: ${message.replaceAll('\n', ' ')}`;
}
