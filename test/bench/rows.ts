import type { Shown } from './terminal.ts';
import { pause, quiet, type World } from './world.ts';

/** A row of the table: what was measured and against what, each in words, and how the figure stands to its limit. */
export interface Row {
  readonly what: string;
  readonly measured: string;
  readonly against: string;
  readonly figure: number;
  readonly limit: number;
  readonly unit: '×' | ' B' | ' ms';
}

const sorted = (figures: readonly number[]): readonly number[] => figures.toSorted((a, b) => a - b);
const median = (figures: readonly number[]): number => sorted(figures)[Math.floor(figures.length / 2)]!;
const percentile95 = (figures: readonly number[]): number =>
  sorted(figures)[Math.ceil(figures.length * 0.95) - 1]!;

const inMs = (ms: number): string => `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
const inBytes = (bytes: number): string => `${bytes.toFixed(0)} B`;
const inUs = (ms: number): string => `${(ms * 1000).toFixed(1)} µs`;

/** How long a program takes until it shows something. */
async function frameMs(shown: Shown, wanted: RegExp): Promise<number> {
  const ms = (await shown.waitFor(wanted)) - shown.startMs;
  await shown.end();
  return ms;
}

export async function firstFrame(world: World): Promise<Row> {
  const [app, hello]: [number[], number[]] = [[], []];
  for (const [shown, wanted] of [
    [world.hello(), /Hello World/],
    [world.app(), /Your turn/],
  ] as const) {
    await shown.waitFor(wanted);
    await shown.quit();
  }
  for (let round = 0; round < 15; round++) {
    hello.push(await frameMs(world.hello(), /Hello World/));
    app.push(await frameMs(world.app(), /Your turn/));
  }
  return {
    what: 'first frame of the app',
    measured: inMs(median(app)),
    against: `${inMs(median(hello))}, an Ink hello world`,
    figure: median(app) / median(hello),
    limit: 1.15,
    unit: '×',
  };
}

/** What a stream took from Enter until its end was on screen. */
interface RunCost {
  readonly ms: number;
  readonly cpuMs: number;
  readonly bytes: number;
}

async function runOnce(world: World, count: number, gapMs: number): Promise<RunCost> {
  const shown = await world.lesson(count, gapMs);
  const [startMs, startCpuMs, startBytes] = [performance.now(), shown.cpuMs(), shown.bytes()];
  shown.press('\r');
  const endMs = await shown.waitFor(/Enter run again/);
  const cost = {
    ms: endMs - startMs,
    cpuMs: shown.cpuMs() - startCpuMs,
    bytes: shown.bytes() - startBytes,
  };
  await shown.end();
  return cost;
}

export async function flood(world: World): Promise<readonly Row[]> {
  const app: number[] = [];
  const bare: number[] = [];
  const bundled: number[] = [];
  const few: number[] = [];
  const many: number[] = [];
  for (let round = 0; round < 5; round++) {
    bare.push(world.bare(10_000, 0).processMs);
    bundled.push(world.bundledBare(10_000, 0).processMs);
    // From its start on, without the pauses of whoever reads what it shows.
    const startMs = await frameMs(world.app(), /Your turn/);
    app.push(startMs + (await runOnce(world, 10_000, 0)).ms);
  }
  for (let round = 0; round < 3; round++) {
    few.push((await runOnce(world, 1000, 0)).ms / 1000);
    many.push((await runOnce(world, 100_000, 0)).ms / 100_000);
  }
  return [
    {
      what: '10 000 chunks as fast as they come, whole',
      measured: inMs(median(app)),
      against: `${inMs(median(bare))}, a bare loop (${inMs(median(bundled))} bundled)`,
      figure: median(app) / median(bare),
      limit: 1.4,
      unit: '×',
    },
    {
      what: 'each of 100 000 chunks',
      measured: inUs(median(many)),
      against: `${inUs(median(few))}, each of 1 000`,
      figure: median(many) / median(few),
      limit: 1.1,
      unit: '×',
    },
  ];
}

/** Chunks of a stream that a reader can follow, and the milliseconds between them. */
const [readable, readableGapMs] = [500, 10];

export async function stream(world: World): Promise<readonly Row[]> {
  const costs: RunCost[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 3; round++) {
    bare.push(world.bare(readable, readableGapMs).cpuMs);
    costs.push(await runOnce(world, readable, readableGapMs));
  }
  const cpuMs = median(costs.map((cost) => cost.cpuMs));
  const bytes = median(costs.map((cost) => cost.bytes)) / readable;
  return [
    {
      what: 'CPU of a stream of 100 tokens a second',
      measured: inMs(cpuMs),
      against: `${inMs(median(bare))}, a bare loop`,
      figure: cpuMs / median(bare),
      limit: 3.5,
      unit: '×',
    },
    {
      what: 'bytes to the terminal per chunk of it',
      measured: inBytes(bytes),
      against: 'the delta itself',
      figure: bytes,
      limit: 400,
      unit: ' B',
    },
  ];
}

export function memory(world: World): Row {
  const { perChunk, raw } = world.memory();
  return {
    what: 'memory per recorded chunk',
    measured: inBytes(perChunk),
    against: `${inBytes(raw)} on the wire`,
    figure: perChunk / raw,
    limit: 3,
    unit: '×',
  };
}

/** Goes from one side of the lesson to the other and back, and gives how long each took to be seen. */
async function keyTimes(shown: Shown): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < 60; round++) {
    // Of no rhythm with the frames of the stream.
    await pause(50 + ((round * 37) % 50));
    const next = /· ↑↓ scrolls/.test(shown.screen()) ? /· Tab, then/ : /· ↑↓ scrolls/;
    const startMs = performance.now();
    shown.press('\t');
    times.push((await shown.waitFor(next)) - startMs);
  }
  return times;
}

export async function keysAndIdle(world: World): Promise<readonly Row[]> {
  const shown = await world.lesson(2000, readableGapMs);
  const idle = await keyTimes(shown);
  await quiet(shown);
  const [startCpuMs, startWakes] = [shown.threadMs(), shown.wakes()];
  await pause(5000);
  const [idleCpuMs, wakes] = [shown.threadMs() - startCpuMs, shown.wakes() - startWakes];
  shown.press('\r');
  await shown.waitFor(/' suns'/);
  const busy = await keyTimes(shown);
  await shown.end();
  return [
    {
      what: 'key to screen while it runs, p95',
      measured: inMs(percentile95(busy)),
      against: `${inMs(percentile95(idle))}, idle`,
      figure: percentile95(busy),
      limit: 25,
      unit: ' ms',
    },
    {
      what: 'CPU of five idle seconds',
      measured: inMs(idleCpuMs),
      against: `${wakes} wakes of its main thread`,
      // V8 looks once in a while whether there is garbage; a timer of ours would draw, which takes milliseconds.
      figure: Math.round(idleCpuMs),
      limit: 0,
      unit: ' ms',
    },
  ];
}
