import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that put something else in the place of a module, which no other test may have loaded before. */
const mocking = ['test/screens/inspector/chunks-tab.test.ts'];

// A practice server that runs from source reads seventy files: what Node made of them once is kept for the next.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');

export default defineConfig({
  test: {
    // Many tests wait for a program in a terminal, or for a real pause: more of them than cores can go on at once.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // How long something takes is for the bench to say: a busy machine makes no test fail.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        // To load all modules anew for each file takes as long as half of the tests.
        test: { name: 'all', isolate: false, exclude: [...configDefaults.exclude, ...mocking] },
      },
      { extends: true, test: { name: 'mocking', include: mocking } },
    ],
  },
});
