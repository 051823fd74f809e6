import { setImmediate } from 'node:timers/promises';
import { startPracticeServer } from '../../src/core/practice/server.ts';

// A practice server in a process of its own, which tells over IPC what it holds in memory and how busy it was.
// Run with --expose-gc.

let looks = 0;
const server = await startPracticeServer({
  pace: 'instant',
  seed: 1,
  rateLimit: 'off',
  clock: {
    now: () => {
      looks += 1;
      return performance.now();
    },
    wallMs: () => Date.now(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  },
});

/** Connections that are open, or not yet quite closed. */
const connections = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;

/** What is held once no more than so many connections are left, in bytes. */
async function memory(open: number): Promise<number> {
  while (connections() > open) await setImmediate();
  // What is freed by one collection may free more in the next.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc!();
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

process.on('message', async (question: { memory: number } | 'looks') => {
  process.send!(question === 'looks' ? { looks } : { memory: await memory(question.memory) });
});
process.send!({ url: server.url });
