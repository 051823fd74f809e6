import { expect, test } from 'vitest';
import { retries } from '../../../src/core/inspect/retries.ts';
import type { HeaderList, RunEvent } from '../../../src/core/run/events.ts';
import { serve } from '../../helpers/body-server.ts';
import { attempt, attemptFailed, chat, runStart, stepOf, stepStart } from '../../helpers/logs.ts';
import { runAgainst } from '../../helpers/runs.ts';

const began = [runStart('x'), stepStart(chat())];
const answered = (status: number, headers: HeaderList = [], index = 0): RunEvent => ({
  type: 'headers',
  at: 100 + index * 1000,
  step: 0,
  attempt: index,
  status,
  headers,
});

/** What is said of the one retry after an answer like this. */
const afterAnswer = (status: number, headers: HeaderList = []) =>
  retries(stepOf([...began, attempt(0), answered(status, headers), attempt(520, { attempt: 1 })]))[0];

const own = 'so the SDK chose one between 375 ms and 500 ms.';

test('a request that came through at once was not tried again', () => {
  expect(retries(stepOf(began))).toEqual([]);
  expect(retries(stepOf([...began, attempt(0), answered(200)]))).toEqual([]);
});

test.each([
  [408, `The server said that the request took too long (408). The server named no wait, ${own}`],
  [409, `The request clashed with another one (409). The server named no wait, ${own}`],
  [
    429,
    `Too much was asked in too short a time, or no credit is left (429). The server named no wait, ${own}`,
  ],
  [503, `The server failed (503). The server named no wait, ${own}`],
])('after %i', (status, why) => {
  expect(afterAnswer(status)).toEqual({ attempt: 1, waitedMs: 420, why });
});

test.each<[string, HeaderList, string]>([
  ['milliseconds', [['retry-after-ms', '420']], 'The server asked for a wait of 420 ms (retry-after-ms).'],
  ['seconds', [['retry-after', '1']], 'The server asked for a wait of 1.00 s (retry-after).'],
  ['no wait at all', [['retry-after-ms', '0']], 'The server asked for a wait of 0 ms (retry-after-ms).'],
  [
    'both, of which the milliseconds count',
    [
      ['retry-after', '1'],
      ['retry-after-ms', '420'],
    ],
    'The server asked for a wait of 420 ms (retry-after-ms).',
  ],
  [
    'milliseconds that are none, beside seconds',
    [
      ['retry-after-ms', 'soon'],
      ['retry-after', '2'],
    ],
    'The server asked for a wait of 2.00 s (retry-after).',
  ],
  [
    'a date',
    [
      ['date', 'Tue, 24 Nov 2026 10:00:00 GMT'],
      ['retry-after', 'Tue, 24 Nov 2026 10:00:03 GMT'],
    ],
    'The server asked for a wait of 3.00 s (retry-after).',
  ],
  [
    'a date, and not its own',
    [['retry-after', 'Tue, 24 Nov 2026 10:00:03 GMT']],
    'The server named a date to wait for (retry-after).',
  ],
  [
    'more than a minute',
    [['retry-after', '61']],
    'The server asked for a wait of 61.00 s (retry-after), more than the minute that the SDK obeys: the SDK chose one between 375 ms and 500 ms.',
  ],
  [
    'time without end',
    [['retry-after-ms', 'Infinity']],
    'The server asked for a wait without end (retry-after-ms), more than the minute that the SDK obeys: the SDK chose one between 375 ms and 500 ms.',
  ],
  [
    'the past',
    [['retry-after', '-5']],
    'The server asked for a wait of -5000 ms (retry-after), which makes no sense: the SDK chose one between 375 ms and 500 ms.',
  ],
  ['a word', [['retry-after', 'soon']], `The server named no wait, ${own}`],
])('a server that asks for %s', (_, headers, wait) => {
  expect(afterAnswer(500, headers)?.why).toBe(`The server failed (500). ${wait}`);
});

test('a server can ask for another try whatever the status', () => {
  expect(afterAnswer(400, [['x-should-retry', 'true']])?.why).toMatch(
    /^The server asked for another try \(400, x-should-retry\)\. /,
  );
});

test('the SDK’s own wait doubles from one retry to the next', () => {
  const events = [0, 1, 2].flatMap((index) => [
    attempt(index * 1000, { attempt: index }),
    answered(500, [], index),
  ]);
  expect(retries(stepOf([...began, ...events])).map(({ why }) => why.replace(/.* between /, ''))).toEqual([
    '375 ms and 500 ms.',
    '750 ms and 1.00 s.',
  ]);
});

test.each([
  ['ECONNREFUSED', 'No answer came: the connection failed (ECONNREFUSED).'],
  ['This operation was aborted', 'No answer came in time, so the SDK gave up on it.'],
  ['\u001b[2J something', 'No answer came: the connection failed.'],
])('a try that ended with %j', (message, cause) => {
  const events = [...began, attempt(0), attemptFailed(30, message), attempt(430, { attempt: 1 })];
  expect(retries(stepOf(events))).toEqual([
    { attempt: 1, waitedMs: 400, why: `${cause} Nobody could name a wait, ${own}` },
  ]);
});

test('an answer whose body did not come to its end is told as such', () => {
  expect(afterAnswer(200)?.why).toMatch(/^The answer began \(200\) and did not come to its end in time/);
});

test('what the SDK really did is explained', async () => {
  const server = await serve((response, index) => {
    if (index === 0) response.writeHead(429, { 'retry-after-ms': '20' }).end('{}');
    else if (index === 1) response.writeHead(503, { 'retry-after': '0.03' }).end('{}');
    else response.end('data: [DONE]\n\n');
  });
  const { summary } = await runAgainst(server.url);
  await server.close();
  const [first, second, ...more] = retries(summary.steps[0]!);
  expect(more).toEqual([]);
  expect(first).toMatchObject({ attempt: 1, why: expect.stringMatching(/\(429\).*wait of 20 ms/) });
  expect(first!.waitedMs).toBeGreaterThanOrEqual(19);
  expect(second).toMatchObject({ attempt: 2, why: expect.stringMatching(/\(503\).*wait of 30 ms/) });
  expect(second!.waitedMs).toBeGreaterThanOrEqual(29);
});
