import * as nodeFs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/core/mask.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { logOf } from '../../../src/core/run/recording.ts';
import { readRecording } from '../../../src/core/run/recording-read.ts';
import { type RecordingFs, saveRecording } from '../../../src/core/run/recording-save.ts';
import { chunk, helloHeaders, helloRun, stepEnd, stillClock } from '../../helpers/logs.ts';

let folder: string;
beforeEach(() => {
  folder = nodeFs.mkdtempSync(join(tmpdir(), 'recording-'));
});
afterEach(() => nodeFs.rmSync(folder, { recursive: true }));

const key = 'sk-proj-aB3dE5fG7hI9jK1lM3nO5ctAA';
const redact = createRedactor([key]);
const pathOf = (name: string) => join(folder, name);
const files = () => nodeFs.readdirSync(folder);

function saved(events: readonly RunEvent[]) {
  saveRecording(events, pathOf('a.jsonl'), redact);
  const text = nodeFs.readFileSync(pathOf('a.jsonl'), 'utf8');
  const { events: kept, problems } = readRecording(text);
  expect(problems).toEqual([]);
  return { text, kept, log: logOf({ events: kept }, stillClock) };
}

test('a saved run opens again, and nothing else is left beside it', () => {
  expect(saved(helloRun).kept).toEqual(helloRun);
  expect(files()).toEqual(['a.jsonl']);
});

describe('no file is ever written over', () => {
  test.each<readonly [string, (path: string) => void]>([
    ['a file', (path) => nodeFs.writeFileSync(path, 'mine')],
    ['a folder', (path) => nodeFs.mkdirSync(path)],
    ['a link that leads nowhere', (path) => nodeFs.symlinkSync('nowhere', path)],
  ])('%s', (_, make) => {
    make(pathOf('a.jsonl'));
    expect(() => saveRecording(helloRun, pathOf('a.jsonl'), redact)).toThrow(
      new Error(
        `The recording cannot be saved as ${pathOf('a.jsonl')}: something of that name is there already; give another name.`,
      ),
    );
    expect(files()).toEqual(['a.jsonl']);
  });
});

describe('what cannot be saved is said in a sentence, and leaves nothing behind', () => {
  test('a folder that is not there', () => {
    expect(() => saveRecording(helloRun, pathOf('no/a.jsonl'), redact)).toThrow(
      ': its folder does not exist.',
    );
  });

  const fail = () => {
    throw Object.assign(new Error('ENOSPC: it failed'), { code: 'ENOSPC' });
  };
  const failing: Readonly<Record<string, Partial<RecordingFs>>> = {
    'the disk is full when it is written': {
      writeFileSync: (path, text, options) =>
        text === '' ? nodeFs.writeFileSync(path, text, options) : fail(),
    },
    'it cannot take its name': { renameSync: fail },
  };

  test.each(Object.entries(failing))('%s', (_, fs) => {
    const save = () => saveRecording(helloRun, pathOf('a.jsonl'), redact, { ...nodeFs, ...fs });
    expect(save).toThrow(': the disk is full.');
    expect(files()).toEqual([]);
  });
});

describe('a key in pieces, none of which is one', () => {
  const pieces = ['Your key is ', key.slice(0, 9), key.slice(9, 20), key.slice(20), ' and no other.'];
  const sse = (data: object) => Buffer.from(`data: ${JSON.stringify(data)}\n\n`);

  /** A stream whose chunks carry these deltas, each byte of it in a read of its own. */
  function streamOf(deltas: readonly object[]): readonly RunEvent[] {
    const chunks = deltas.map((delta, index) => chunk(index, 500 + index, delta));
    let start = 0;
    const events = chunks.flatMap((row, index): RunEvent[] => {
      if (row.type !== 'chunk') return [];
      const bytes = sse(row.chunk as object);
      const reads = [...bytes].map((byte, at): RunEvent => {
        const from = start + at;
        const read = { type: 'read', at: row.at, step: 0, attempt: 0, index: from } as const;
        return { ...read, start: from, end: from + 1, bytes: Uint8Array.of(byte) };
      });
      const range = { start, end: start + bytes.length };
      start = range.end;
      const data = JSON.stringify(row.chunk);
      return [...reads, { type: 'event', at: row.at, step: 0, index, ...range, data }, row];
    });
    return [...helloHeaders, ...events, stepEnd(600)];
  }

  const textOf = (events: readonly RunEvent[]) =>
    Buffer.concat(events.flatMap((event) => (event.type === 'read' ? [event.bytes] : []))).toString();

  test.each<readonly [string, (text: string) => object]>([
    ['the text', (content) => ({ content })],
    ['the text, its logprobs told', (content) => ({ content, logprobs: { content: [{ token: content }] } })],
    ['a refusal', (refusal) => ({ refusal })],
    ['a call', (args) => ({ tool_calls: [{ index: 0, function: { arguments: args } }] })],
    ['a field of later versions', (words) => ({ thoughts: [{ words }] })],
  ])('in %s: no layer of the file tells it', (_, deltaOf) => {
    const { kept, log } = saved(streamOf(pieces.map(deltaOf)));
    const layers = [
      textOf(kept),
      kept.map((event) => (event.type === 'event' ? event.data : '')).join(''),
      JSON.stringify(log.rows(0).chunks.map((row) => row.chunk)),
    ];
    for (const layer of layers) {
      for (const piece of pieces.slice(1, 4)) expect(layer).not.toContain(piece);
      expect(layer).toContain('Your key is ');
      expect(layer).toContain(' and no other.');
    }
  });

  test('as text keeps its length, in stars', () => {
    const { log } = saved(streamOf(pieces.map((content) => ({ content }))));
    expect(log.text(0)).toBe(`Your key is ${'*'.repeat(key.length)} and no other.`);
  });

  test('in the body of an error, over many reads', () => {
    const body = Buffer.from(JSON.stringify({ error: { message: `Incorrect API key provided: ${key}.` } }));
    const reads = [...body].map((byte, index): RunEvent => {
      const read = {
        type: 'read',
        at: 480,
        step: 0,
        attempt: 0,
        index,
        start: index,
        end: index + 1,
      } as const;
      return { ...read, bytes: Uint8Array.of(byte) };
    });
    const { kept } = saved([...helloHeaders, ...reads]);
    expect(textOf(kept)).toBe(body.toString().replace(key, '*'.repeat(key.length)));
  });
});
