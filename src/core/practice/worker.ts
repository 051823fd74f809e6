import { parentPort, workerData } from 'node:worker_threads';
import type { Pace } from './pace.ts';
import { startPracticeServer } from './server.ts';
import { loadTokenizer } from './tokens.ts';

/** What the thread is started with. */
interface PracticeWorkerData {
  readonly port?: number;
  readonly pace: Pace;
  readonly seed?: number;
}

/** What the thread says once, when it listens or when it cannot. It closes on the message `close`. */
type PracticeWorkerMessage = { readonly url: string } | { readonly error: string };

const port = parentPort;
if (!port) throw new Error('The practice server thread was run on its own; startPractice starts it.');
const say = (message: PracticeWorkerMessage) => port.postMessage(message);

try {
  // Before the first request: there it would be taken for the time a server needs to answer.
  await loadTokenizer();
  const server = await startPracticeServer(workerData as PracticeWorkerData);
  port.on('message', async (message) => {
    if (message !== 'close') return;
    await server.close();
    port.close();
  });
  say({ url: server.url });
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) });
}
