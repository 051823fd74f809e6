import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { findExperiment } from '../../../src/core/lessons/index.ts';
import { startPracticeServer } from '../../../src/core/practice/server.ts';
import type { RunLog } from '../../../src/core/run/log.ts';
import { fetchOf, serve } from '../../helpers/body-server.ts';
import { runAgainst } from '../../helpers/runs.ts';

const experiment = findExperiment('3b')!;
let recorded: Uint8Array;
let whole: RunLog;

/** What must not depend on how the bytes were split: events with their ranges, chunks, the text. */
const layersOf = (log: RunLog) => ({
  events: log.rows(0).events.map(({ index, start, end, data }) => ({ index, start, end, data })),
  chunks: log.rows(0).chunks.map(({ index, chunk }) => ({ index, chunk })),
  text: log.text(0),
  outcome: log.summary.steps[0]?.outcome,
});

const bytesOf = (log: RunLog) => Buffer.concat(log.rows(0).reads.map(({ bytes }) => bytes));

beforeAll(async () => {
  const server = await startPracticeServer({ pace: 'instant', seed: 3 });
  whole = await runAgainst(server.url, { experiment });
  await server.close();
  recorded = bytesOf(whole);
});
afterEach(() => vi.unstubAllGlobals());

test('the recorded stream has the three layers, tied together by its bytes', () => {
  const { events, chunks, text } = layersOf(whole);
  expect(text).toBe('Hello World!');
  expect(events.length).toBe(chunks.length + 1);
  expect(events.at(-1)?.data).toBe('[DONE]');
  expect(events[0]?.start).toBe(0);
  expect(events.at(-1)?.end).toBe(recorded.length);
  for (const [index, { start, end, data }] of events.entries()) {
    expect(Buffer.from(recorded.slice(start, end)).toString()).toBe(`data: ${data}\n\n`);
    if (index < chunks.length) expect(JSON.parse(data)).toEqual(chunks[index]?.chunk);
  }
});

test('split in two at every byte, the stream gives the same events, chunks and text', async () => {
  for (let at = 1; at < recorded.length; at++) {
    vi.stubGlobal('fetch', fetchOf([recorded.slice(0, at), recorded.slice(at)]));
    const log = await runAgainst('http://127.0.0.1:1/v1', { experiment });
    expect(layersOf(log), `split at byte ${at}`).toEqual(layersOf(whole));
    expect(log.rows(0).reads.map(({ start, end }) => [start, end])).toEqual([
      [0, at],
      [at, recorded.length],
    ]);
  }
});

test('sent byte by byte over a socket, the stream gives the same events, chunks and text', async () => {
  const server = await serve(async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.socket?.setNoDelay(true);
    for (const byte of recorded) {
      response.write(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  });
  const log = await runAgainst(server.url, { experiment });
  await server.close();
  expect(layersOf(log)).toEqual(layersOf(whole));
  expect(Buffer.compare(bytesOf(log), recorded)).toBe(0);
  expect(log.rows(0).reads.length).toBeGreaterThan(5);
});
