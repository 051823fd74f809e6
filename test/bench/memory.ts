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

const [few = '', many = ''] = process.argv.slice(2);
// What a first run loads and what a run takes however long it is, a connection and what is compiled, are not the log's.
const warm = await record(few);
const sizes = [held()];
const logs = [warm];
for (const url of [few, many]) {
  logs.push(await record(url));
  sizes.push(held());
}
const [short, long] = [sizes[1]! - sizes[0]!, sizes[2]! - sizes[1]!];
const [, fewer, more] = logs.map((log) => log.summary.steps[0]!);
const chunks = more!.chunks - fewer!.chunks;
console.log(
  JSON.stringify({ perChunk: (long - short) / chunks, raw: (more!.bytes - fewer!.bytes) / chunks }),
);
