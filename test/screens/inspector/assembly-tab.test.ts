import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { assemblyTab } from '../../../src/screens/inspector/assembly-tab.ts';
import type { TabView } from '../../../src/screens/inspector/tab.ts';
import { plain, shown, stylesOf } from '../../components/shown.ts';
import {
  abortedRun,
  attempt,
  chat,
  chunk,
  headers,
  helloHeaders,
  helloRun,
  helloWords,
  logOf,
  response,
  runStart,
  stepEnd,
  stepStart,
} from '../../helpers/logs.ts';
import { viewOf } from './tab-view.ts';

const draw = (events: readonly RunEvent[], more: Partial<TabView> = {}) =>
  assemblyTab(viewOf(logOf(events), { width: 110, rows: 24, ...more }));
const frame = (...args: Parameters<typeof draw>) => shown(draw(...args).lines);

test('each step says what was added, and beside it stands the object with the new part marked', () => {
  expect(frame(helloRun, { selected: 2, rows: 22 })).toEqual([
    '    #  where                       what was added      │ after #2 of 0–4, ▌new▐',
    '    0  id                          "chatcmpl-1"        │',
    '    0  object                      "chat.completion"   │ {',
    '    0  created                     1                   │   "id": "chatcmpl-1"',
    '    0  model                       "gpt-4o-mini-2024-… │   "object": "chat.completion"',
    '    0  choices[0].message.role     "assistant"         │   "created": 1',
    '    0  choices[0].message.content  ""                  │   "model": "gpt-4o-mini-2024-07-18"',
    '    1  choices[0].message.content  "Hello"             │   "choices": [{',
    '›   2  choices[0].message.content  " World"            │     "index": 0',
    '    3  choices[0].message.content  "!"                 │     "message": {',
    '    4  choices[0].finish_reason    "stop"              │       "role": "assistant"',
    '                                                       │       "content": "Hello▌ World▐"',
    '                                                       │       "refusal": null',
    '                                                       │     }',
    '                                                       │     "finish_reason": null',
    '                                                       │   }]',
    '                                                       │ }',
    '                                                       │',
    '                                                       │ and without a stream?',
    '                                                       │ Without stream the same call returns such an object',
    '                                                       │ as a whole: what the delta of each chunk brings is',
    '                                                       │ ↓ 3 more',
  ]);
  expect(stylesOf(draw(helloRun, { selected: 2 }).lines, ' World')).toEqual(['selected', 'strong']);
});

test('in little room what is new comes first', () => {
  expect(frame(helloRun, { selected: 2, width: 60, rows: 14 }).slice(0, 10)).toEqual([
    '    #  where                       what was added',
    '    1  choices[0].message.content  "Hello"',
    '›   2  choices[0].message.content  " World"',
    '    3  choices[0].message.content  "!"',
    '    4  choices[0].finish_reason    "stop"',
    '────────────────────────────────────────────────────────────',
    'after #2 of 0–4, ▌new▐',
    'choices[0].message.content: "Hello▌ World▐"',
    '',
    '{',
  ]);
  expect(frame(helloRun, { selected: 2, width: 60, rows: 14, look: plain })).toContain(
    'choices[0].message.content: "Hello(new)  World"',
  );
});

test('while a stream goes on, the newest chunk is looked at, and nothing is said of its end', () => {
  const rows = frame(helloWords);
  expect(rows[0]).toContain('after #2 of 0–2');
  expect(rows.join()).not.toContain('without a stream?');
  expect(frame(helloHeaders)[0]).toBe('waiting for the first chunk');
});

test('a chunk that adds nothing is a row all the same', () => {
  const rows = frame([...helloWords, chunk(3, 610, {}), chunk(4, 620, '!')], { selected: 3 });
  expect(rows.some((row) => /^› {3}3 +\(nothing\) /.test(row))).toBe(true);
  expect(rows.find((row) => row.includes('"content": "Hello World"'))).toBeTruthy();
});

test('a stream that was stopped is no whole object', () => {
  const said = frame(abortedRun, { rows: 40 })
    .map((row) => row.split('│ ')[1] ?? '')
    .join(' ');
  expect(said).toContain('This stream was stopped, so the object is not whole: no chunk said finish_reason.');
});

test('what does not come in chunks does not add up', () => {
  const whole = [runStart('2a'), stepStart(chat()), response(2, 'Hi'), stepEnd(3)];
  expect(frame(whole).slice(0, 2).join(' ')).toContain('no chunks to add up');
  const refused = [runStart('3d'), stepStart(chat({ stream: true })), stepEnd(3, 'error')];
  expect(frame(refused)[0]).toBe('No chunk came: there is nothing to add up.');
  expect(frame([runStart('2a')])[0]).toBe('This request has not begun.');
});

const asked = (step: number, stream: boolean) => [
  stepStart(chat(stream ? { stream } : {}), { step }),
  attempt(step * 10, { step }),
  headers(step * 10, 200, { step }),
];
const twins = (streamed: string) =>
  logOf([
    runStart('3a'),
    ...asked(0, false),
    response(2, 'Hi.', { more: {} }),
    stepEnd(3),
    ...asked(1, true),
    chunk(0, 13, { role: 'assistant', content: streamed }, { step: 1 }),
    chunk(1, 14, {}, { step: 1, finish: 'stop' }),
    stepEnd(15, 'complete', 1),
  ]);
const ended = (streamed: string) => {
  const log = twins(streamed);
  const view = viewOf(log, { step: 1, summary: log.summary.steps[1]!, width: 110, rows: 40 });
  return shown(assemblyTab(view).lines)
    .map((row) => row.split('│ ')[1] ?? '')
    .join(' ');
};

test('where the run asked for the same without a stream, the two are compared', () => {
  expect(ended('Hi.')).toContain(
    'Request 1 of this run asked for the same without stream. What it got differs:',
  );
  expect(ended('Hi.')).toContain('usage: only the whole answer has it');
  expect(ended('Hi.')).not.toContain('choices[0].message.content: the stream');
  expect(ended('Ho.')).toContain('choices[0].message.content: the stream has "Ho.", the whole answer "Hi."');
});
