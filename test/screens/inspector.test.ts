import { beforeEach, describe, expect, test } from 'vitest';
import { overlay } from '../../src/components/binding.ts';
import { footer } from '../../src/components/footer.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import { momentsOf } from '../../src/core/run/moments.ts';
import { writeRecording } from '../../src/core/run/recording.ts';
import { readRecording } from '../../src/core/run/recording-read.ts';
import type { PastRun } from '../../src/core/session.ts';
import { inspectorHelp } from '../../src/screens/inspector/inspector-keys.ts';
import { InspectorModel } from '../../src/screens/inspector/inspector-model.ts';
import type { InspectorTools } from '../../src/screens/inspector/inspector-tools.ts';
import { inspectorView } from '../../src/screens/inspector/inspector-view.ts';
import { shown, stylesOf, widest } from '../components/shown.ts';
import { abortedRun, helloRun, helloStream, limitedRun, logOf, retriedRun } from '../helpers/logs.ts';
import { done, eventOf, streamed } from '../helpers/streams.ts';
import { stillInspector, world } from './world.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));
const look = { isPlain: false };

function inspectorWorld(tools: Partial<InspectorTools> = {}, size = { width: 118, rows: 34 }) {
  const { session } = world();
  const said: string[] = [];
  const left: string[] = [];
  const model = new InspectorModel(
    {
      session,
      say: (notice) => said.push(notice),
      changed: () => {},
      go: () => {},
      leave: () => left.push('left'),
      inspect: () => {},
    },
    stillInspector(tools),
  );
  const lines = () => inspectorView(model, size.width, size.rows, look);
  return {
    model,
    here: () => model.inspection!,
    said,
    left,
    lines,
    text: () => shown(lines()).join('\n'),
    press: (...keys: readonly string[]) => {
      for (const key of keys) {
        // Views set the measures that keys move by.
        lines();
        model.press(key);
      }
    },
    type: (text: string) => {
      for (const char of text) model.press(char === ' ' ? 'space' : char);
    },
    labels: () => model.bindings().map(({ label }) => label),
    search: async (query: string) => {
      lines();
      for (const key of ['/', ...query, 'enter']) model.press(key === ' ' ? 'space' : key);
      await settled();
    },
    /** What is marked as found. */
    found: () => lines().flatMap((row) => row.flatMap(({ text, style }) => (style === 'found' ? text : []))),
  };
}

const run = (events: readonly RunEvent[], id = '3b'): PastRun => ({ id, log: logOf(events) });

/** A request, and another one behind it that was stopped. */
const twice: readonly RunEvent[] = [
  ...helloRun.filter(({ type }) => type !== 'run-end'),
  ...abortedRun.flatMap((event) => ('step' in event ? [{ ...event, step: 1, at: event.at + 700 }] : [])),
  { type: 'run-end', at: 1310, outcome: 'aborted' },
];

/** What leads out of the inspector, as everywhere. */
const leaving = [
  { id: 'help', keys: ['?'], label: 'keys', isExit: true },
  { id: 'back', keys: ['esc'], shown: 'Esc', label: 'back', isExit: true },
];

let at: ReturnType<typeof inspectorWorld>;
beforeEach(() => {
  at = inspectorWorld();
  at.model.inspect(run(helloRun));
});

test.each([
  [120, 36],
  [80, 20],
  [60, 16],
  [44, 8],
])('every tab of every kind of run keeps to %i × %i cells', (width, rows) => {
  for (const events of [helloRun, helloStream, abortedRun, limitedRun, retriedRun]) {
    const place = inspectorWorld({}, { width, rows });
    place.model.inspect(run(events));
    place.here().other = { run: run(helloRun, 'other'), step: 0 };
    for (const key of ['1', '2', '3', '4', '5', '6', '7']) {
      place.press(key);
      for (const more of ['', 'up', 'x', 'space', ',']) {
        if (more) place.press(more);
        const lines = place.lines();
        expect(lines).toHaveLength(rows);
        expect(widest(lines)).toBeLessThanOrEqual(width);
      }
      place.here().replay.seek(1e9);
    }
  }
});

test('the arrows go through the tabs, numbers to one, and the marked event stays the same in all that list events', () => {
  at.press('g', 'down');
  expect(at.here().selected).toBe(1);
  at.press('right');
  expect([at.here().tab, at.here().selected]).toEqual(['wire', 1]);
  at.press('4', 'down');
  expect([at.here().tab, at.here().selected]).toEqual(['request', null]);
  at.press('6');
  expect([at.here().tab, at.here().selected]).toEqual(['assembly', 1]);
  at.press('right', 'right', 'left');
  expect(at.here().tab).toBe('diff');
});

test('from the newest, which is followed, the first step up goes to the one before it', () => {
  at.press('k');
  expect(at.here().selected).toBe(3);
  at.press('G', 'pageup');
  expect(at.here().selected).toBe(0);
  at.press('G', 'down');
  expect(at.here().selected).toBe(4);
  while (at.here().finding.filter !== 'content') at.press('f');
  at.press('G', 'up');
  expect(at.here().selected).toBe(2);
});

test('a stream at which the SDK threw opens at that event, and G goes to the last one', async () => {
  const { events } = await streamed(eventOf('Hi'), `data: {"choices\n\n${done}`);
  at.model.inspect(run(events));
  for (const tab of ['1', '2', '3']) {
    at.press(tab);
    expect(at.text()).toMatch(/(event|#)\s?1 of 0–2/);
  }
  at.press('1', 'G');
  expect(at.text()).toContain('event 2 of 0–2');
  at.press('up');
  expect(at.here().selected).toBe(1);
});

test('what is no stream is read from its beginning, to a last row', () => {
  at.here().other = { run: run(abortedRun, 'stopped'), step: 0 };
  at.press('7', 'down');
  expect(at.here().selected).toBe(1);
  at.press(',');
  expect(at.text()).toContain('paused');
  // First back to the newest, then to the last row.
  at.press('G');
  expect(at.text()).toContain('at the end');
  at.press('G', 'down');
  expect(at.here().selected).toBe(at.here().extent.markable - 1);
});

describe('where there is little room', () => {
  const sizes = [44, 60, 78, 80, 100, 118].map((width) => ({ width, rows: 20 }));

  test.each(sizes)(
    'the open tab is seen beside all that is filtered and found, in $width cells',
    async (size) => {
      const place = inspectorWorld({}, size);
      place.model.inspect(run(helloRun));
      while (place.here().finding.filter !== 'content') place.press('f');
      await place.search('a text that is nowhere');
      for (const [key, name] of [
        'chunks',
        'wire',
        'time',
        'request',
        'response',
        'assembly',
        'diff',
      ].entries()) {
        place.press(String(key + 1));
        const [row] = place.lines();
        expect(stylesOf([row!], ` ${name} `)).toContain('selected');
        expect(shown([row!])[0]).toContain('only content');
        if (size.width >= 60) expect(shown([row!])[0]).toContain('0 found');
      }
    },
  );

  test('the names of all tabs stand beside a search, closer together where they must', async () => {
    const tabs = async (width: number, query: string) => {
      const place = inspectorWorld({}, { width, rows: 20 });
      place.model.inspect(run(helloRun));
      place.press('2');
      if (query) await place.search(query);
      const [row] = place.lines();
      expect(stylesOf([row!], ' wire ')).toEqual(['selected']);
      return shown([row!])[0];
    };
    const finish = 'finish_reason';
    expect(await tabs(60, '')).toBe(' chunks  wire  time request response assembly diff');
    expect(await tabs(80, finish)).toBe(
      ' chunks  wire  time request response assembly diff      / finish_reason 5 found',
    );
    expect(await tabs(68, finish)).toBe(
      ' chunks  wire  time request response assembly diff   / fin… 5 found',
    );
    expect(await tabs(60, finish)).toBe('  wire  2 of 7                      / finish_reason 5 found');
  });

  test.each(sizes)('what tells one request from the others is not cut off, in $width cells', (size) => {
    const place = inspectorWorld({}, size);
    const labels = ['without include_usage', 'with include_usage'];
    const events = twice.map((event) =>
      event.type === 'step-start' ? { ...event, label: labels[event.step]! } : event,
    );
    place.model.show('first-token-2026-01-02-1A.jsonl', { events, problems: [], notes: [] });
    const labelled = () => shown(place.lines())[1];
    if (size.width >= 60)
      expect(labelled()).toMatch(/^ .*1A\.jsonl › (request )?1 of 2, without include_usage .*complete$/);
    else expect(labelled()).toMatch(/^ …A\.jsonl › 1 of 2, without.*complete$/);
    place.press(']');
    expect(labelled()).toMatch(/ 2 of 2, with .*stopped$/);
  });

  test('of a long path the end is kept, which names the file', () => {
    const place = inspectorWorld({}, { width: 44, rows: 20 });
    const path = '/home/somebody/recordings/3b-2026-11-28.jsonl';
    place.model.show(path, { events: helloRun, problems: [], notes: [] });
    expect(shown(place.lines())[1]).toBe(' …3b-2026-11-28.jsonl 200  stream  complete');
  });

  test.each([44, 60, 80])('two requests held against each other are told apart, in %i cells', (width) => {
    const place = inspectorWorld({}, { width, rows: 20 });
    place.model.show('3d-2026-11-28-18-51-19-of-a-long-name.jsonl', {
      events: twice,
      problems: [],
      notes: [],
    });
    place.press('d');
    expect(shown(place.lines())[2]).toMatch(/› .*t 2 of 2 {2}stopped/);
    place.press('enter');
    const rows = shown(place.lines());
    expect(rows[2]).toMatch(/^ {4}A {2}03:04:05 .*t 1 of 2 {2}complete$/);
    expect(rows[3]).toMatch(/^ {4}B {2}03:04:05 .*t 2 of 2 {2}stopped$/);
  });

  test('what differs stands below A and B', () => {
    const place = inspectorWorld({}, { width: 60, rows: 20 });
    place.model.show('3d', { events: twice, problems: [], notes: [] });
    place.press('d', 'enter');
    expect(shown(place.lines()).slice(2, 6)).toEqual([
      '    A  03:04:05  3d › request 1 of 2  complete',
      '    B  03:04:05  3d › request 2 of 2  stopped',
      '    7 differences, ! matters        A           B',
      ' ›! outcome  ended                  stop        aborted',
    ]);
    expect(shown(inspectorView(place.model, 60, 12, look))[2]).toMatch(/differences, ! matters +A {11}B$/);
  });

  test('the footer has the keys that are needed most', async () => {
    const keys = (columns: number) => shown([footer(overlay(at.model.bindings(), leaving), columns)])[0];
    at.model.inspect(run(twice));
    at.lines();
    expect(keys(60)).toBe(' ←→ tab   ↑↓ row   ] request   / search   ? keys   Esc back');
    expect(keys(80)).toContain('/ search   f filter');
    at.press('2');
    at.lines();
    expect(keys(80)).not.toContain('x hex');
    at.model.inspect(run((await streamed(eventOf('Hi') + done)).events));
    at.press('2');
    at.lines();
    expect(keys(60)).toContain('x hex');
    at.model.inspect(run(helloRun));
    at.lines();
    expect(keys(80)).toContain('/ search   f filter   Space replay');
    at.press(',');
    expect(keys(60)).toBe(' ←→ tab   ↑↓ row   Space play   , . step   ? keys   Esc back');
    at.press('space');
    expect(keys(60)).toContain('Space pause');
    at.press('space', 'G', '5');
    at.lines();
    expect(keys(60)).not.toContain('row');
    at.press('1');
    at.lines();
    expect(keys(118)).toMatch(/d diff {3}s save {3}r runs/);
  });
});

describe('finding', () => {
  test('a text is searched for, and n goes from one event that has it to the next, round the end', async () => {
    at.press('/');
    at.type('lo');
    expect(at.model.isTyping).toBe(true);
    at.press('enter');
    await settled();
    const first = at.here().selected;
    expect(at.text()).toContain('/ lo 1 found');
    expect(first).toBe(1);
    at.press('n');
    expect(at.here().selected).toBe(first);
  });

  test('a path finds the events that have something there', async () => {
    await at.search('choices[0].finish_reason');
    expect(at.here().selected).toBe(4);
  });

  test('what is nowhere is said', async () => {
    await at.search('zebra');
    expect(at.said).toEqual(['No event has zebra.']);
    expect(at.text()).toContain('/ zebra 0 found');
    expect(at.labels()).not.toContain('next');
  });

  test('it is marked and in view wherever it stands: in the JSON, in the bytes and in their numbers', async () => {
    const { search, found } = at;
    const lorem = 'lorem ipsum '.repeat(10_000);
    at.model.inspect({
      id: '3b',
      log: await streamed(eventOf(`${lorem}Needle ${lorem}`) + eventOf('A needle') + done),
    });

    await search('needle');
    // Of so long a text the JSON has only the beginning.
    expect(at.here().selected).toBe(0);
    expect(at.text()).toContain('Found in its bytes, which the wire tab shows.');
    at.press('2');
    expect(found()).toEqual(['Needle']);
    expect(at.text()).toMatch(/… 11\d{4} B before, all there as hexadecimal numbers/);
    at.press('x');
    expect(found().join('')).toBe('4e656564Need6c65le');
    at.press('x', 'J', 'J', 'J');
    expect(found()).toEqual(['Needle']);
    expect(at.text()).not.toContain('B before');

    at.press('1', 'n');
    expect(at.here().selected).toBe(1);
    expect(at.text()).not.toContain('Found in its bytes');
    expect(found()).toEqual(['needle']);
    await search('choices[0].delta.content');
    expect(found()).toEqual(['"content"']);
  });

  test('it is in view also where only a row or two are left for the detail', async () => {
    const text = `${'lorem ipsum '.repeat(60)}needle`;
    const { events } = await streamed(eventOf(text) + done);
    for (const rows of [7, 8, 9, 12]) {
      const place = inspectorWorld({}, { width: 78, rows });
      place.model.inspect(run(events));
      await place.search('needle');
      for (const tab of ['1', '2']) {
        place.press(tab);
        expect(stylesOf(place.lines(), 'needle'), `${rows} rows, tab ${tab}`).toContain('found');
      }
    }
  });

  test('a word that means nothing to us is sought like any other, and a path in whatever form', async () => {
    const search = async (query: string) => {
      await at.search(query);
      return at.found();
    };
    const { events } = await streamed(eventOf('it is undefined here') + done);
    at.model.inspect(run(events));
    at.here().selected = 0;
    at.lines();
    expect(await search('undefined')).toEqual(['undefined']);
    expect(await search('choices[0]')).toEqual(['"choices"']);
    expect(await search('$.choices[0].delta')).toEqual(['"delta"']);
  });

  test('a search begins empty; left so it is dropped, and cancelled it keeps the last one', async () => {
    const search = async (...keys: readonly string[]) => {
      at.press('/');
      expect(shown(at.lines())[0]!.trimEnd()).toBe(' search:');
      at.press(...keys);
      await settled();
      return at.here().finding.search?.sought.query;
    };
    expect(await search('enter')).toBeUndefined();
    expect(await search('l', 'o', 'enter')).toBe('lo');
    expect(at.labels()).toContain('next');
    expect(await search('esc')).toBe('lo');
    expect(await search('H', 'enter')).toBe('H');
    expect(await search('enter')).toBeUndefined();
    expect(at.labels()).not.toContain('next');
    expect(at.said).toEqual([]);
  });

  test('what has come since is found, too', async () => {
    const { log } = run(helloStream.slice(0, 8));
    at.model.inspect({ id: '3b', log });
    await at.search('World');
    expect(at.labels()).not.toContain('next');
    for (const event of helloStream.slice(8)) log.append(event);
    expect(at.text()).toContain('/ World 1 found');
    expect(at.labels()).toContain('next');
  });

  test('only what is listed is found: of the kind that is filtered, and at the moment that is looked at', async () => {
    const { search } = at;
    await search('assistant');
    expect(at.text()).toContain('/ assistant 1 found');
    expect(at.here().selected).toBe(0);
    while (at.here().finding.filter !== 'content') at.press('f');
    expect(at.text()).toContain('only content  / assistant 0 found');
    at.press('n');
    expect(at.here().selected).toBe(1);
    await search('assistant');
    expect(at.said).toEqual(['No content event has assistant.']);
    await search('l');
    expect(at.text()).toContain('/ l 3 found');
    at.press(',', ',', ',');
    expect(at.text()).toContain('/ l 2 found');
    at.press('n', 'n', 'n');
    expect(at.here().selected).toBe(1);
  });

  test('a filter goes through the kinds that there are, and all come back behind the last', () => {
    const kinds: unknown[] = [];
    for (let turn = 0; turn < 5; turn++) {
      at.press('f');
      kinds.push(at.here().finding.filter);
    }
    expect(kinds.filter(Boolean)).toEqual(expect.arrayContaining(['role', 'content', 'finish']));
    expect(kinds).toContain(null);
  });

  test('with a filter ↑ and ↓ go only through what it leaves', () => {
    while (at.here().finding.filter !== 'content') at.press('f');
    expect(at.here().selected).toBe(1);
    at.press('down', 'down', 'down', 'down');
    expect(at.here().selected).toBe(3);
  });
});

describe('time', () => {
  test('one goes back chunk by chunk, and all tabs are as they were then', () => {
    at.press(',', ',');
    expect(at.here().replay.isPlaying).toBe(false);
    expect(at.here().log.rows(0).chunks.length).toBeLessThan(5);
    expect(at.text()).toMatch(/paused +\d+ ms of 643 ms/);
    at.press('m', 'm', 'm');
    expect(at.text()).toContain('of 643 ms');
    at.here().replay.seek(1e9);
    expect(at.text()).toContain('at the end');
  });

  test('of several requests one goes through the chunks of the one looked at, from its beginning to its end', () => {
    at.model.inspect(run(twice), 1);
    const stops = (key: string) =>
      [1, 2, 3, 4, 5].map(() => {
        at.press(key);
        return [0, 1].map((step) => at.here().log.rows(step).chunks.length).join(' and ');
      });
    expect(stops(',')).toEqual(['5 and 3', '5 and 2', '5 and 1', '5 and 0', '5 and 0']);
    expect(at.here().log.summary.steps).toHaveLength(2);
    expect(stops('.')).toEqual(['5 and 1', '5 and 2', '5 and 3', '5 and 3', '5 and 3']);
    expect(at.here().log.summary.steps[1]?.outcome).toBe('aborted');
    at.press(']');
    expect(stops(',')).toEqual(['5 and 0', '4 and 0', '3 and 0', '2 and 0', '1 and 0']);
  });

  test('to the first content and no further: the answer is not there yet', () => {
    at.press('m');
    while (!at.text().includes('551 ms of')) at.press('m');
    expect(at.here().log.text(0)).toBe('Hello');
  });

  test('m goes through the moments that its help names, and says the end', () => {
    const { steps } = logOf(helloRun).summary;
    const seen = momentsOf(steps[0]!).map(({ name }) => {
      at.press('m');
      return [name, at.text().split('\n').at(-1)!.split('  ')[0]!.trim(), at.here().replay.atMs];
    });
    expect(seen).toEqual([
      ['headers', 'paused', 470],
      ['first event', 'paused', 512],
      ['first content', 'paused', 551],
      ['last content', 'paused', 640],
      ['end', 'at the end', 643],
    ]);
    expect(inspectorHelp.moment).toBe('the next moment: headers, first event, first and last content, end');
  });

  test('at the first event and the first content the chunk that is spoken of is that one', async () => {
    const { events } = await streamed(eventOf({ role: 'assistant' }) + eventOf('Hel') + eventOf('lo') + done);
    at.model.inspect(run(events));
    const spokenOf = () => {
      at.press('m');
      return /│ ((chunk|event) \d of 0–3)/.exec(at.text())?.[1];
    };
    // The headers come first, the end last.
    expect([1, 2, 3, 4, 5].map(spokenOf)).toEqual([
      undefined,
      'chunk 0 of 0–3',
      'chunk 1 of 0–3',
      'chunk 2 of 0–3',
      'event 3 of 0–3',
    ]);
  });

  test('of several requests, times and the replay count from the beginning of the one looked at', () => {
    at.model.inspect(run(twice), 1);
    expect(at.text()).toMatch(/at the end {2}610 ms of 610 ms/);
    at.press('m', 'm', 'm');
    expect(at.text()).toMatch(/› +1 +551 ms/);
    expect(at.text()).toMatch(/paused {2}551 ms of 610 ms/);
    at.here().replay.seek(100);
    expect(at.text()).toMatch(/paused {2}before this request/);
    at.press('G', 'space', 'space');
    expect(at.text()).toMatch(/paused {2}0 ms of 610 ms/);
    at.press(']');
    expect(at.text()).toMatch(/at the end {2}643 ms of 643 ms/);
  });

  test('at the moment of one request the next can be looked at, which has not begun', () => {
    at.model.inspect(run(twice));
    at.press('m', ']');
    expect(at.text()).toMatch(/› request 2 of 2, .* not begun/);
    expect(at.text()).toMatch(/paused {2}before this request/);
    at.press(']');
    expect(at.text()).toMatch(/› request 1 of 2, .* so far/);
  });

  test('a run of which no times are known tells none', () => {
    const [start, ...rest] = helloRun.map((event) => ({ ...event, at: 0 }));
    at.model.inspect(run([{ ...start, knownTimes: 'none' } as RunEvent, ...rest]));
    expect(at.text().split('\n').at(-1)).toMatch(/^ at the end +━*●/);
    expect(at.labels()).not.toContain('replay');
    expect(at.labels()).not.toContain('next moment');
    const state = () => {
      const rows = at.text().split('\n');
      return [/\S+( off| far)? *$/.exec(rows[1]!)?.[0].trim(), /^ (\w+( the end)?)/.exec(rows.at(-1)!)?.[1]];
    };
    at.press(',', ',');
    expect(state()).toEqual(['so far', 'paused']);
    // Without times the line goes by how much has come.
    expect(at.text().split('\n').at(-1)).toMatch(/━●─/);
    at.press('.', '.', '.');
    expect(state()).toEqual(['complete', 'at the end']);
    expect(at.text()).toMatch(/━●$/);
    at.press(',', 'space', 'm');
    expect(state()).toEqual(['so far', 'paused']);
    at.press('G');
    expect(state()).toEqual(['complete', 'at the end']);
  });

  test('a file that breaks off before the request has nothing to play', () => {
    at.model.show('cut.jsonl', { events: helloRun.slice(0, 1), problems: [], notes: [] });
    expect(at.labels()).not.toContain('replay');
  });

  test('stepped to its end, a file that breaks off says so again, and a run that goes on does not', () => {
    at.model.show('cut.jsonl', { events: helloStream, problems: [], notes: [] });
    at.press(',');
    expect(at.text()).toMatch(/so far[\s\S]* paused /);
    at.press('.');
    expect(at.text()).toMatch(/breaks off[\s\S]* at the end /);
    at.model.inspect(run(helloStream));
    at.press(',', '.');
    expect(at.text()).toMatch(/so far[\s\S]* paused /);
  });

  test('of a run that goes on one comes back to the newest, with G or behind its last chunk', () => {
    let now = 700;
    const log = logOf(helloStream, { now: () => now++, wallMs: () => 0, after: () => () => {} });
    at.model.inspect({ id: '3b', log });
    for (const keys of [['G'], ['.', '.']]) {
      at.press(',');
      expect(at.text()).toMatch(/so far[\s\S]* paused /);
      at.press(...keys);
      expect(at.text()).toMatch(/going on[\s\S]* live /);
    }
  });

  test('Space plays it, faster and slower', () => {
    at.press('space');
    expect(at.labels()).toContain('pause');
    expect(at.labels().filter((label) => label === 'play' || label === 'replay')).toEqual([]);
    at.press('>');
    expect(at.here().replay.speed).toBe(2);
    at.press('<', '<');
    expect(at.here().replay.speed).toBe(0.5);
    at.press('space');
    expect(at.text()).toMatch(/^ paused at 0\.5× /m);
    expect(at.labels()).toContain('play');
  });
});

describe('keeping', () => {
  test('a run is saved, and a report written, and one is told where', () => {
    const saved: unknown[] = [];
    const place = inspectorWorld({
      saveRun: (log, id) => {
        saved.push([id, log.events.length]);
        return 'Saved as run.jsonl in this folder.';
      },
      saveReport: (_, step, id, form) => {
        saved.push([id, step, form]);
        return 'Saved as report.svg in this folder.';
      },
    });
    place.model.inspect(run(helloRun));
    place.press('s', 'w', 'down', 'enter');
    expect(saved).toEqual([
      ['3b', helloRun.length],
      ['3b', 0, 'svg'],
    ]);
    expect(place.said).toEqual(['Saved as run.jsonl in this folder.', 'Saved as report.svg in this folder.']);
  });

  test('a recording is opened by its path; what could not be read is said', async () => {
    const place = inspectorWorld({
      openRun: async (path) => ({
        events: helloRun,
        problems: [`${path}, line 9 cannot be read.`],
        notes: [],
      }),
    });
    place.press('O');
    place.type('run.jsonl');
    place.press('enter');
    await settled();
    expect(place.text()).toContain("'Hello'");
    expect(place.said).toEqual(['run.jsonl, line 9 cannot be read.']);
  });

  test('of files, too, only the last are kept', () => {
    for (let number = 0; number < 60; number++) {
      at.model.show(`${number}.jsonl`, { events: abortedRun, problems: [], notes: [] });
    }
    at.press('r');
    const { labels } = at.model.asking.choices!;
    expect(labels.filter((label) => label.includes('.jsonl'))).toHaveLength(50);
    expect(labels[0]).toContain('59.jsonl');
  });

  test('the name of a file that cannot be read is there to be mended', async () => {
    at.press('O');
    at.type('nowhre');
    at.press('enter');
    await settled();
    expect(at.model.isTyping).toBe(true);
    expect(at.text()).toContain('the file of a recording: nowhre');
    at.press('esc');
    expect(at.model.isTyping).toBe(false);
  });

  test('a file that fails late takes nothing from what is typed by then', async () => {
    let fail = () => {};
    const place = inspectorWorld({
      openRun: () =>
        new Promise((resolve) => {
          fail = () => resolve({ events: [], problems: ['There is no such file.'], notes: [] });
        }),
    });
    place.model.inspect(run(helloRun));
    place.press('O');
    place.type('nope');
    place.press('enter', '/');
    place.type('hel');
    fail();
    await settled();
    expect(place.text()).toContain('search: hel');
    expect(place.said).toEqual(['There is no such file.']);
  });

  test('with nothing to compare with it is said so', () => {
    at = inspectorWorld();
    at.model.inspect(run(helloRun));
    at.press('d');
    expect(at.said[0]).toMatch(/^There is no other run to compare with yet/);
    expect(at.text()).toContain("'Hello'");
  });

  test('a file that is none leaves all as it was', async () => {
    at.press('O');
    at.type('nowhere');
    at.press('enter');
    await settled();
    expect(at.said).toEqual(['There is no such file.']);
    expect(at.here().run.id).toBe('3b');
  });
});

test('what a run holds in memory is said where its size is, for all its requests', async () => {
  const { events } = await streamed(eventOf('Hi') + done);
  const { bytes } = logOf(events).summary.steps[0]!;
  const again = events.flatMap((event) => ('step' in event ? [{ ...event, step: 1 }] : []));
  at.model.inspect(run([...events.filter(({ type }) => type !== 'run-end'), ...again]));
  at.press('5');
  expect(at.text()).toContain(`│ memory: wire ${2 * bytes} B, program 84.2 MB; last 50 runs kept`);
});

test('with no run yet one is told how to get one, and Esc leads back', () => {
  const place = inspectorWorld();
  place.model.enter();
  expect(place.text()).toContain('run a lesson, or open a recording with O');
  place.press('esc');
  expect(place.left).toEqual(['left']);
});

test('a recording opened again gives the same screens as the run did, tab by tab', async () => {
  for (const events of [helloRun, abortedRun, limitedRun, retriedRun]) {
    const { events: read, problems } = readRecording(writeRecording(events));
    expect(problems).toEqual([]);
    const [live, opened] = [inspectorWorld(), inspectorWorld()];
    live.model.inspect(run(events));
    opened.model.show('3b', { events: read, problems: [], notes: [] });
    for (const key of ['1', '2', '3', '4', '5', '6']) {
      for (const move of ['G', 'up', 'J']) {
        for (const place of [live, opened]) place.press(key, move);
        expect(opened.text()).toBe(live.text());
      }
    }
  }
});

test('two runs are held against each other, what matters first', () => {
  at.here().other = { run: run(abortedRun, 'stopped'), step: 0 };
  at.press('7');
  const text = at.text();
  expect(text).toMatch(/A .* 3b {2}complete\n.*B .* stopped {2}stopped\n.*differences/);
  expect(text).toMatch(/! outcome/);
});

test('a recording without an end breaks off, a run without one goes on', () => {
  const place = inspectorWorld();
  place.model.inspect(run(helloStream));
  expect(place.text()).toMatch(/going on[\s\S]* live /);
  place.model.show('cut.jsonl', { events: helloStream, problems: [], notes: [] });
  expect(place.text()).toMatch(/breaks off[\s\S]* at the end /);
});

test('one opened file is held against another', () => {
  const place = inspectorWorld();
  place.model.show('first.jsonl', { events: helloRun, problems: [], notes: [] });
  place.model.show('second.jsonl', { events: retriedRun, problems: [], notes: [] });
  place.press('d');
  expect(place.text()).toMatch(/first\.jsonl/);
  place.press('enter');
  expect(place.text()).toMatch(/A .*second\.jsonl .*\n.*B .*first\.jsonl /);
});

test('a recording can be opened where there are no runs yet', () => {
  const place = inspectorWorld();
  place.model.enter();
  expect(place.text()).toMatch(/There are none yet/);
  place.press('O');
  expect(place.text()).toMatch(/the file of a recording:/);
});

test('of a run with several requests each is told from the others', () => {
  const place = inspectorWorld();
  place.model.show('two.jsonl', { events: twice, problems: [], notes: [] });
  place.press('d');
  expect(place.text()).toMatch(/two\.jsonl › request 2 of 2 {2}stopped/);
  place.press('enter');
  expect(place.text()).toMatch(/A {2}03:04:05 {2}two\.jsonl › request 1 of 2/);
  expect(place.text()).toMatch(/B {2}03:04:05 {2}two\.jsonl › request 2 of 2/);
});

test('where there is nothing to choose, all that can be done is said in 60 cells, and only that', () => {
  const place = inspectorWorld({}, { width: 58, rows: 16 });
  place.model.enter();
  expect(place.text().replace(/\s+/g, ' ')).toContain('run a lesson, or open a recording with O.');
  expect(place.labels()).toEqual(['open a recording', 'close']);
});
