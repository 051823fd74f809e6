import { vi } from 'vitest';
import type { RunLog } from '../../src/core/run/log.ts';
import { fetchOf } from './body-server.ts';
import { stillClock } from './logs.ts';
import { type RunOptions, runAgainst } from './runs.ts';

/** An event as it goes over the wire: a chunk with that delta, small enough to be read in a test. */
export const eventOf = (delta: string | object, more: object = {}): string => {
  const choice = {
    index: 0,
    delta: typeof delta === 'string' ? { content: delta } : delta,
    finish_reason: null,
  };
  const chunk = { id: 'c1', object: 'chat.completion.chunk', choices: [{ ...choice, ...more }] };
  return `data: ${JSON.stringify(chunk)}\n\n`;
};

export const done = 'data: [DONE]\n\n';

/** The log of a stream that the SDK got in those reads, all of them at 0 ms. */
export const streamed = (...pieces: readonly (string | Uint8Array)[]): Promise<RunLog> => answered(pieces);

/** The log of a run that was answered in those reads. */
export async function answered(
  pieces: readonly (string | Uint8Array)[],
  options: RunOptions = {},
  headers?: Readonly<Record<string, string>>,
): Promise<RunLog> {
  vi.stubGlobal(
    'fetch',
    fetchOf(
      pieces.map((piece) => Buffer.from(piece as string)),
      headers,
    ),
  );
  try {
    return await runAgainst('http://127.0.0.1:1/v1', { clock: stillClock, ...options });
  } finally {
    vi.unstubAllGlobals();
  }
}

/** One emoji in two reads, then three events in one. */
export function splitEmoji(): Promise<RunLog> {
  const emoji = Buffer.from(eventOf('😀'));
  const at = emoji.indexOf(Buffer.from('😀')) + 2;
  const three = eventOf(' you') + eventOf(' and') + eventOf(' I');
  return streamed(
    Buffer.concat([Buffer.from(eventOf('Hi ')), emoji.subarray(0, at)]),
    emoji.subarray(at),
    three,
    eventOf({}, { finish_reason: 'stop' }) + done,
  );
}
