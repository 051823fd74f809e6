import { Worker } from 'node:worker_threads';

export interface PracticeOptions {
  /** `realtime` answers as fast as a model does, `fast` ten times as fast, `instant` without any wait. */
  readonly pace: 'realtime' | 'fast' | 'instant';
  /** The same seed gives the same ids, the same jitter and the same samples. Drawn if left out. */
  readonly seed?: number | undefined;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** The only key that is accepted; default: any that begins with `sk-practice`. */
  readonly key?: string | undefined;
  /** Faults that happen to every request, as `first-token serve --help` lists them. */
  readonly fault?: string | undefined;
  /** Limits in place of those of each model; `off` for none. */
  readonly rateLimit?: 'off' | { readonly requests?: number; readonly tokens?: number } | undefined;
}

/** One request that the practice server is done with. */
export interface PracticeRequest {
  readonly requestId: string;
  /** Milliseconds since the Unix epoch. */
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly model: string | null;
  readonly isStream: boolean;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly faults: readonly string[];
  readonly reason: string | null;
  readonly failure: string | null;
  readonly durationMs: number;
  readonly outcome: 'done' | 'gone' | 'broken';
}

export interface Practice {
  /** The base URL for the SDK. Any key beginning with `sk-practice` is accepted there, unless one was set. */
  readonly url: string;
  /** Stops it; what is still open has so many milliseconds to finish (default: none). */
  readonly close: (graceMs?: number) => Promise<void>;
  /** Keeps the program alive until it is closed. */
  readonly hold: () => void;
  /** Resolves once its thread has ended, whatever the reason. */
  readonly exited: Promise<void>;
}

/** Why the practice server did not start: one sentence, and the system's code if it has one. */
export class PracticeStartError extends Error {
  readonly reason: string;
  readonly code: string | undefined;

  constructor(reason: string, code?: string) {
    super(`The practice server could not start: ${reason}`);
    this.reason = reason;
    this.code = code;
  }
}

// From source this file stands beside the server's; in the bundle all code is in one folder.
const workerUrl = import.meta.url.endsWith('.ts')
  ? new URL('../practice/worker.ts', import.meta.url)
  : new URL('./practice-worker.js', import.meta.url);

/**
 * Starts the practice server in a thread of its own, so that what is timed is not our own rendering. Once it
 * listens, the thread never keeps the process alive.
 *
 * @throws PracticeStartError if it cannot start.
 */
export async function startPractice(
  options: PracticeOptions,
  onRequest?: (request: PracticeRequest) => void,
): Promise<Practice> {
  const worker = new Worker(workerUrl, {
    workerData: { ...options, isLogged: onRequest !== undefined },
    execArgv: [],
    // Left to itself it keeps a hundred megabytes after a burst of streams.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  try {
    const url = await listening(worker);
    // Without a listener a later crash of the thread would take the program with it.
    worker.on('error', () => {});
    worker.on('message', (message: { request?: PracticeRequest }) => {
      if (message.request) onRequest?.(message.request);
    });
    worker.unref();
    return {
      url,
      exited,
      hold: () => worker.ref(),
      close: (graceMs = 0) => {
        worker.ref();
        worker.postMessage(graceMs);
        return exited;
      },
    };
  } catch (error) {
    await worker.terminate();
    throw error instanceof PracticeStartError ? error : new PracticeStartError((error as Error).message);
  }
}

const listening = (worker: Worker): Promise<string> =>
  new Promise((resolve, reject) => {
    worker.once('message', (message: { url: string } | { error: string; code?: string }) =>
      'url' in message ? resolve(message.url) : reject(new PracticeStartError(message.error, message.code)),
    );
    worker.once('error', reject);
    worker.once('exit', () => reject(new PracticeStartError('its thread ended before it listened')));
  });
