import { Worker } from 'node:worker_threads';

interface PracticeOptions {
  /** `realtime` answers as fast as a model does, `fast` ten times as fast, `instant` without any wait. */
  readonly pace: 'realtime' | 'fast' | 'instant';
  /** The same seed gives the same ids and the same jitter. Drawn if left out. */
  readonly seed?: number;
  /** Default 0: any free port. */
  readonly port?: number;
}

interface Practice {
  /** The base URL for the SDK. Any key beginning with `sk-practice` is accepted there. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

// From source this file stands beside the server's; in the bundle all code is in one folder.
const workerUrl = import.meta.url.endsWith('.ts')
  ? new URL('../practice/worker.ts', import.meta.url)
  : new URL('./practice-worker.js', import.meta.url);

/**
 * Starts the practice server in a thread of its own, so that what is timed is not our own rendering. Once it
 * listens, the thread never keeps the process alive. Rejects with one sentence if it cannot start.
 */
export async function startPractice(options: PracticeOptions): Promise<Practice> {
  const worker = new Worker(workerUrl, { workerData: options, execArgv: [] });
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  try {
    const url = await listening(worker);
    // Without a listener a later crash of the thread would take the program with it.
    worker.on('error', () => {});
    worker.unref();
    return {
      url,
      close: () => {
        worker.ref();
        worker.postMessage('close');
        return exited;
      },
    };
  } catch (error) {
    await worker.terminate();
    throw new Error(`The practice server could not start: ${(error as Error).message}`);
  }
}

const listening = (worker: Worker): Promise<string> =>
  new Promise((resolve, reject) => {
    worker.once('message', (message: { url: string } | { error: string }) =>
      'url' in message ? resolve(message.url) : reject(new Error(message.error)),
    );
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('its thread ended before it listened')));
  });
