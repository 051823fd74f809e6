import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { tapFetch, type WireEvent } from '../../../src/core/api/tap.ts';
import type { RunLog } from '../../../src/core/run/log.ts';
import { writeRecording } from '../../../src/core/run/recording.ts';
import { readRecording } from '../../../src/core/run/recording-read.ts';
import type { AttemptSummary } from '../../../src/core/run/summary.ts';
import { serve } from '../../helpers/body-server.ts';
import { experimentOf, runAgainst } from '../../helpers/runs.ts';

const open: { close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function runOn(answer: Parameters<typeof serve>[0], options?: Parameters<typeof runAgainst>[1]) {
  const server = await serve(answer);
  open.push(server);
  const log = await runAgainst(server.url, options);
  return { log, step: log.summary.steps[0]! };
}

const chunk = (content: string) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
const stream = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });
const typesOf = (log: RunLog) => log.events.map(({ type }) => type);

test('of a stream that the SDK gives as text no chunks are made', async () => {
  const body = { model: 'm', messages: [], stream: 'true' as never };
  const experiment = experimentOf({ id: 's', label: 's', request: { kind: 'chat', body } });
  const { log, step } = await runOn(
    (response) => {
      stream(response).end(`${chunk('Hi')}data: [DONE]\n\n`);
    },
    { experiment },
  );
  expect(step).toMatchObject({ outcome: 'complete', events: 2, chunks: 0 });
  expect(log.rows(0).response?.body).toContain('"content":"Hi"');
});

test.each([
  ['CR alone', (text: string) => text.replaceAll('\n', '\r')],
  ['a last CRLF that lacks its LF', (text: string) => text.replaceAll('\n', '\r\n').slice(0, -1)],
  ['no line end at all behind it', (text: string) => text.trimEnd()],
])('[DONE] is seen with %s, and what is kept of it opens without a complaint', async (_, ending) => {
  const { log, step } = await runOn((response) => {
    stream(response).end(ending(`${chunk('Hi')}${chunk('you')}data: [DONE]\n\n`));
  });
  expect(step).toMatchObject({ outcome: 'complete', events: 3, chunks: 2 });
  const times = log.events.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(readRecording(writeRecording(log.events)).problems).toEqual([]);
});

test('a stream is told in the order in which it happened', async () => {
  const { log, step } = await runOn((response) => {
    stream(response).end(`${chunk('Hi')}data: [DONE]\n\n`);
  });
  expect(typesOf(log)).toEqual([
    'run-start',
    'step-start',
    'attempt',
    'headers',
    'read',
    'event',
    'event',
    'chunk',
    'estimate',
    'step-end',
    'run-end',
  ]);
  expect(log.events.map(({ at }) => at)).toEqual(log.events.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(step).toMatchObject({
    outcome: 'complete',
    estimatedCompletionTokens: 1,
    chunks: 1,
    events: 2,
    reads: 1,
  });
});

test('a stream that ends without [DONE] is not called complete, and nothing is thrown', async () => {
  const { log, step } = await runOn((response) => {
    stream(response).end(chunk('Hi'));
  });
  expect(step).toMatchObject({ outcome: 'no-done', error: null });
  expect(log.text(0)).toBe('Hi');
});

test('a stream is one whatever its content type says: its events are seen, and its end', async () => {
  const { step } = await runOn((response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(`${chunk('Hi')}data: [DONE]\n\n`);
  });
  expect(step).toMatchObject({ outcome: 'complete', events: 2, chunks: 1 });
});

test('an empty answer, for which the SDK gives undefined, comes back from a recording', async () => {
  const body = { model: 'm', messages: [] };
  const experiment = experimentOf({ id: 'whole', label: 'whole', request: { kind: 'chat', body } });
  const { log } = await runOn(
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 0 }).end();
    },
    { experiment },
  );
  expect(log.rows(0).response).toMatchObject({ body: null });
  expect(readRecording(writeRecording(log.events)).events).toEqual(log.events);
});

test('a cut stream is a plain TypeError, and what had come is kept', async () => {
  let cut = () => {};
  const { log, step } = await runOn(
    (response) => {
      cut = () => response.destroy();
      stream(response).write(chunk('Hi'));
    },
    {
      // Only what has been read is sure to have come before the cut.
      onLog: (log) => log.subscribe(() => log.text(0) === 'Hi' && cut()),
    },
  );
  expect(step.outcome).toBe('cut');
  expect(step.error).toMatchObject({ className: 'TypeError', cause: 'UND_ERR_SOCKET', status: null });
  expect(log.text(0)).toBe('Hi');
});

test('an error in the stream is an APIError without a status, and what had come is kept', async () => {
  const { log, step } = await runOn((response) => {
    const error = { message: 'Sorry.', type: 'server_error', param: null, code: 'server_error' };
    stream(response).end(`${chunk('Hi')}data: ${JSON.stringify({ error })}\n\n`);
  });
  expect(step).toMatchObject({ outcome: 'error', status: 200 });
  expect(step.error).toMatchObject({
    className: 'APIError',
    status: null,
    code: 'server_error',
    message: 'Sorry.',
  });
  expect(log.text(0)).toBe('Hi');
});

test('each try is an attempt of its own, with the wait between them', async () => {
  const { step } = await runOn((response, attempt) => {
    if (attempt < 2)
      response.writeHead(429, { 'retry-after-ms': '40' }).end('{"error":{"message":"slow down"}}');
    else stream(response).end(`${chunk('Hi')}data: [DONE]\n\n`);
  });
  expect(step.attempts.map(({ status }) => status)).toEqual([429, 429, 200]);
  for (const [index, { startMs }] of step.attempts.entries()) {
    const before = step.attempts[index - 1];
    if (before) expect(startMs - before.headersMs!).toBeGreaterThanOrEqual(39);
  }
  expect(step.outcome).toBe('complete');
});

test('a connection refused is an APIConnectionError after three tries', async () => {
  const { url, close } = await serve(() => {});
  await close();
  const log = await runAgainst(url);
  const [step] = log.summary.steps;
  expect(step).toMatchObject({ outcome: 'error', status: null });
  expect(step?.error).toMatchObject({ className: 'APIConnectionError', cause: 'ECONNREFUSED' });
  expect(step?.attempts.map(({ failure }) => failure)).toEqual([
    'ECONNREFUSED',
    'ECONNREFUSED',
    'ECONNREFUSED',
  ]);
});

test('a failure without a code of the system says what fetch hides behind "fetch failed"', async () => {
  const seen: WireEvent[] = [];
  await tapFetch(fetch, { step: 0, now: () => 0 }, (event) => seen.push(event))(
    'http://127.0.0.1:6666/',
  ).catch(() => {});
  expect(seen.at(-1)).toMatchObject({ type: 'attempt-failed', message: 'bad port', code: null });
});

test('a redirect that fetch followed is in the log', async () => {
  const { step } = await runOn((response, request) => {
    if (request === 0) response.writeHead(307, { location: '/elsewhere' }).end();
    else stream(response).end(`${chunk('Hi')}data: [DONE]\n\n`);
  });
  const [{ url, redirectedTo }] = step.attempts as [AttemptSummary];
  expect(redirectedTo).toBe(new URL('/elsewhere', url).href);
  expect(step).toMatchObject({ outcome: 'complete', choices: 1 });
});

test('without a key the SDK throws before it sends anything', async () => {
  const step = experimentOf().steps[0]!;
  const { step: ran } = await runOn(() => {}, { experiment: experimentOf({ ...step, key: 'none' }) });
  expect(ran).toMatchObject({ outcome: 'unsent', attempts: [] });
  expect(ran.error?.className).toBe('OpenAIError');
});

test('an abort in mid-stream ends the step without an error and leaves out the rest', async () => {
  const abort = new AbortController();
  const step = experimentOf().steps[0]!;
  const { log } = await runOn(
    (response) => {
      stream(response).write(chunk('Hi'));
    },
    {
      experiment: experimentOf(step, { ...step, id: 'second' }),
      signal: abort.signal,
      onLog: (log) =>
        log.subscribe(() => {
          if (log.text(0) === 'Hi') abort.abort();
        }),
    },
  );
  expect(log.summary.steps).toHaveLength(1);
  expect(log.summary.steps[0]).toMatchObject({ outcome: 'aborted', error: null });
  expect(log.summary.outcome).toBe('aborted');
  expect(log.text(0)).toBe('Hi');
});

test('an abort before the headers ends the step as well', async () => {
  const abort = new AbortController();
  const { log } = await runOn(() => abort.abort(), { signal: abort.signal });
  expect(log.summary.steps[0]).toMatchObject({ outcome: 'aborted', error: null, headersMs: null });
});

test('a server that answers with a page of HTML does no harm', async () => {
  const { step } = await runOn((response) => {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<html>not here</html>');
  });
  expect(step).toMatchObject({ outcome: 'error', status: 404 });
  expect(step.error?.className).toBe('NotFoundError');
});

test('a key that the server echoes everywhere is in no event of the log, and its bytes keep their places', async () => {
  const key = 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz';
  const { log } = await runOn(
    (response) => {
      response.setHeader('x-echo', key);
      response.setHeader('set-cookie', `session=${key}`);
      stream(response).end(`${chunk(`it is ${key}`)}data: [DONE]\n\n`);
    },
    { secrets: [key] },
  );
  const json = log.events.map((event) =>
    JSON.stringify(event.type === 'read' ? Buffer.from(event.bytes).toString() : event),
  );
  expect(json.join('\n')).not.toContain(key.slice(10, 30));
  expect(log.text(0)).toBe('it is sk-proj...wxyz');
  const [read] = log.rows(0).reads;
  expect(read?.bytes.length).toBe(log.rows(0).events.at(-1)?.end);
});

test('a chunk that the SDK stumbles over is no broken connection', async () => {
  const { step } = await runOn((response) => {
    stream(response).end('data: {"choices":[null]}\n\ndata: [DONE]\n\n');
  });
  expect(step).toMatchObject({ outcome: 'error', error: { className: 'TypeError', cause: null } });
});
