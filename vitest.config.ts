import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Many tests wait for a program in a terminal, or for a real pause: more of them than cores can go on at once.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // How long something takes is for the bench to say: a busy machine makes no test fail.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
