import { readFileSync } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { findKeys } from './core/api/keys.ts';
import { systemClock } from './core/clock.ts';
import { createRedactor } from './core/mask.ts';
import { visible } from './core/visible.ts';
import { openKeyboard } from './keyboard.ts';
import { main, sentenceOf } from './main.ts';

/** Runs the program as a process: hands it the world and sees to how it ends. */
export async function start(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  // The SDK reads it by itself, and would send what it holds to every endpoint, to practice too.
  delete env.OPENAI_CUSTOM_HEADERS;
  const keys = findKeys({ env, cwd: workingFolder(), readFile: (path) => readFileSync(path, 'utf8') });
  const redact = createRedactor(keys.secrets);
  const restorers: (() => void)[] = [];

  process.on('uncaughtException', (error) => {
    for (const restore of restorers) restore();
    const stack = env.FIRST_TOKEN_DEBUG ? `${(error as Error | undefined)?.stack}\n` : '';
    process.stderr.write(redact.text(visible(`${sentenceOf(error)}\n${stack}`)));
    process.exit(1);
  });
  let isKeeping = false;
  // Whoever read us has had enough (`| head`): nothing is wrong and nothing is left to say, only perhaps to be kept.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (!isKeeping) process.exit(0);
    });
  }

  process.exitCode = await main({
    argv,
    env,
    stdin: process.stdin,
    stdout: process.stdout,
    readStdin: (signal) => buffer(addAbortSignal(signal, process.stdin)),
    openKeyboard,
    stderr: process.stderr,
    clock: systemClock,
    keys,
    redact,
    catchInterrupt: () => {
      const interrupt = new AbortController();
      const signals = ['SIGINT', 'SIGTERM'] as const;
      const abort = () => {
        // The next one ends the program.
        for (const name of signals) process.off(name, abort);
        interrupt.abort();
      };
      for (const name of signals) process.on(name, abort);
      return interrupt.signal;
    },
    keepGoing: () => {
      isKeeping = true;
    },
    onCrash: (restore) => restorers.push(restore),
  });
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    // It was removed under our feet.
    return '.';
  }
}
