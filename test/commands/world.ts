import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKeys } from '../../src/core/api/keys.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createRedactor } from '../../src/core/mask.ts';
import { main } from '../../src/main.ts';

interface Given {
  readonly env?: Record<string, string>;
  readonly isTerminal?: boolean;
  readonly columns?: number;
  readonly dotenv?: string;
  readonly home?: string;
  /** What is piped in; null where standard input is a terminal. */
  readonly stdin?: string | Uint8Array | null;
  /** Ctrl+C while standard input is read. */
  readonly isInterruptedReading?: boolean;
  /** Called at each write to standard output. */
  readonly onWrite?: (text: string, interrupt: () => void) => void;
}

/** Runs a command line in this process, with a home of its own, and gives what it wrote and its exit code. */
export async function command(argv: readonly string[], given: Given = {}) {
  const home = given.home ?? mkdtempSync(join(tmpdir(), 'first-token-'));
  const env = { FIRST_TOKEN_HOME: home, ...given.env };
  const { isTerminal = false, columns, onWrite, stdin = '' } = given;
  const interrupt = new AbortController();
  const written: Uint8Array[] = [];
  let err = '';
  const keys = findKeys({ env, cwd: '/project', readFile: () => given.dotenv ?? '' });
  try {
    const code = await main({
      argv,
      env,
      // A terminal that is only written to, so that no app starts.
      stdin: { isTTY: stdin === null },
      openKeyboard: () => null,
      readStdin: async () => {
        if (!given.isInterruptedReading) return Buffer.from(stdin ?? '');
        interrupt.abort();
        throw interrupt.signal.reason;
      },
      stdout: {
        isTTY: isTerminal,
        ...(columns ? { columns } : {}),
        write: (data) => {
          written.push(Buffer.from(data));
          onWrite?.(String(data), () => interrupt.abort());
        },
      },
      stderr: {
        write: (text) => {
          err += text;
        },
      },
      clock: systemClock,
      keys,
      redact: createRedactor(keys.secrets),
      catchInterrupt: () => interrupt.signal,
      keepGoing: () => {},
      onCrash: () => {},
    });
    const bytes = Buffer.concat(written);
    return { code, out: bytes.toString(), err, bytes };
  } finally {
    if (!given.home) rmSync(home, { recursive: true });
  }
}
