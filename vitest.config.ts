import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Many tests wait for a program in a terminal, or for a real pause: more of them than cores can go on at once.
export default defineConfig({ test: { maxWorkers: Math.max(3, availableParallelism() - 1) } });
