import { parentPort, workerData } from 'node:worker_threads';
import { loadReading } from './model/ngrams.ts';
import type { RequestLogEntry } from './request-log.ts';
import { type PracticeServerOptions, startPracticeServer } from './server.ts';

/** What the thread is started with. */
interface PracticeWorkerData extends Omit<PracticeServerOptions, 'clock' | 'onRequest'> {
  /** Whether the thread tells of each request. */
  readonly isLogged?: boolean;
}

/** What the thread says: first that it listens or that it cannot, then of each request if asked to. */
type PracticeWorkerMessage =
  | { readonly url: string }
  | { readonly error: string; readonly code?: string | undefined }
  | { readonly request: RequestLogEntry };

const port = parentPort;
if (!port) throw new Error('The practice server thread was run on its own; startPractice starts it.');
const say = (message: PracticeWorkerMessage) => port.postMessage(message);

try {
  const { isLogged, ...options } = workerData as PracticeWorkerData;
  // Before the first request: there it would be taken for the time a server needs to answer.
  await loadReading();
  const server = await startPracticeServer({
    ...options,
    ...(isLogged && { onRequest: (request) => say({ request }) }),
  });
  // What is said is how long whatever is still open may take, in milliseconds.
  port.on('message', async (graceMs: number) => {
    await server.close(graceMs);
    port.close();
  });
  say({ url: server.url });
} catch (error) {
  const { message = String(error), code } = Object(error) as NodeJS.ErrnoException;
  say({ error: message, code });
}
