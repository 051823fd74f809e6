import type { KeyReport } from '../core/api/keys.ts';
import type { Clock } from '../core/clock.ts';
import type { Redactor } from '../core/mask.ts';
import type { Progress } from '../core/progress.ts';
import type { Paint } from './paint.ts';

/** What a command may use of the world outside. */
export interface CommandContext {
  /** Writes to standard output, redacted; adds no line feed. */
  readonly print: (text: string) => void;
  /** Writes a sentence to standard error, redacted. */
  readonly warn: (sentence: string) => void;
  readonly paint: Paint;
  /** Cells to a line. */
  readonly columns: number;
  readonly clock: Clock;
  readonly keys: KeyReport;
  readonly redact: Redactor;
  /** Aborts when the user interrupts. */
  readonly signal: AbortSignal;
  readonly openProgress: () => Promise<Progress>;
}

/** How the program ends, as the help says. */
export const exitCode = { fine: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Something the user can mend: its message is the one sentence to print. */
export class UsageError extends Error {}

/**
 * The key to go live with.
 *
 * @throws UsageError where there is none.
 */
export function requireKey({ key, problems }: KeyReport): string {
  if (key) return key.value;
  const why = problems.map((problem) => ` ${problem}`).join('');
  throw new UsageError(
    `--endpoint openai needs a key: set OPENAI_API_KEY in the environment or in .env.${why}`,
  );
}
