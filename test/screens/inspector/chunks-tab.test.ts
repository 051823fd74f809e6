import { beforeAll, expect, test, vi } from 'vitest';
import type { RunEvent, RunEventOf } from '../../../src/core/run/events.ts';
import type { RunLog } from '../../../src/core/run/log.ts';
import { chunksTab } from '../../../src/screens/inspector/chunks-tab.ts';
import type { TabView } from '../../../src/screens/inspector/tab.ts';
import { plain, shown, stylesOf, widest } from '../../components/shown.ts';
import {
  attemptFailed,
  chunk,
  helloHeaders,
  helloRun,
  limitedRun,
  logOf,
  retriedRun,
  stepEnd,
  thrown,
} from '../../helpers/logs.ts';
import { answered, done, eventOf, streamed } from '../../helpers/streams.ts';
import { logprobs, oddStreams, wholeAnswer } from './odd-streams.ts';
import { viewOf } from './tab-view.ts';

vi.mock('../../../src/core/lessons/field-meanings.ts', () => ({
  meaningOf: (path: string, kind?: string) =>
    path === 'object'
      ? `This is a ${kind}.`
      : path.endsWith('.content')
        ? 'What is new: `content` is to be put behind all that came before it.'
        : null,
}));

let hello: RunLog;
beforeAll(() => {
  hello = logOf(helloRun);
});

const frame = (log: RunLog, more?: Partial<TabView>) => shown(chunksTab(viewOf(log, more)).lines);

test('each event with its number, time, gap, finish_reason and delta; beside it the JSON and what it means', () => {
  expect(frame(hello, { selected: 2 })).toEqual([
    '   #       at     gap   finish_reason delta                │ chunk 2 of 0–4 · 602 ms · 1 B',
    "   0   512 ms       –   –             role: assistant, ''  │",
    "   1   551 ms   39 ms   –             'Hello'              │ {",
    "›  2   602 ms   51 ms   –             ' World'             │   as in #1: id, object, created, model",
    `   3   640 ms   38 ms   –             '!'                  │   "choices": [{`,
    '   4   641 ms    1 ms   stop          (nothing)            │     "index": 0',
    '                                                           │     "delta": {',
    '                                                           │       "content": " World"',
    '                                                           │         // What is new: content is to be put behind all',
    '                                                           │            that came before it.',
    '                                                           │     }',
    '                                                           │     null: finish_reason',
    '                                                           │   }]',
    '                                                           │ }',
    '                                                           │',
    '                                                           │',
  ]);
});

test('in a narrow terminal the JSON stands below, and scrolls', () => {
  const layout = chunksTab(viewOf(hello, { selected: 0, width: 58, rows: 15, scroll: 2 }));
  expect(shown(layout.lines)).toEqual([
    '   #       at     gap   finish_reason delta',
    "›  0   512 ms       –   –             role: assistant, ''",
    "   1   551 ms   39 ms   –             'Hello'",
    "   2   602 ms   51 ms   –             ' World'",
    "   3   640 ms   38 ms   –             '!'",
    '   4   641 ms    1 ms   stop          (nothing)',
    '──────────────────────────────────────────────────────────',
    '{',
    '  "id": "chatcmpl-1"',
    '  "object": "chat.completion.chunk"',
    '    // This is a chat.completion.chunk.',
    '  "created": 1',
    '  "model": "gpt-4o-mini-2024-07-18"',
    '  "choices": [{',
    '↓ 11 more',
  ]);
  expect(layout).toMatchObject({ content: 20, window: 7, markable: 5 });
  expect(frame(hello, { selected: 0, width: 58, rows: 15, scroll: 99 }).at(-1)).toBe('↑ 13 above');
});

test('the marked row is in the window of a long stream; with none marked, the newest', async () => {
  const long = await streamed(...Array.from({ length: 60 }, (_, at) => eventOf(` w${at}`)), done);
  const marked = chunksTab(viewOf(long, { selected: 20 }));
  expect(stylesOf(marked.lines, "' w20'")).toEqual(['selected']);
  expect(shown(marked.lines)[0]).toContain('│ chunk 20 of 0–60');
  expect(frame(long).at(-1)).toContain('› 60     0 ms       –   –             [DONE]');
  expect(frame(long, { selected: 999 })[0]).toContain('│ event 60 of 0–60 · no chunk');
  // With as many on either side as there is room for.
  expect(
    frame(long, { selected: 20 })
      .slice(1, 3)
      .concat(frame(long, { selected: 20 }).slice(-1)),
  ).toEqual([
    expect.stringContaining("' w13'"),
    expect.stringContaining("' w14'"),
    expect.stringContaining("' w27'"),
  ]);
  const few = { shown: [0, 7, 30, 31], selected: 30 };
  expect(
    frame(long, few)
      .map((row) => row.slice(0, 48).trim())
      .slice(1, 6),
  ).toEqual([
    "0     0 ms       –   –             ' w0'",
    "7     0 ms    0 ms   –             ' w7'",
    "› 30     0 ms    0 ms   –             ' w30'",
    "31     0 ms    0 ms   –             ' w31'",
    '',
  ]);
  expect(frame(long, { shown: [7], selected: null })[0]).toContain('│ chunk 7 of');
  expect(frame(long, { shown: [] })[0]).toContain('│ No event of this stream is of that kind.');
  const soFar = logOf(long.events.slice(0, 20));
  expect(frame(soFar, { shown: [] })[0]).toContain('│ No event of that kind has come yet.');
});

test('what is no chunk has a row of its own and says why', async () => {
  const error = 'data: {"error":{"message":"Overloaded.","type":"server_error"}}\n\n';
  const failed = await streamed(eventOf('Hi'), error, eventOf('never read'));
  expect(frame(failed, { selected: 1, width: 70 })).toEqual([
    '    #        at       gap   finish_reason   delta',
    "    0      0 ms         –   –               'Hi'",
    "›   1      0 ms         –   –               error: 'Overloaded.'",
    '',
    '',
    '',
    '──────────────────────────────────────────────────────────────────────',
    'event 1 of 0–1 · no chunk · 0 ms · 65 B',
    '',
    '{',
    '  "error": {',
    '    "message": "Overloaded."',
    '    "type": "server_error"',
    '  }',
    '}',
    '',
  ]);
  const named = await streamed(eventOf('Hi'), 'event: error\ndata: {"message":"Named."}\n\n');
  expect(frame(named)[2]).toContain("error: 'Named.'");
  const broken = await streamed(eventOf('Hi'), 'data: {"choices\n\n');
  expect(frame(broken)[2]).toContain("no JSON: '{\"choices'");
  expect(frame(broken, { width: 70 }).join(' ')).toContain('The SDK throws a SyntaxError here.');
  expect(frame(await streamed(eventOf('Hi'), done), { width: 70 }).join(' ')).toContain('the stream is over');
  // Kept without its events, as by a program that saw no more.
  expect(frame(logOf(retriedRun))[3]).toContain('2   560 ms    9 ms   stop');
});

test('where the SDK threw is looked at first, and what came behind it is said to be out of its reach', async () => {
  const broken = await streamed(eventOf('Hi') + eventOf(' you'), `data: {"choices\n\n${eventOf('!')}${done}`);
  const words = (selected: number | null) =>
    frame(broken, { width: 70, rows: 30, selected }).slice(13).join(' ').replace(/\s+/g, ' ').trim();
  expect(words(null)).toBe(
    `event 2 of 0–4 · no chunk · 0 ms · 17 B The data of this event is no JSON. The SDK throws a SyntaxError here. {"choices`,
  );
  expect(words(3)).toMatch(
    /^event 3 of 0–4 · no chunk · 0 ms · 121 B The SDK did not get so far: it had given up at event 2\. \{/,
  );
  expect(words(4)).toBe(
    'event 4 of 0–4 · no chunk · 0 ms · 14 B [DONE] says that the stream is over. It is no JSON and gives no chunk. The SDK did not get so far: it had given up at event 2.',
  );
});

test('behind [DONE] the SDK reads no further', async () => {
  const twice = await streamed(eventOf('Hi') + done + done);
  const said = (selected: number) =>
    frame(twice, { width: 70, rows: 30, selected }).join(' ').replace(/\s+/g, ' ');
  expect(said(1)).toContain('gives no chunk. The SDK ends its loop here.');
  expect(said(2)).toContain('The SDK did not get so far: its loop had ended at event 1.');
});

test('a chunk that the SDK has still to hand over is said to be on its way, and the one before is looked at', async () => {
  const { events } = await streamed(eventOf('Hi') + eventOf(' you') + done);
  const upTo = events.findIndex(({ type }) => type === 'chunk');
  const rows = frame(logOf(events.slice(0, upTo + 1)), { width: 70 });
  expect(rows.slice(1, 4)).toEqual([
    "›   0      0 ms         –   –               'Hi'",
    "    1      0 ms         –   –               no chunk yet: ' you'",
    '    2      0 ms         –   –               [DONE]',
  ]);
  expect(rows[7]).toMatch(/^chunk 0 of 0–2/);
  const next = frame(logOf(events.slice(0, upTo + 1)), { width: 70, selected: 1 });
  expect(next[7]).toMatch(/^event 1 of 0–2 · no chunk yet ·/);
  expect(next[9]).toBe('The event is here; the SDK has not handed over its chunk yet.');
  const [last] = frame(logOf(events.slice(0, upTo + 1)), { selected: 2 });
  expect(last).toMatch(/event 2 of 0–2 · no chunk · /);
});

test('no row has a time before that of a row above it', () => {
  const [start, step, sent, back] = helloHeaders;
  const event = { type: 'event', at: 512.2, step: 0, index: 1, start: 1, end: 2, data: '[DONE]' } as const;
  const role = chunk(0, 513.1, 'Hi') as RunEventOf<'chunk'>;
  const first = { ...event, index: 0, start: 0, end: 1, data: JSON.stringify(role.chunk) };
  const events = [start!, step!, sent!, back!, first, event, role, stepEnd(514)];
  const rows = frame(logOf(events), { width: 70 });
  expect(rows.slice(1, 3)).toEqual([
    "    0    513 ms         –   –               'Hi'",
    '›   1         –         –   –               [DONE]',
  ]);
  expect(rows[7]).toBe('event 1 of 0–1 · no chunk · 512 ms · 1 B');
  expect(rows.join(' ')).toContain('Its bytes came before the SDK handed over chunk 0');
  const later = { ...event, at: 513.5 };
  const inOrder = frame(logOf([start!, step!, sent!, back!, first, role, later, stepEnd(514)]), {
    width: 70,
  });
  expect(inOrder[2]).toBe('›   1    514 ms         –   –               [DONE]');
  expect(inOrder.join(' ')).not.toContain('Its bytes came before');
});

test('with logprobs the probability of each token, and the others as bars', async () => {
  const log = await streamed(eventOf('Hi', { logprobs }) + done);
  expect(frame(log, { selected: 0 }).slice(0, 6)).toEqual([
    '   #       at     gap   finish_reason delta                │ chunk 0 of 0–1 · 0 ms · 414 B',
    "›  0     0 ms       –   –             'Hi'  75.0 %         │",
    '   1     0 ms       –   –             [DONE]               │ how likely each token was, and others',
    "                                                           │ 'Hi'      75.0 %  ██████████████████████▌",
    "                                                           │   'Hey'   20.0 %  ██████",
    "                                                           │   '\\n'     0.0 %",
  ]);
  const words = frame(log, { selected: 0, look: plain, rows: 30 });
  expect(words).toContain("'Hi'      75.0 %");
  expect(words.join('')).not.toMatch(/[█▌│]/);
});

test('pieces of tool calls stand in the list and in the JSON', async () => {
  const call = { tool_calls: [{ index: 0, function: { arguments: '{"city' } }] };
  const lines = frame(await streamed(eventOf(call), done), { selected: 0, width: 130, rows: 20 });
  expect(lines[1]).toContain(`tool_call '{"city'`);
  expect(lines.join('\n')).toContain(`           "arguments": "{\\"city"`);
});

test('an answer that came in one piece is JSON as well, and so is an error', async () => {
  const log = await wholeAnswer({ object: 'chat.completion', usage: { total_tokens: 3 } });
  const layout = chunksTab(viewOf(log, { rows: 9 }));
  expect(shown(layout.lines)).toEqual([
    'No chunks: this came as one object.',
    '',
    '{',
    '  "object": "chat.completion"  // This is a chat.completion.',
    '  "usage": {',
    '    "total_tokens": 3',
    '  }',
    '}',
    '',
  ]);
  expect(layout.markable).toBe(0);
  // Refused, so that the SDK gave no object: its bytes are there.
  const refused = logOf(log.events.filter(({ type }) => type !== 'response'));
  expect(frame(refused)).toEqual(frame(log));
  expect(frame(logOf(helloRun.slice(0, 1)))[0]).toBe('Nothing has been sent yet.');
  expect(frame(logOf(helloRun.slice(0, 3)))[0]).toBe('Nothing has come yet.');
});

test('where nothing can be shown it is said why not, and what tells more', async () => {
  const said = (...events: readonly RunEvent[]) => frame(logOf(events))[0];
  expect(said(...limitedRun)).toBe(
    'The server answered with HTTP 429, an error: there are no chunks. Response shows it.',
  );
  expect(said(...limitedRun.slice(0, 4))).toContain('there are no chunks so far.');
  const sent = helloRun.slice(0, 3);
  const nobody = thrown(9, { className: 'APIConnectionError' });
  expect(said(...sent, attemptFailed(9, 'refused'), nobody, stepEnd(9, 'error'))).toBe(
    'There was no connection, so there are no chunks. Response says why.',
  );
  expect(said(...sent, attemptFailed(9, 'refused'))).toContain('Nobody answered');
  expect(said(...helloHeaders)).toBe('The headers are here; no chunk has come yet.');
  expect(said(...helloHeaders, stepEnd(480, 'aborted'))).toBe('You stopped it before a chunk came.');
  expect(said(...helloHeaders, stepEnd(480, 'cut'))).toContain('The connection broke');
  expect(said(...helloHeaders, stepEnd(480, 'no-done'))).toBe('The stream ended before a chunk came.');
  expect(said(...sent.slice(0, 2), thrown(1, {}), stepEnd(1, 'unsent'))).toContain('Nothing was sent');
  const half = await answered(['<html>']);
  expect(frame(half)[0]).toBe('What came is neither a stream of chunks nor JSON. Wire shows its bytes.');
  expect(said(...half.events.slice(0, 5))).toBe('No whole event has come yet.');
  const answer = { 'content-type': 'application/json' };
  const whole = await answered(['{"error":{"message":"No."}}'], {}, answer);
  const refused = whole.events.map((event) => (event.type === 'headers' ? { ...event, status: 400 } : event));
  const rows = frame(logOf(refused.filter(({ type }) => type !== 'chunk')));
  expect(rows[0]).toBe('No chunks: the server answered with HTTP 400, an error, in one object.');
  expect(rows).toContain('    "message": "No."');
});

test('at every size it keeps its rows and its width, and nothing of a server is obeyed', async () => {
  for (const [name, log] of Object.entries(await oddStreams())) {
    for (const rows of [8, 9, 12, 13, 21, 36, 60]) {
      for (const [at, width] of [44, 57, 78, 89, 90, 118, 200].entries()) {
        for (const look of [undefined, plain]) {
          const more = { rows, width, selected: at % 3 === 0 ? null : 1, scroll: at * 3 };
          const { lines } = chunksTab(viewOf(log, look ? { ...more, look } : more));
          expect(lines, `${name} ${width}×${rows}`).toHaveLength(rows);
          expect(widest(lines), `${name} ${width}×${rows}`).toBeLessThanOrEqual(width);
          expect(shown(lines).join('|')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
        }
      }
    }
  }
});
