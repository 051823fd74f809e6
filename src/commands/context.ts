import type { Endpoint } from '../core/api/endpoint.ts';
import { type EndpointName, EndpointProblem, findEndpoint, type Server } from '../core/api/endpoints.ts';
import type { KeyReport } from '../core/api/keys.ts';
import type { Clock } from '../core/clock.ts';
import type { Redactor } from '../core/mask.ts';
import type { Progress, ProgressSnapshot } from '../core/progress.ts';
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
  /** From now on the program goes on to its end also when nobody reads what it prints any more. */
  readonly keepGoing: () => void;
  readonly openProgress: () => Promise<Progress>;
}

/** How the program ends, as the help says. */
export const exitCode = { fine: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Something the user can mend: its message is the one sentence to print. */
export class UsageError extends Error {}

/** What of the progress file says whom to ask. */
type KeptServers = Pick<ProgressSnapshot, 'servers' | 'notice'>;

/** The servers that were kept in the app; the file is read only where one of them may be asked. */
export async function keptServers(
  { openProgress }: Pick<CommandContext, 'openProgress'>,
  { endpoint }: { readonly endpoint: EndpointName },
): Promise<KeptServers> {
  const isNamed = endpoint === 'practice' || endpoint === 'openai';
  return isNamed ? { servers: [], notice: null } : (await openProgress()).getSnapshot();
}

/**
 * The endpoint of a name other than practice, with its key: of a server the one that is asked for, or that it was kept
 * with.
 *
 * @throws UsageError where that key is missing.
 */
export function liveEndpoint(
  keys: KeyReport,
  { endpoint, keyName }: { readonly endpoint: EndpointName; readonly keyName: string | null },
  kept: readonly Server[] = [],
): Endpoint {
  try {
    const asked = { baseURL: endpoint, keyName, model: null };
    return findEndpoint(endpoint, keys, keyName === null ? kept : [asked]);
  } catch (error) {
    if (!(error instanceof EndpointProblem)) throw error;
    throw new UsageError(`--endpoint ${endpoint}: ${error.message}`);
  }
}
