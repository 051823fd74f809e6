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
  /** Called at each write to standard output. */
  readonly onWrite?: (text: string, interrupt: () => void) => void;
}

/** Runs a command line in this process, with a home of its own, and gives what it wrote and its exit code. */
export async function command(argv: readonly string[], given: Given = {}) {
  const home = given.home ?? mkdtempSync(join(tmpdir(), 'first-token-'));
  const env = { FIRST_TOKEN_HOME: home, ...given.env };
  const { isTerminal = false, columns, onWrite } = given;
  const interrupt = new AbortController();
  let out = '';
  let err = '';
  const keys = findKeys({ env, cwd: '/project', readFile: () => given.dotenv ?? '' });
  try {
    const code = await main({
      argv,
      env,
      // A terminal that is only written to, so that no app starts.
      stdin: { isTTY: false },
      stdout: {
        isTTY: isTerminal,
        ...(columns ? { columns } : {}),
        write: (text) => {
          out += text;
          onWrite?.(text, () => interrupt.abort());
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
      onCrash: () => {},
    });
    return { code, out, err };
  } finally {
    if (!given.home) rmSync(home, { recursive: true });
  }
}
