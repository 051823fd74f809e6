import { systemClock } from '../../src/core/clock.ts';
import { streamAndKeep } from '../../src/core/lessons/stream-and-keep.ts';
import { createRedactor } from '../../src/core/mask.ts';
import { execute } from '../../src/core/run/execute.ts';
import { RunLog } from '../../src/core/run/log.ts';

// Records a stream and prints what its log holds per chunk, in bytes, and how many of them came over the wire.

const collect = globalThis.gc ?? (() => {});

function held(): number {
  for (let round = 0; round < 3; round++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function record(baseURL: string): Promise<RunLog> {
  const log = new RunLog(systemClock);
  const endpoint = { kind: 'compatible', baseURL, apiKey: null } as const;
  await execute({
    experiment: streamAndKeep,
    endpoint,
    practice: async () => endpoint,
    log,
    clock: systemClock,
    redact: createRedactor([]),
  });
  return log;
}

const [short = '', long = ''] = process.argv.slice(2);
// What the first run loads is there before and after.
await record(short);
const before = held();
const log = await record(long);
const after = held();
const { chunks, bytes } = log.summary.steps[0]!;
console.log(JSON.stringify({ perChunk: (after - before) / chunks, raw: bytes / chunks }));
