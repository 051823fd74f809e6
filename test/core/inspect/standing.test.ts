import { expect, test } from 'vitest';
import { Standing, standingOf } from '../../../src/core/inspect/standing.ts';
import { standingRows } from '../../../src/core/inspect/standing-rows.ts';
import { wholeTwin } from '../../../src/core/inspect/twin.ts';
import { assemble } from '../../../src/core/run/assemble.ts';
import type { RunEventOf } from '../../../src/core/run/events.ts';
import {
  attempt,
  chat,
  chunk,
  headers,
  helloRun,
  helloWords,
  logOf,
  response,
  runStart,
  stepEnd,
  stepStart,
} from '../../helpers/logs.ts';

/** A stream with all that is put together in another way each: texts, calls in pieces, a long list, two choices. */
function longStream(count: number): RunEventOf<'chunk'>[] {
  return Array.from({ length: count }, (_, index) => {
    const call = { index: index % 2, function: { name: '', arguments: `${index};` } };
    const row = chunk(index, index, { content: ` ${index}`, tool_calls: [call] }) as RunEventOf<'chunk'>;
    const [choice] = (row.chunk as { choices: object[] }).choices;
    const token = { token: String(index), logprob: -index };
    const one = { ...choice, index: index % 3 === 0 ? 1 : 0, logprobs: { content: [token, token] } };
    return { ...row, chunk: { ...(row.chunk as object), choices: [one] } };
  });
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('the object after a chunk is what the chunks up to it add up to, in whichever order it is asked for', () => {
  const chunks = longStream(700);
  const bodies = chunks.map((row) => row.chunk);
  const standing = new Standing();
  standing.catchUp(chunks);
  for (const index of [699, 0, 255, 256, 511, 510, 3, 600, 512]) {
    expect(plain(standing.after(index))).toEqual(plain(assemble(bodies.slice(0, index + 1)).object));
  }
});

test('while a stream goes on, the object goes on with it', () => {
  const log = logOf(helloWords);
  expect(standingOf(log, 0).after(2)).toMatchObject({ choices: [{ message: { content: 'Hello World' } }] });
  for (const event of helloRun.slice(helloWords.length)) log.append(event);
  expect(standingOf(log, 0).after(99)).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
});

test('a log that goes back in time, or another way on, is not mistaken for the whole', () => {
  const whole = standingOf(logOf(helloRun), 0);
  const earlier = logOf(helloWords);
  expect(standingOf(earlier, 0)).toBe(whole);
  earlier.append(chunk(3, 603, ', all'));
  expect(standingOf(earlier, 0).after(3)).toMatchObject({
    choices: [{ message: { content: 'Hello World, all' } }],
  });
  expect(whole.after(3)).toMatchObject({ choices: [{ message: { content: 'Hello World!' } }] });
  expect(whole.after(2)).toMatchObject({ choices: [{ message: { content: 'Hello World' } }] });
});

/** The lines of the object after a chunk, with what is new in bars. */
function drawn(bodies: readonly unknown[], index: number): string[] {
  const { object, steps } = assemble(bodies.slice(0, index + 1), index, 1);
  return standingRows(object, steps).map(
    ({ depth, key, old, fresh, rest }) =>
      ' '.repeat(depth) + (key === null ? '' : `${key}: `) + old + (fresh && `|${fresh}|`) + rest,
  );
}

test('what a chunk brought is told apart from what was there', () => {
  const bodies = longStream(3).map((row) => row.chunk);
  expect(drawn(bodies, 2).slice(6)).toEqual([
    '  {',
    '   "index": 0',
    '   "message": {',
    '    "content": " 1| 2|"',
    '    "tool_calls": [',
    '     {',
    '      "function": {',
    '       "name": ""',
    '       "arguments": "|2;|"',
    '      }',
    '     }',
    '     {',
    '      "function": {',
    '       "name": ""',
    '       "arguments": "1;"',
    '      }',
    '     }',
    '    ]',
    '   }',
    '   "finish_reason": null',
    '   "logprobs": {',
    '    "content": [ 2 items|, 2 more| ]',
    '   }',
    '  }',
    '  {',
    '   "index": 1',
    '   "message": {',
    '    "content": " 0"',
    '    "tool_calls": [{',
    '     "function": {',
    '      "name": ""',
    '      "arguments": "0;"',
    '     }',
    '    }]',
    '   }',
    '   "finish_reason": null',
    '   "logprobs": {',
    '    "content": [ 2 items ]',
    '   }',
    '  }',
    ' ]',
    '}',
  ]);
});

test('of a long text its end is shown where it grows, and its beginning where it does not', () => {
  const text = 'abcdefghij'.repeat(30);
  const bodies = [text, 'the end', ''].map(
    (piece, index) => (chunk(index, 0, piece) as RunEventOf<'chunk'>).chunk,
  );
  const content = (index: number) => drawn(bodies, index).find((row) => row.includes('"content"'));
  expect(content(1)).toBe(`   "content": "…${text.slice(-40)}|the end|"`);
  expect(content(2)).toBe(`   "content": "${text.slice(0, 160)}…" and 147 characters more`);
});

const asked = (step: number, stream: boolean) => [
  stepStart(chat({ temperature: 0, ...(stream && { stream: true }) }), { step }),
  attempt(1, { step }),
  headers(2, 200, { step }),
];

test('a request of the same run that was not streamed is compared, once it is answered', () => {
  const log = logOf([
    runStart('3a'),
    ...asked(0, true),
    chunk(0, 3, { role: 'assistant', content: 'Hi' }),
    chunk(1, 4, {}, { finish: 'stop' }),
    stepEnd(5),
  ]);
  expect(wholeTwin(log, 0)).toBeNull();
  for (const event of [...asked(1, false), response(8, 'Ho', { step: 1 })]) log.append(event);
  expect(wholeTwin(log, 0)).toBeNull();
  log.append(stepEnd(9, 'complete', 1));
  const twin = wholeTwin(log, 0)!;
  expect(twin.index).toBe(1);
  expect(twin.differences.join(' ')).toContain('choices[0].message.content');
  expect(wholeTwin(log, 1)).toBeNull();
});
