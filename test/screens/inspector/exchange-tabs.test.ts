import { expect, test } from 'vitest';
import { lineWidth } from '../../../src/components/line.ts';
import type { HeaderList, RunEvent, RunEventOf } from '../../../src/core/run/events.ts';
import { requestTab } from '../../../src/screens/inspector/request-tab.ts';
import { responseTab } from '../../../src/screens/inspector/response-tab.ts';
import type { TabView } from '../../../src/screens/inspector/tab.ts';
import { plain, shown, stylesOf } from '../../components/shown.ts';
import {
  abortedRun,
  attempt,
  attemptFailed,
  chat,
  headers,
  helloRun,
  helloWords,
  limitedRun,
  logOf,
  response,
  runStart,
  stepEnd,
  stepStart,
  thrown,
} from '../../helpers/logs.ts';
import { viewOf } from './tab-view.ts';

type Drawing = Partial<TabView> & { readonly events: readonly RunEvent[] };
const request = ({ events, ...more }: Drawing) =>
  requestTab(viewOf(logOf(events), { width: 70, rows: 20, ...more }));
const answer = ({ events, ...more }: Drawing) =>
  responseTab(viewOf(logOf(events), { width: 70, rows: 24, ...more }));
/** The list, above the rule or left of it. */
const listOf = (rows: readonly string[]) => {
  const end = rows.findIndex((row) => row.startsWith('──'));
  return rows.slice(0, end < 0 ? undefined : end).map((row) => row.split('│')[0]!.trimEnd());
};
const detailOf = (rows: readonly string[]) => rows.slice(rows.findIndex((row) => row.startsWith('──')) + 1);

const sent: HeaderList = [
  ['authorization', 'Bearer sk-prac...oken'],
  ['content-type', 'application/json'],
];
const body = '{"model":"gpt-4o-mini","messages":[]}';
const limits: HeaderList = [
  ['content-type', 'application/json'],
  ['x-ratelimit-limit-requests', '500'],
  ['x-ratelimit-limit-tokens', '200000'],
  ['x-ratelimit-remaining-requests', '250'],
  ['x-ratelimit-remaining-tokens', '0'],
  ['x-ratelimit-reset-requests', '30s'],
  ['x-request-id', 'req_1'],
];

const read = (at: number, text: string, index = 0): RunEvent => ({
  type: 'read',
  at,
  step: 0,
  attempt: index,
  index: 0,
  start: 0,
  end: Buffer.byteLength(text),
  bytes: Buffer.from(text),
});

/** What was sent and what came back, in place of attempts and headers that have none. */
const filled = (events: readonly RunEvent[]): RunEvent[] =>
  events.map((event) => {
    if (event.type === 'attempt') return { ...event, headers: sent, body };
    return event.type === 'headers' ? { ...event, headers: limits } : event;
  });

const whole = filled([runStart('2a'), stepStart(chat()), attempt(1), headers(64)]);

test('a request has its address, its headers, and its body', () => {
  const rows = shown(request({ events: whole }).lines);
  expect(listOf(rows)).toEqual([
    'POST http://127.0.0.1:1/v1/chat/completions',
    '',
    '2 headers',
    '  authorization  Bearer sk-prac...oken',
    '  content-type   application/json',
    '',
    '',
    '',
  ]);
  const detail = detailOf(rows);
  expect(detail[0]).toBe('↑↓ marks a header and says what it means');
  expect(detail).toContain('body, 37 B');
  expect(detail.join('\n')).toContain('"model": "gpt-4o-mini"');
});

test('a marked header says what it means', () => {
  const drawn = request({ events: whole, selected: 1 });
  expect(drawn.markable).toBe(2);
  const rows = shown(drawn.lines);
  expect(listOf(rows)).toContain('› content-type   application/json');
  expect(stylesOf(drawn.lines, 'content-type   application')).toEqual(['selected']);
  expect(detailOf(rows).slice(0, 3)).toEqual([
    'content-type',
    'application/json',
    'What the body is: application/json, or text/event-stream for a stream.',
  ]);
});

test('what was never sent is told from what was', () => {
  const unsent = [runStart('1b'), stepStart(chat()), thrown(2, {}), stepEnd(3, 'unsent')];
  const rows = shown(request({ events: unsent }).lines);
  expect(rows[0]).toBe('Nothing was sent.');
  expect(detailOf(rows)[0]).toBe('what was to be sent');
  expect(shown(answer({ events: unsent }).lines)[0]).toBe('Nothing was sent, so nothing came.');
  expect(shown(request({ events: unsent.slice(0, 2) }).lines)[0]).toBe('Not sent yet.');
  expect(shown(answer({ events: [runStart('1b')] }).lines)[0]).toBe('This request has not begun.');
});

const limited = filled(limitedRun);

test('each try is a row with its wait, and its headers follow when it is marked', () => {
  const list = (selected: number | null) =>
    listOf(shown(answer({ events: limited, selected, width: 110 }).lines));
  expect(list(null).slice(0, 11)).toEqual([
    '429 Too Many Requests   headers 20 ms after it was sent',
    'request id  req_1',
    '',
    '  try    waited        at      took   what came back',
    '    1         –      1 ms     10 ms   HTTP 429',
    '    2    500 ms    511 ms     10 ms   HTTP 429',
    '›   3    1.00 s    1.52 s     20 ms   HTTP 429',
    '',
    '7 headers of try 3',
    '  content-type              application/json',
    '  x-ratelimit-limit-reques… 500',
  ]);
  expect(list(8)[5]).toBe('›   2    500 ms    511 ms     10 ms   HTTP 429');
  expect(list(9)).toContain('7 headers of try 2');
  expect(list(9)).toContain('› content-type              application/json');
  expect(answer({ events: limited }).markable).toBe(24);
});

test('a marked try says why it was made', () => {
  const rows = shown(request({ events: limited, selected: 3, width: 110 }).lines).map(
    (row) => row.split('│ ')[1],
  );
  expect(rows.slice(0, 3).join(' ')).toMatch(/^Try 2, after a wait of 500 ms\. .*429/);
});

test('in little room the tries keep their headings, and those that have none are counted', () => {
  const list = (rows: number, selected: number | null = null, events = limited) =>
    listOf(shown(answer({ events, selected, rows }).lines));
  expect(list(18)).toEqual([
    '429 Too Many Requests   headers 20 ms after it was sent',
    '  try    waited        at      took   what came back',
    '    1         –      1 ms     10 ms   HTTP 429',
    '    2    500 ms    511 ms     10 ms   HTTP 429',
    '›   3    1.00 s    1.52 s     20 ms   HTTP 429',
    '7 headers of try 3 · ↑↓ shows each',
    '  content-type                    application/json',
  ]);
  expect(list(13, 8).slice(1)).toEqual([
    '  try    waited        at      took   what came back',
    '›   2    500 ms    511 ms     10 ms   HTTP 429',
    '    3    1.00 s    1.52 s     20 ms   HTTP 429',
    '… 1 more try · 7 headers of try 2 · ↑↓ shows each',
  ]);
  expect(list(13, 9).slice(1)).toEqual([
    '  try    waited        at      took   what came back',
    '›   2    500 ms    511 ms     10 ms   HTTP 429',
    '… 2 more tries · 7 headers of try 2 · ↑↓ shows each',
    '› content-type                    application/json',
  ]);
  expect(list(13, null, limited.slice(0, 6)).slice(1)).toEqual([
    '  try    waited        at      took   what came back',
    '›   2    500 ms    511 ms     10 ms   HTTP 429',
    '  waiting before the next try …',
    '… 1 more try · 7 headers of try 2 · ↑↓ shows each',
  ]);
});

test('while the SDK waits, the next try is announced', () => {
  const rows = shown(answer({ events: limited.slice(0, 4), width: 110 }).lines).join('\n');
  expect(rows).toContain('waiting before the next try …');
  expect(shown(answer({ events: limited.slice(0, 3) }).lines)[0]).toBe('waiting for the headers …');
});

test('rate limits are meters with their numbers', () => {
  const events = [...whole, response(66, 'Hi'), stepEnd(67)];
  const detail = detailOf(shown(answer({ events }).lines));
  expect(detail).toContain('requests ██████████░░░░░░░░░░ 250 of 500 left · full again in 30.00 s');
  expect(detail).toContain('tokens   ░░░░░░░░░░░░░░░░░░░░ 0 of 200000 left');
  expect(stylesOf(answer({ events }).lines, '░░░░░░░░░░░░░░░░░░░░')).toEqual(['error']);
  expect(shown(answer({ events, look: plain }).lines)).toContain('tokens   0 of 200000 left');
});

test('an error is what the SDK threw, and the body that it made it from', () => {
  const error = '{"error":{"message":"Too many.","type":"requests"}}';
  const events = [...limited.slice(0, -3), read(1541, error, 2), ...limited.slice(-3)];
  const detail = detailOf(shown(answer({ events, rows: 40 }).lines));
  expect(detail).toContain(' thrown   RateLimitError');
  expect(detail).toContain(`body, ${error.length} B`);
  expect(detail.join('\n')).toContain('"message": "Too many."');
  const first = detailOf(shown(answer({ events, selected: 0, rows: 40 }).lines));
  expect(first).toContain('no body: the SDK does not read it when it tries again');
  expect(first.join()).not.toContain('RateLimitError');
});

test('nobody answered, and the code of the system says why', () => {
  const failed = { ...(attemptFailed(3, 'x') as RunEventOf<'attempt-failed'>), code: 'ECONNREFUSED' };
  const events = [runStart('3d'), stepStart(chat()), attempt(1), failed, thrown(4, {}), stepEnd(5, 'error')];
  expect(shown(answer({ events }).lines)[0]).toBe('no status   nobody answered, 2 ms after it was sent');
});

test('what came is shown also where nothing says when it came', () => {
  const log = logOf(limited);
  const [step] = log.summary.steps;
  const attempts = step!.attempts.map((each) => ({ ...each, headersMs: null }));
  const rows = shown(
    responseTab(viewOf(log, { summary: { ...step!, attempts }, width: 70, rows: 30 })).lines,
  );
  expect(rows[0]).toBe('429 Too Many Requests');
  expect(rows[6]).toMatch(/^› {3}3 .* – {3}HTTP 429$/);
});

test('of a stream it says how much came and how it ended', () => {
  const said = (events: readonly RunEvent[]) =>
    shown(answer({ events }).lines).find((row) => row.startsWith('body'));
  expect(said(helloRun)).toBe('body: a stream of 5 events in 0 reads, 0 B');
  const whole: RunEvent = { ...(read(500, 'x') as RunEventOf<'read'>), bytes: Buffer.from('x') };
  expect(said([...helloWords.slice(0, 5), whole])).toBe('body: a stream of 1 event in 1 read, 1 B so far');
  expect(said(helloWords)).toBe('body: a stream of 3 events in 0 reads, 0 B so far');
  expect(said(abortedRun)).toBe('body: a stream of 3 events in 0 reads, 0 B, then you stopped it');
  expect(said([...helloWords, stepEnd(620, 'cut')])).toMatch(/, then the connection broke$/);
  const beside = shown(answer({ events: abortedRun, width: 94 }).lines).map((row) => row.split('│')[1]);
  expect(beside.join('')).toContain('0 B, then you stopped it');
});

test('an error in the middle of a stream is the event that brought it', () => {
  const data = '{"error":{"message":"Sorry."}}';
  const event: RunEvent = { type: 'event', at: 700, step: 0, index: 3, start: 3, end: 4, data };
  const rows = shown(
    answer({ events: [...helloWords, event, thrown(701, {}), stepEnd(702, 'error')] }).lines,
  );
  expect(rows).toContain(' kept     the 11 characters that had come');
  expect(rows).toContain('event 3, which gave no chunk');
  expect(rows.join('\n')).toContain('"message": "Sorry."');
  const early = shown(answer({ events: [...helloWords, event] }).lines);
  expect(early.join('\n')).not.toContain('which gave no chunk');
  const done = { ...event, data: '[DONE]' } as RunEvent;
  const well = shown(answer({ events: [...helloWords, done, stepEnd(702)] }).lines);
  expect(well.join('\n')).not.toContain('which gave no chunk');
});

test('a page in place of an answer is shown as it came, and obeyed in nothing', () => {
  const page = `<html>\u001b[2J${'x'.repeat(300)}\n</html>`;
  const events = [...whole, read(65, page), thrown(66, {}), stepEnd(67, 'error')];
  const { lines } = answer({ events, rows: 60 });
  expect(shown(lines).join('\n')).toContain('<html>␛[2Jxxx');
  expect(Math.max(...lines.map(lineWidth))).toBeLessThanOrEqual(70);
});

test('a request that was stopped before an answer came is not one that nobody answered', () => {
  const unanswered = [
    runStart('3b'),
    stepStart(chat({ stream: true })),
    attempt(1),
    attemptFailed(211, 'This operation was aborted'),
    stepEnd(211, 'aborted'),
  ];
  expect(shown(answer({ events: unanswered }).lines)[0]).toBe(
    'no status   you stopped it, 210 ms after it was sent',
  );
  const refused = [...unanswered.slice(0, 3), attemptFailed(5, 'ECONNREFUSED'), stepEnd(300, 'aborted')];
  expect(shown(answer({ events: refused }).lines)[0]).toBe(
    'no status   nobody answered, 4 ms after it was sent',
  );
});
