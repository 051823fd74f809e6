import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/core/mask.ts';
import { adviceOn } from '../../../src/core/run/advice.ts';
import { failureOf } from '../../../src/core/run/failure.ts';
import { usageFigures } from '../../../src/core/run/figures.ts';
import { openRun } from '../../../src/core/run/open-run.ts';
import { logOf, writeRecording } from '../../../src/core/run/recording.ts';
import { readRecording } from '../../../src/core/run/recording-read.ts';
import { helloRun, limitedRun, retriedRun, stillClock } from '../../helpers/logs.ts';

const har = readFileSync('test/fixtures/stream.har.json', 'utf8');

const open = (text: string | Uint8Array) => openRun(Buffer.from(text as string), 'a file');
const logFrom = (text: string | Uint8Array) => logOf(open(text), stillClock);
const figuresOf = (text: string) =>
  Object.fromEntries(usageFigures(logFrom(text).summary.steps[0]!).map((figure) => [figure.label, figure]));

const sse = [
  'data: {"model":"tiny-1","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}',
  'data: {"model":"tiny-1","choices":[{"index":0,"delta":{"content":"Hi 🦜"}}]}',
  'data: {"model":"tiny-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
  'data: [DONE]',
]
  .map((line) => `${line}\n\n`)
  .join('');

describe('a key that a server sent in pieces is put together by no view of a capture', () => {
  const key = 'sk-proj-CANARY01CANARY02CANARY03';
  const pieces = ['It is ', 'sk-', 'proj-CANARY01CA', 'NARY02CANARY03', '.'];
  const capture = pieces
    .map((content) => `data: {"choices":[{"delta":{"content":"${content}"}}]}\n\n`)
    .join('');
  const told = ({ events }: ReturnType<typeof openRun>) => {
    const log = logOf({ events }, stillClock);
    const bytes = Buffer.concat(log.rows(0).reads.map((read) => read.bytes)).toString();
    return `${log.text(0)}\n${bytes}\n${JSON.stringify(log.rows(0))}`;
  };

  test('where it is one that is known here', () => {
    const text = told(openRun(Buffer.from(capture), 'a file', createRedactor([key])));
    expect(text).toContain('It is ');
    expect(text).not.toMatch(/proj-C|NARY0/);
  });

  test('where a header of the answer has it', () => {
    const head = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-api-key: ${key}\r\n\r\n`;
    const text = told(openRun(Buffer.from(head + capture), 'a file'));
    expect(text).toContain('It is ');
    expect(text).not.toMatch(/proj-C|NARY0/);
  });
});

describe('the three forms are told apart by what is in them', () => {
  test.each<readonly [string, string | Uint8Array, string]>([
    ['a recording', writeRecording(helloRun), '3b'],
    ['a recording with its first lines damaged', `x\n${writeRecording(helloRun).slice(30)}`, '3b'],
    ['a capture', sse, 'capture'],
    ['a capture that begins with a comment', `: ping\n\n${sse}`, 'capture'],
    ['a capture that begins with an event name', `event: message\n${sse}`, 'capture'],
    ['a HAR file', har, 'HAR file'],
    ['a HAR file on one line', JSON.stringify(JSON.parse(har)), 'HAR file'],
    ['a text behind a byte order mark', `\ufeff${har}`, 'HAR file'],
    ['a text in UTF-16, as PowerShell writes it', Buffer.from(`\ufeff${sse}`, 'utf16le'), 'capture'],
  ])('%s', (_, text, experiment) => {
    const { summary } = logFrom(text);
    expect(summary.experiment).toBe(experiment);
    expect(summary.steps[0]).toMatchObject({ outcome: 'complete', finishReason: 'stop' });
  });

  test('a recording is opened as it was kept', () => {
    for (const events of [helloRun, limitedRun, retriedRun]) {
      expect(open(writeRecording(events))).toEqual({ events, problems: [], notes: [] });
    }
  });

  test('a recording cut at any byte opens, or is said to be none', () => {
    const bytes = Buffer.from(writeRecording(helloRun));
    for (let end = 0; end < bytes.length; end += 13) {
      const { events, problems } = openRun(bytes.subarray(0, end), 'a file');
      expect(events).toEqual(helloRun.slice(0, events.length));
      expect(problems).not.toEqual([]);
    }
  });

  test.each<readonly [string, string | Uint8Array, string]>([
    ['nothing', '', 'There is nothing in it.'],
    ['a text', 'Dear diary,\n', 'This is no recording, no stream that curl -N saved and no HAR file.'],
    [
      'control characters',
      '\x1b]0;x\x07\x1b[2J\x9b',
      'This is no recording, no stream that curl -N saved and no HAR file.',
    ],
    [
      'binary',
      Uint8Array.from({ length: 9000 }, (_, i) => (i * 7919) % 251),
      'This is no recording, no stream that curl -N saved and no HAR file.',
    ],
    [
      '10 MB of one letter',
      'x'.repeat(1e7),
      'This is no recording, no stream that curl -N saved and no HAR file.',
    ],
    [
      '10 MB of braces',
      '{'.repeat(1e7),
      'This is no recording, no stream that curl -N saved and no HAR file.',
    ],
    [
      'other JSON',
      '{"a": {"log": 1}}',
      'This is no recording, no stream that curl -N saved and no HAR file.',
    ],
    ['half a HAR file', har.slice(0, 3000), 'This HAR file is damaged or cut off: it is no valid JSON.'],
    [
      'a HAR file without a stream',
      har.replace('/v1/chat/completions', '/v1/responses'),
      'This HAR file has no stream of chat completions: none of its 2 entries is a text/event-stream from a URL with /chat/completions.',
    ],
    [
      'a HAR file of nothing',
      '{"log":{"entries":[]}}',
      'This HAR file has no stream of chat completions: none of its 0 entries is a text/event-stream from a URL with /chat/completions.',
    ],
    [
      'a HAR file that was saved without contents',
      har.replace(/"text": "data:.*/, '"comment": ""'),
      'Entry 2 of the HAR file has no body: it was saved without contents, or too early.',
    ],
    [
      'an error without its status',
      '{"error":{"message":"No."}}',
      'It holds an error; curl -i would have kept its status, without which it cannot be shown.',
    ],
    [
      'lines that begin as comments of a stream do',
      Buffer.concat([Buffer.from([0x8f, 0x00, 0x0a]), Buffer.from(': \x9b\xff\nid\n\x07retry: x\n')]),
      'This is no recording, no stream that curl -N saved and no HAR file.',
    ],
    [
      'no connection',
      'curl: (7) Failed to connect to localhost port 1: Connection refused\n',
      'There is no answer in it; curl says: (7) Failed to connect to localhost port 1: Connection refused.',
    ],
  ])('%s: one sentence', (_, text, problem) => {
    expect(open(text)).toEqual({ events: [], problems: [problem], notes: [] });
  });
});

describe('a capture', () => {
  test('does not say when anything came, and no figure pretends to know', () => {
    const { summary } = logFrom(sse);
    expect(summary).toMatchObject({ startedAt: '', knownTimes: 'none', endMs: null });
    expect(summary.steps[0]).toMatchObject({
      headersMs: null,
      firstEventMs: null,
      firstContentMs: null,
      lastContentMs: null,
      lastChunkMs: null,
      largestGapMs: null,
      endMs: null,
      chunks: 3,
      contentChunks: 1,
      bytes: Buffer.byteLength(sse),
    });
    const unknown = { value: 'not known: the chunks were not timed', known: null };
    expect(figuresOf(sse)).toMatchObject({ 'first token': unknown, speed: unknown });
    expect(open(sse).notes).toEqual([
      'Without the headers that curl -i keeps, a status of 200 is assumed.',
      'A capture by curl does not say when anything came, nor what was asked.',
    ]);
  });

  test('has its headers in front, behind those of a redirect and a 100', () => {
    const text = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 307 Moved\r\nlocation: /x\r\n\r\nHTTP/2 200 \r\nDate: Fri, 02 Jan 2026 03:04:05 GMT\r\nX-Request-ID: req_1\r\n\r\n${sse}`;
    const { summary } = logFrom(text);
    expect(summary.startedAt).toBe('2026-01-02T03:04:05.000Z');
    expect(summary.steps[0]).toMatchObject({
      status: 200,
      attempts: [
        {
          headers: [
            ['date', expect.anything()],
            ['x-request-id', 'req_1'],
          ],
        },
      ],
      bytes: Buffer.byteLength(sse),
    });
    expect(open(text).notes).toHaveLength(1);
  });

  test('of an answer in one object, or of an error with its status, is that', () => {
    const answer = '{"model":"tiny-1","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}';
    expect(logFrom(answer).summary.steps[0]).toMatchObject({
      isStream: false,
      outcome: 'complete',
      status: 200,
    });
    expect(logFrom(`${answer}\n`).text(0)).toBe('Hi');
    const refused = `HTTP/1.1 401 Unauthorized\r\nx-request-id: req_1\r\n\r\n{"error":{"message":"No.","code":7}}`;
    expect(logFrom(refused).summary.steps[0]).toMatchObject({
      outcome: 'error',
      status: 401,
      error: { className: 'AuthenticationError', message: '401 No.', code: '7', requestId: 'req_1' },
    });
  });

  describe('of no completion, as curl -i keeps it, is the response that it was', () => {
    const page = '\n<html>\r\n* down\r\n</html>\r\n';
    const opened = (text: string) => {
      const { events, problems } = open(text);
      const log = logOf({ events }, stillClock);
      const [read] = log.rows(0).reads;
      return { problems, step: log.summary.steps[0]!, body: Buffer.from(read?.bytes ?? []).toString(), log };
    };

    test('a page of HTML in place of an answer', () => {
      const { problems, step, body } = opened(
        `HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n\r\n${page}`,
      );
      expect({ problems, body }).toEqual({ problems: [], body: page });
      expect(step).toMatchObject({
        status: 502,
        outcome: 'error',
        attempts: [{ status: 502, headers: [['content-type', 'text/html']] }],
        error: { className: 'InternalServerError', message: `502 ${page}`, status: 502 },
      });
      expect(failureOf(step)).toBe('server');
      expect(adviceOn(step)).not.toContain('unknown.invalid');
    });

    test("an error without a body, and one with a body of another form than OpenAI's", () => {
      const { step, body } = opened('HTTP/2 500 \r\nx-request-id: req_1\r\n\r\n');
      expect(body).toBe('');
      expect(step).toMatchObject({
        outcome: 'error',
        reads: 0,
        error: { message: '500 status code (no body)', requestId: 'req_1' },
      });
      const { step: other } = opened('HTTP/2 404 \r\n\r\n{"detail":"Not Found"}');
      expect(other.error).toMatchObject({
        className: 'NotFoundError',
        message: '404 {"detail":"Not Found"}',
      });
    });

    test('a page with a good status, and JSON that breaks off', () => {
      const { step, log } = opened(`HTTP/1.1 200 OK\ncontent-type: text/html\n\n${page}`);
      expect(log.rows(0).response?.body).toBe(page);
      expect(failureOf(step)).toBe('other');
      const { step: json } = opened('HTTP/1.1 200 OK\ncontent-type: application/json\n\n{"choices":[');
      expect(json).toMatchObject({ outcome: 'error', error: { className: 'SyntaxError' } });
      const { step: cut } = opened('HTTP/1.1 200 OK\n\nHel\ncurl: (18) transfer closed\n');
      expect(cut).toMatchObject({ outcome: 'error', bytes: 4, error: { message: 'terminated' } });
    });

    test('an error that says of what type it is, as a line of a recording does', () => {
      for (const body of [
        '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
        '{"type":"about:blank","title":"Too Many Requests"}',
        '{\n  "type": "x"\n}',
      ]) {
        const {
          problems,
          step,
          body: kept,
        } = opened(`HTTP/1.1 529 \ncontent-type: application/json\n\n${body}`);
        expect({ problems, kept, status: step.status }).toEqual({ problems: [], kept: body, status: 529 });
      }
    });

    test('a page with a line that begins as data do', () => {
      const text = '<html>\ndata: x\n</html>';
      const { log } = opened(`HTTP/1.1 200 OK\ncontent-type: text/html\n\n${text}`);
      expect(log.rows(0).response?.body).toBe(text);
      expect(log.rows(0).events).toEqual([]);
    });

    test('a body without a line feed, right behind which curl says why it ended', () => {
      const { step, body } = opened('HTTP/1.1 200 OK\n\n{"choices":[curl: (18) transfer closed\n');
      expect(body).toBe('{"choices":[');
      expect(step).toMatchObject({ outcome: 'error', error: { message: 'terminated' } });
    });
  });

  test('may be one line of 10 MB, or a chunk nested without end', () => {
    const long = 'x'.repeat(1e7);
    expect(logFrom(`data: {"choices":[{"delta":{"content":"${long}"}}]}\n\n`).text(0)).toBe(long);
    const deep = `{"choices":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
    const { events, problems } = open(`data: ${deep}\n\n${sse}`);
    expect(problems).toEqual(['One answer is nested too deeply to be shown, and stands there empty.']);
    expect(logOf({ events }, stillClock).text(0)).toBe('Hi 🦜');
  });

  test('with carriage returns at the ends of ten thousand lines opens at once', () => {
    const text = sse.replace('data: [DONE]\n\n', '').replaceAll('\n', '\r\n').repeat(3000);
    expect(logFrom(text).summary.steps[0]!.chunks).toBe(9000);
    expect(logFrom(`${sse.repeat(3000)}\r`).summary.steps[0]!.events).toBe(12_000);
  });
});

describe('a HAR file', () => {
  test('gives its streaming entry with what it says of the request, the answer and the times', () => {
    const { summary } = logFrom(har);
    expect(summary).toMatchObject({
      endpoint: { kind: 'compatible', baseURL: 'https://api.example.com/v1' },
      startedAt: '2026-01-02T03:04:06.250Z',
      knownTimes: 'ends',
    });
    expect(summary.steps).toMatchObject([
      {
        label: 'entry 2',
        request: {
          body: { model: 'tiny-1', messages: [{ role: 'user', content: 'Say hi.' }], stream: true },
        },
        status: 200,
        attempts: [{ method: 'POST', startMs: 0 }],
        // blocked, dns, connect (ssl is in it), send and wait; then receive.
        headersMs: 402.3,
        endMs: 912.3,
        firstContentMs: null,
        largestGapMs: null,
        chunks: 3,
        outcome: 'complete',
        finishReason: 'stop',
      },
    ]);
    expect(logFrom(har).text(0)).toBe('Hi 🦜');
    expect(open(har).notes).toEqual(['A HAR file does not say when the parts of an answer came.']);
    expect(figuresOf(har)).toMatchObject({
      'first token': { value: 'not known: the chunks were not timed', known: null },
    });
  });

  test('has its body in base64, or its times missing', () => {
    const json = JSON.parse(har);
    const { response } = json.log.entries[1];
    response.content.text = Buffer.from(response.content.text).toString('base64');
    response.content.encoding = 'base64';
    json.log.entries[1].timings = {};
    const { summary } = logFrom(JSON.stringify(json));
    expect(logFrom(JSON.stringify(json)).text(0)).toBe('Hi 🦜');
    expect(summary).toMatchObject({
      knownTimes: 'none',
      steps: [{ headersMs: null, endMs: null, chunks: 3 }],
    });
  });

  test('with several streams gives a step for each, in the order of their starts', () => {
    const json = JSON.parse(har);
    const later = structuredClone(json.log.entries[1]);
    later.startedDateTime = '2026-01-02T03:04:06.500+00:00';
    json.log.entries.unshift(later);
    const { events } = open(JSON.stringify(json));
    const { summary } = logOf({ events }, stillClock);
    expect(summary.steps).toMatchObject([
      { label: 'entry 3', offsetMs: 0, endMs: 912.3, outcome: 'complete' },
      { label: 'entry 1', offsetMs: 250, endMs: 912.3, outcome: 'complete' },
    ]);
    // They overlap, and are kept and read again as they are.
    expect(readRecording(writeRecording(events))).toMatchObject({ events, problems: [] });
  });

  test('of any other form is no reason to fall', () => {
    const fields = ['startedDateTime', 'time', 'request', 'response', 'timings'];
    for (const field of fields) {
      for (const value of [null, 'x', -1, [], {}, Number.MAX_VALUE]) {
        const json = JSON.parse(har);
        json.log.entries[1][field] = value;
        open(JSON.stringify(json));
      }
    }
    open('{"log":{"entries":[null,1,"x",[],{"request":{"url":["/chat/completions"]}}]}}');
  });

  test('keeps no key, no cookie and no account of whoever saved it, wherever they stand', () => {
    expect(har.match(/CANARY/g)!.length).toBeGreaterThan(7);
    const text = writeRecording(open(har).events);
    const bytes = Buffer.concat(
      logFrom(har)
        .rows(0)
        .reads.map((read) => read.bytes),
    );
    for (const kept of [text, bytes.toString()]) expect(kept).not.toMatch(/CANARY\d/);
    expect(text).toContain('"Bearer sk-har-...ghij"');
    expect(text).toContain('?api-key=...');
    expect(text).toContain('theme=...');
  });
});
