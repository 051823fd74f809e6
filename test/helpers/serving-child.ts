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

process.on('message', (question: 'memory' | 'looks') => {
  if (question === 'looks') {
    process.send!({ looks });
    return;
  }
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  process.send!({ memory: heapUsed + external });
});
process.send!({ url: server.url });
