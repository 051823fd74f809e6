import { beforeAll, expect, test } from 'vitest';
import type { RunLog } from '../../../src/core/run/log.ts';
import type { TabView } from '../../../src/screens/inspector/tab.ts';
import { wireTab } from '../../../src/screens/inspector/wire-tab.ts';
import { plain, shown, stylesOf, widest } from '../../components/shown.ts';
import { logOf } from '../../helpers/logs.ts';
import { answered, done, eventOf, splitEmoji, streamed } from '../../helpers/streams.ts';
import { oddStreams, wholeAnswer } from './odd-streams.ts';
import { viewOf } from './tab-view.ts';

let emoji: RunLog;
beforeAll(async () => {
  emoji = await splitEmoji();
});

const frame = (log: RunLog, more?: Partial<TabView>) => shown(wireTab(viewOf(log, more)).lines);

test('an emoji in two reads and three events in one: sizes, events, text and marks', () => {
  expect(frame(emoji, { selected: 1 })).toEqual([
    'reads                 events         chunks                │ event 1 of 0–6 · bytes 123–246 · reads 0–1 · 0 ms',
    "┌ 0      0 ms  217 B  ┌ 0   123 B    #0 'Hi '              │",
    `│                     ├ 1   124 B ┐ ›#1 '😀'               │ data: {"id":"c1","object":"chat.completion.chunk","choice`,
    '├ 1      0 ms   30 B  │           ┘  split mid-character   │ s":[{"index":0,"delta":{"content":"▌┆😀▐"},"finish_reason',
    `├ 2      0 ms  370 B  ├ 2   124 B    #2 ' you'             │ ":null}]}⏎⏎`,
    "│                     ├ 3   124 B    #3 ' and'             │",
    "│                     ├ 4   122 B    #4 ' I'               │ in the answer",
    '├ 3      0 ms  124 B  ├ 5   110 B    #5 stop               │ Hi ▌😀▐ you and I',
    '└                     └ 6    14 B    [DONE]                │',
    '                                                           │ read 0: 217 B at 0 ms, holds events 0–1, ends inside a',
    '                                                           │ character: 2 of its 4 bytes',
    '                                                           │ read 1: 30 B at 0 ms, holds event 1, ends with event 1',
    ...Array(4).fill('                                                           │'),
  ]);
  expect(emoji.text(0)).toBe('Hi 😀 you and I');
});

test('in a narrow terminal the bytes stand below; as numbers they show where a read ends in a character', () => {
  expect(frame(emoji, { selected: 1, width: 78, rows: 20, isHex: true, scroll: 4 })).toEqual([
    'reads                 events         chunks',
    "┌ 0      0 ms  217 B  ┌ 0   123 B    #0 'Hi '",
    "│                     ├ 1   124 B ┐ ›#1 '😀'",
    '├ 1      0 ms   30 B  │           ┘  split mid-character',
    "├ 2      0 ms  370 B  ├ 2   124 B    #2 ' you'",
    "│                     ├ 3   124 B    #3 ' and'",
    "│                     ├ 4   122 B    #4 ' I'",
    '├ 3      0 ms  124 B  ├ 5   110 B    #5 stop',
    '──────────────────────────────────────────────────────────────────────────────',
    ` 171  22 2c 22 63 68 6f 69 63 65 73 22 3a 5b 7b 22 69  ","choices":[{"i`,
    ` 187  6e 64 65 78 22 3a 30 2c 22 64 65 6c 74 61 22 3a  ndex":0,"delta":`,
    ` 203  7b 22 63 6f 6e 74 65 6e 74 22 3a 22 f0 9f|98 80  {"content":"····`,
    ` 219  22 7d 2c 22 66 69 6e 69 73 68 5f 72 65 61 73 6f  "},"finish_reaso`,
    ` 235  6e 22 3a 6e 75 6c 6c 7d 5d 7d 0a 0a              n":null}]}··`,
    '',
    'in the answer',
    'Hi ▌😀▐ you and I',
    '',
    'read 0: 217 B at 0 ms, holds events 0–1, ends inside a character: 2 of its 4',
    '↓ 2 more',
  ]);
});

test('a screen reader gets the layers in words, row by row', () => {
  expect(frame(emoji, { selected: 1, look: plain, rows: 20 })).toEqual([
    'events, their reads and their chunks',
    "  event 0, 123 B, read 0; chunk 0: 'Hi '",
    "› event 1, 124 B, reads 0–1, split inside a character; chunk 1: '😀'",
    "  event 2, 124 B, read 2; chunk 2: ' you'",
    "  event 3, 124 B, read 2; chunk 3: ' and'",
    "  event 4, 122 B, read 2; chunk 4: ' I'",
    '  event 5, 110 B, read 3; chunk 5: stop',
    '  event 6, 14 B, read 3; [DONE]',
    '',
    'event 1 of 0–6 · bytes 123–246 · reads 0–1 · 0 ms',
    'data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"😀"},"finish_reason":null}',
    ']}⏎⏎',
    '',
    "It adds to the answer: '😀'",
    "Before it: 'Hi '",
    '',
    'read 0: 217 B at 0 ms, holds events 0–1, ends inside a character: 2 of its 4 bytes',
    'read 1: 30 B at 0 ms, holds event 1, ends with event 1',
    '',
    '',
  ]);
});

test('the marked event lights up with its chunk, its reads and its piece of the answer, and nothing else', () => {
  const { lines } = wireTab(viewOf(emoji, { selected: 3 }));
  // Its bytes, the event with its chunk, the answer: from top to bottom.
  const lit = lines.flatMap((row) =>
    row.filter(({ style }) => style === 'selected').map(({ text }) => text.trim()),
  );
  expect(lit).toEqual(['and', "├ 3   124 B   ›#3 ' and'", 'and']);
  expect(stylesOf(lines, '├ 2      0 ms  370 B')).toEqual(['title']);
  expect(stylesOf(lines, '┌ 0')).toEqual(['text', 'text']);
  // With none marked the newest is spoken of.
  const newest = wireTab(viewOf(emoji));
  expect(stylesOf(newest.lines, '›[DONE]')).toEqual(['muted']);
  expect(shown(newest.lines)[0]).toContain('│ event 6 of 0–6 · bytes 727–740 · read 3');
  expect(newest.markable).toBe(7);
});

test('while a stream goes on, what is no whole event yet stands at its end', () => {
  // Up to the first read: its second event is still to come.
  const halfway = logOf(emoji.events.slice(0, 6));
  expect(frame(halfway, { width: 60 }).slice(0, 3)).toEqual([
    'reads                 events         chunks',
    "┌ 0      0 ms  217 B  ┌ 0   123 B   ›no chunk yet: 'Hi '",
    '│                     ·      94 B    no whole event yet',
  ]);
});

test('comments are no events, and what is left when the connection breaks is none', async () => {
  const log = await streamed(`: keep-alive\n\n${eventOf('a')}data: {"id`);
  const body = logOf(log.events.filter(({ type }) => type !== 'event').concat(log.rows(0).events[0]!));
  expect(frame(body, { width: 70, selected: 0 }).slice(1, 4)).toEqual([
    "┌ 0      0 ms  145 B  ·      14 B    comment ': keep-alive\\n\\n'",
    "│                     ├ 0   121 B   ›#0 'a'",
    `└                     ·      10 B    no event 'data: {"id'`,
  ]);
});

test('events that a filter leaves name their reads', () => {
  expect(frame(emoji, { selected: 4, shown: [1, 4], width: 60 }).slice(1, 5)).toEqual([
    "│ 0      0 ms  217 B  ├ 1   124 B ┐  #1 '😀'",
    '├ 1      0 ms   30 B  │           ┘  split mid-character',
    "│ 2      0 ms  370 B  ├ 4   122 B   ›#4 ' I'",
    '',
  ]);
  expect(frame(emoji, { shown: [] }).join('\n')).toContain('No event of this stream is of that kind.');
});

test('padding is explained, lines of other kinds are kept, line ends are seen', async () => {
  const json = '{"choices":[{"delta":{"content":"a\\"b"}}],"obfuscation":"x1"}';
  const log = await streamed(`event: note\r\nid: 7\r\ndata: ${json}\r\n\r\n`);
  const lines = frame(log, { width: 80, rows: 30, selected: 0 });
  expect(lines.slice(15, 19)).toEqual([
    'event: note␍⏎',
    'id: 7␍⏎',
    'data: {"choices":[{"delta":{"content":"▌a\\"b▐"}}],"obfuscation":"x1"}␍⏎␍⏎',
    '',
  ]);
  expect(lines.join(' ')).toContain('obfuscation is random padding');
});

test('of several choices, the piece stands in the text of its own', async () => {
  const log = await streamed(
    ...['a', 'b'].flatMap((text) => [eventOf(text), eventOf(text.toUpperCase(), { index: 1 })]),
    done,
  );
  expect(frame(log, { selected: 2, rows: 30 }).join('\n')).toContain('│ a▌b▐');
  expect(frame(log, { selected: 1, rows: 30 }).join('\n')).toContain('│ ▌A▐B');
});

test('a body that is no stream is there to the byte; nothing is said of one that did not come', async () => {
  const log = await wholeAnswer({ choices: [] });
  expect(frame(log, { width: 50, rows: 8 })).toEqual([
    'no events · 19 B · read 0',
    '',
    '{⏎',
    '  "choices": []⏎',
    '}',
    '',
    'read 0: 19 B at 0 ms, holds no event',
    '',
  ]);
  const none = wireTab(viewOf(logOf(emoji.events.slice(0, 3))));
  expect(shown(none.lines)[0]).toBe('No byte of a body has come yet.');
  expect(none.markable).toBe(0);
});

test('a key that a server echoes is stars among the bytes', async () => {
  const key = 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz';
  const log = await answered([eventOf(`it is ${key}`) + done], { secrets: [key] });
  for (const isHex of [false, true]) {
    const lines = frame(log, { selected: 0, isHex, rows: 60 }).join('\n');
    expect(lines).not.toContain(key.slice(8, 20));
    expect(lines).toContain(isHex ? '2a 2a 2a' : `▌it is ${'*'.repeat(9)}`);
  }
});

test('at every size it keeps its rows and its width, and nothing of a server is obeyed', async () => {
  for (const [name, log] of Object.entries(await oddStreams())) {
    for (const rows of [8, 9, 12, 13, 21, 36, 60]) {
      for (const [at, width] of [44, 57, 78, 89, 90, 118, 200].entries()) {
        const more = { rows, width, isHex: at % 2 === 0, selected: at % 3 === 0 ? null : 1, scroll: at * 3 };
        for (const look of [undefined, plain]) {
          const layout = wireTab(viewOf(log, look ? { ...more, look } : more));
          expect(layout.lines, `${name} ${width}×${rows}`).toHaveLength(rows);
          expect(widest(layout.lines), `${name} ${width}×${rows}`).toBeLessThanOrEqual(width);
          const text = shown(layout.lines).join('|');
          expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
          if (look) expect(text, name).not.toMatch(/[│┌├└┐┘▌▐┆]/);
        }
      }
    }
  }
});
