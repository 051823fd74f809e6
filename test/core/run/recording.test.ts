import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { usageFigures } from '../../../src/core/run/figures.ts';
import { logOf, writeRecording } from '../../../src/core/run/recording.ts';
import { readRecording } from '../../../src/core/run/recording-read.ts';
import { abortedRun, helloRun, limitedRun, retriedRun, stillClock } from '../../helpers/logs.ts';
import { anyRun } from '../../helpers/run-arbitrary.ts';

const whole = (events: readonly RunEvent[]) => ({ events, problems: [], notes: [] });

describe('a recording', () => {
  test.each([
    ['a run', helloRun],
    ['a run that was stopped', abortedRun],
    ['a refused run', limitedRun],
    ['a retried run', retriedRun],
  ])('of %s gives it back', (_, events) => {
    expect(readRecording(writeRecording(events))).toEqual(whole(events));
  });

  test('of any run gives it back, as a text and as bytes', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const text = writeRecording(events);
        // What JSON cannot hold, half a character, is escaped in it and comes back.
        expect(readRecording(text)).toEqual(whole(events));
        expect(readRecording(Buffer.from(text))).toEqual(whole(events));
      }),
      { numRuns: 80 },
    );
  });

  test('is one JSON object a line, and nothing in it that a terminal obeys', () => {
    const hostile: RunEvent[] = [
      ...helloRun.slice(0, 4),
      { type: 'event', at: 471, step: 0, index: 0, start: 0, end: 9, data: '\x1b]0;x\x07\u202e\u2028\x9b' },
    ];
    const text = writeRecording(hostile);
    expect(text).toMatch(/^[\n\x20-\x7e]*$/);
    const [head, ...lines] = text.trimEnd().split('\n');
    expect(JSON.parse(head!)).toEqual({ recording: 'first-token', version: 1, events: 5 });
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(hostile.map(({ type }) => type));
    expect(readRecording(text).events).toEqual(hostile);
  });

  test('gives the summary and the figures of the run itself', () => {
    const live = logOf({ events: helloRun }, stillClock);
    const opened = logOf(readRecording(writeRecording(helloRun)), stillClock);
    expect(opened.summary).toEqual(live.summary);
    expect(opened.text(0)).toBe('Hello World!');
  });

  test('may be the lines that `run --json` prints, which name no format', () => {
    const text = writeRecording(helloRun);
    expect(readRecording(text.slice(text.indexOf('\n') + 1))).toEqual(whole(helloRun));
    expect(readRecording(text.replaceAll('\n', '\r\n'))).toEqual(whole(helloRun));
  });
});

describe('a recording cut off', () => {
  const text = writeRecording(helloRun);

  test('at any byte gives all the events before the cut, and says that it was cut', () => {
    const bytes = Buffer.from(text);
    for (let end = 0; end < bytes.length; end++) {
      const { events, problems } = readRecording(bytes.subarray(0, end));
      // A line is whole also without its line feed.
      const lines = text.slice(0, end).split('\n').length - 1 + (text[end] === '\n' ? 1 : 0);
      expect(events).toEqual(helloRun.slice(0, Math.max(0, lines - 1)));
      if (events.length === 0) expect(problems).toEqual([expect.stringMatching(/recording/)]);
      else if (events.length < helloRun.length) expect(problems.join(' ')).toContain(`can be read`);
      logOf({ events }, stillClock);
    }
  });

  test('in the middle of a line names that line', () => {
    const { problems } = readRecording(text.slice(0, text.indexOf('" World"')));
    expect(problems).toEqual([
      'The file breaks off in the middle of line 11.',
      `It says that it holds ${helloRun.length} events; 9 can be read.`,
    ]);
  });
});

describe('a damaged recording', () => {
  const lines = writeRecording(helloRun).trimEnd().split('\n');
  const read = (changed: readonly string[]) => readRecording(`${changed.join('\n')}\n`);

  test('shows an empty row for one that is lost, so that all others keep their numbers', () => {
    const at = lines.findIndex((line) => line.includes('"chunk","at":602'));
    const { events, problems } = read(lines.with(at, '{"type":"chunk","at":6'));
    expect(events).toHaveLength(helloRun.length);
    const lost = events.findIndex((event) => event.type === 'chunk' && event.index === 2);
    expect(events[lost]).toEqual({ type: 'chunk', at: 640, step: 0, index: 2, chunk: null });
    expect(events.toSpliced(lost, 1)).toEqual(helloRun.toSpliced(at - 1, 1));
    expect(problems).toContain(`Line ${at + 1} is no JSON object and was left out.`);
    expect(problems).toContain('Chunk 2 of request 1 is missing, and stands there empty.');
  });

  test('shows what is left where the beginnings of the run and of its request are lost', () => {
    const { events, problems } = read([lines[0]!, ...lines.slice(3)]);
    const log = logOf({ events }, stillClock);
    expect(log.text(0)).toBe('Hello World!');
    expect(log.summary.steps).toMatchObject([{ outcome: 'complete', isStream: true, status: 200 }]);
    expect(problems).toContain('The beginning of the run is missing: who was asked is not known.');
    expect(problems).toContain('The beginning of request 1 is missing: what was asked may be incomplete.');
  });

  test('is put in order by its times', () => {
    for (const mixed of [lines.toReversed(), [...lines.slice(9), ...lines.slice(0, 9)]]) {
      const { events, problems } = read(mixed);
      expect(events).toEqual(helloRun);
      expect(problems).toContain('The lines are out of order: they were put in order by their times.');
    }
  });

  test('says what came twice, and shows it once', () => {
    const { events, problems } = read([...lines.slice(0, 9), lines[8]!, lines[2]!, ...lines.slice(9)]);
    expect(events).toEqual(helloRun);
    expect(problems.join(' ')).toMatch(/Lines 10 and 11 do not fit the others and were left out\./);
  });

  test('of a newer version is read as far as it is known', () => {
    const head = '{"recording":"first-token","version":7,"mood":"new"}';
    const more = lines[8]!.replace('{', '{"colour":"red",');
    const { events, problems } = read([
      head,
      '{"type":"pause","at":0}',
      ...lines.slice(1, 8),
      more,
      ...lines.slice(9),
    ]);
    expect(events).toEqual(helloRun);
    expect(problems).toEqual([
      'It is a recording of version 7, and this program knows version 1: what it knows of it is shown.',
      'Line 2 is of a kind that is not known here and was left out.',
    ]);
  });

  test('tells many lines in one sentence', () => {
    const { events, problems } = read([...lines, ...Array.from({ length: 500 }, () => 'x')]);
    expect(events).toEqual(helloRun);
    const first = lines.length + 1;
    expect(problems).toEqual([
      `Lines ${first}, ${first + 1}, ${first + 2} and 497 more are no JSON objects and were left out.`,
    ]);
  });
});

describe('a file that is no recording', () => {
  const noRecording = 'This is no recording: no line of it is an event of a run.';
  const random = Uint8Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 251);

  test.each<readonly [string, string | Uint8Array]>([
    ['nothing', ''],
    ['blank lines', '\n\r\n \n'],
    ['a text', 'Hello\nWorld'],
    ['binary', random],
    ['control characters', '\x1b]0;gotcha\x07\x1b[2J\n\x9b31m\u202e'],
    ['other JSON', '{"a":1}\n[1,2]\nnull\n"x"\n7\n'],
    ['a line of 10 MB', 'x'.repeat(10_000_000)],
    ['a JSON line of 10 MB', JSON.stringify({ type: 'y', text: 'x'.repeat(10_000_000) })],
    ['a million broken lines', '{\n'.repeat(1_000_000)],
  ])('%s: one sentence', (_, text) => {
    expect(readRecording(text)).toEqual({ events: [], problems: [noRecording], notes: [] });
  });

  test('or one without a run in it: one sentence', () => {
    expect(readRecording('{"recording":"first-token","version":1}\n').problems).toEqual([
      'The recording is empty: there is no event of a run in it.',
    ]);
    expect(readRecording('{"recording":"first-token","version":2}\n').problems).toEqual([
      expect.stringMatching(/^It is a recording of version 2/),
    ]);
  });
});

describe('a hostile recording', () => {
  const line = (event: object) => JSON.stringify(event);
  const start = helloRun.slice(0, 4).map(line);
  const nested = JSON.parse(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`);

  test.each<readonly [string, object]>([
    ['a time that is none', { type: 'chunk', at: null, step: 0, index: 0, chunk: {} }],
    ['a time before the start', { type: 'chunk', at: -1, step: 0, index: 0, chunk: {} }],
    ['a time after all ages', { type: 'chunk', at: 1e300, step: 0, index: 0, chunk: {} }],
    ['an index out of range', { type: 'chunk', at: 480, step: 0, index: 2 ** 40, chunk: {} }],
    ['half an index', { type: 'chunk', at: 480, step: 0, index: 0.5, chunk: {} }],
    ['a step that never began', { type: 'chunk', at: 480, step: 5, index: 0, chunk: {} }],
    ['a step far away', { type: 'step-end', at: 480, step: 1e6, outcome: 'complete' }],
    ['a step by a name', { type: 'chunk', at: 480, step: '__proto__', index: 0, chunk: {} }],
    ['a value nested without end', { type: 'chunk', at: 480, step: 0, index: 0, chunk: nested }],
    ['a chunk that is not there', { type: 'chunk', at: 480, step: 0, index: 0 }],
    ['an answer that is not there', { type: 'response', at: 480, step: 0 }],
    ['bytes that are not as long as they say', { ...read(0, 5), bytes: 'YWI=' }],
    ['bytes from behind', { ...read(5, 0), bytes: '' }],
    ['bytes that are no text', { ...read(0, 2), bytes: [97, 98] }],
    ['an outcome of its own', { type: 'step-end', at: 480, step: 0, outcome: 'toString' }],
    [
      'headers of another form',
      { type: 'headers', at: 480, step: 0, attempt: 0, status: 200, headers: [['a']] },
    ],
    [
      'a try of a million',
      { type: 'attempt-failed', at: 480, step: 0, attempt: 1e6, message: '', code: null },
    ],
    ['an error that is none', { type: 'error', at: 480, step: 0, error: 'boom' }],
    ['a request that is none', { ...helloRun[1], step: 1, request: { kind: 'chat', body: 'hi' } }],
    ['an endpoint of a kind of its own', { ...helloRun[1], step: 1, target: { kind: 'x', baseURL: '' } }],
  ])('with %s loses that line and no other', (_, bad) => {
    const { events, problems } = readRecording(
      [...start, line(bad), ...helloRun.slice(4).map(line)].join('\n'),
    );
    expect(events).toEqual(helloRun);
    expect(problems).toEqual([expect.stringMatching(/^Line 5 (is no event of a run|does not fit)/)]);
  });

  function read(from: number, to: number) {
    return { type: 'read', at: 480, step: 0, attempt: 0, index: 0, start: from, end: to };
  }

  test('with a million steps, or a million tries of one, opens at once', () => {
    const steps = Array.from({ length: 4000 }, (_, step) => line({ ...helloRun[1], step }));
    const tries = Array.from({ length: 4000 }, (_, attempt) => line({ ...helloRun[2], attempt }));
    const { events } = readRecording([start[0], ...steps, ...tries].join('\n'));
    const { summary } = logOf({ events }, stillClock);
    expect(summary.steps).toHaveLength(200);
    expect(summary.steps[0]!.attempts).toHaveLength(100);
  });

  test('with a request of any form gives one that names a model and has messages with roles', () => {
    const bodies = [
      {},
      { model: 7, messages: 'hi' },
      { messages: [null, 'x', { content: 'y' }, { role: 'user' }] },
    ];
    const requests = bodies.map((body, step) => ({ ...helloRun[1], step, request: { kind: 'chat', body } }));
    const { events } = readRecording([start[0], ...requests.map(line)].join('\n'));
    expect(events.slice(1)).toMatchObject([
      { request: { body: { model: '', messages: [] } } },
      { request: { body: { model: '', messages: [] } } },
      { request: { body: { model: '', messages: [{ role: '', content: 'y' }, { role: 'user' }] } } },
    ]);
  });

  test('of lines in any state never throws, and what it gives can be folded and kept again', () => {
    const lines = [...helloRun, ...limitedRun].map(line);
    const damage = fc.record({
      at: fc.nat(lines.length - 1),
      from: fc.nat(200),
      by: fc.constantFrom('', '"', '}', '-', '9e99', 'null', '\u0000', '[', '{"a":', 'e', '0'),
      length: fc.nat(6),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 8 }), (all) => {
        const changed = [...lines];
        for (const { at, from, by, length } of all) {
          changed[at] = changed[at]!.slice(0, from) + by + changed[at]!.slice(from + length);
        }
        const { events, problems } = readRecording(changed.join('\n'));
        const { summary } = logOf({ events }, stillClock);
        summary.steps.map(usageFigures);
        expect(writeRecording(readRecording(writeRecording(events)).events)).toBe(writeRecording(events));
        if (events.length === 0) expect(problems).toHaveLength(1);
      }),
      { numRuns: 80 },
    );
  });
});
