import { describe, expect, test } from 'vitest';
import { type DiffRow, diffRuns } from '../../../src/core/run/diff.ts';
import type { RunEvent, RunEventOf } from '../../../src/core/run/events.ts';
import { openRun } from '../../../src/core/run/open-run.ts';
import type { Recording } from '../../../src/core/run/recording.ts';
import {
  abortedRun,
  attempt,
  chat,
  chunk,
  headers,
  helloRun,
  limitedRun,
  logOf,
  response,
  retriedRun,
  runStart,
  stepEnd,
  stepStart,
  thrown,
} from '../../helpers/logs.ts';
import { done, eventOf } from '../../helpers/streams.ts';

type Events = readonly RunEvent[];
const side = (events: Events) => ({ log: logOf(events), step: 0 });
const differences = (one: Events, other: Events) => diffRuns(side(one), side(other));
const rowsOf = (rows: readonly DiffRow[], area: DiffRow['area']) =>
  rows
    .filter((row) => row.area === area)
    .map(({ what, first, second, weight }) => [what, first, second, weight]);

/** A stream of these chunks, 10 ms apart. */
const streamOf = (chunks: readonly unknown[], body = {}): Events => [
  runStart('x'),
  stepStart(chat({ stream: true, ...body })),
  attempt(1),
  headers(100),
  ...chunks.map(
    (each, index): RunEvent => ({ type: 'chunk', at: 110 + index * 10, step: 0, index, chunk: each }),
  ),
  stepEnd(200),
];
const said = (delta: object, more = {}, finish: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
  ...more,
});
const role = said({ role: 'assistant', content: '' });
const stop = said({}, {}, 'stop');

const whole = (events: Events, body = {}): Events => [
  runStart('x'),
  stepStart(chat(body)),
  attempt(2),
  headers(470),
  ...events,
];
const greeting = response(600, 'Hello World!', { tokens: [12, 3], more: { annotations: [] } });
const wholeHello = whole([greeting, stepEnd(643)], {
  messages: [{ role: 'user', content: "Say 'Hello World'" }],
  max_tokens: 10,
});
const promised = streamOf([role, said({ content: 'Hello' }, { usage: null })]);
const samples = { helloRun, abortedRun, limitedRun, retriedRun, wholeHello, promised };
const pairs = Object.entries(samples).flatMap(([name, one]) =>
  Object.entries(samples).map(([other, two]) => [`${name} and ${other}`, one, two] as const),
);

describe('of any two runs', () => {
  test.each(pairs)('%s: the same the other way round, and what matters first', (_, one, other) => {
    const rows = differences(one, other);
    if (one === other) expect(rows).toEqual([]);
    expect(
      differences(other, one)
        .map(({ area, what, weight }) => `${area} ${what} ${weight}`)
        .sort(),
    ).toEqual(rows.map(({ area, what, weight }) => `${area} ${what} ${weight}`).sort());
    const ranks = rows.map(({ weight }) => ['matters', 'minor', 'expected'].indexOf(weight));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    for (const { first, second } of rows) expect(first).not.toBe(second);
  });
});

test('a stream and a whole answer that say the same differ in how it came', () => {
  expect(differences(wholeHello, helloRun)).toEqual([
    { area: 'request', what: 'stream', first: '–', second: 'true', weight: 'matters', note: null },
    { area: 'chunks', what: 'chunks', first: 'one body', second: '5', weight: 'matters', note: null },
    {
      area: 'usage',
      what: 'usage',
      first: '12 + 3 tokens',
      second: '–',
      weight: 'matters',
      note: 'The second has none (no count: ask with stream_options).',
    },
    {
      area: 'timing',
      what: 'first text',
      first: '643 ms',
      second: '551 ms',
      weight: 'minor',
      note: 'The first took 1.2 times as long.',
    },
  ]);
});

test('where two texts part is shown and said, also far into them', () => {
  const start = 'A text that is the same for quite a while, so that its beginning would say nothing of it, ';
  const long = (end: string) => streamOf([role, said({ content: start + end }), stop]);
  expect(differences(long('and then not.'), long('until here.'))).toEqual([
    {
      area: 'body',
      what: 'choices[0].message.content',
      first: '"…hing of it, and then not."',
      second: '"…hing of it, until here."',
      weight: 'matters',
      note: 'The texts are the same for 90 characters; then the first has “and then not.”, the second has “until here.”.',
    },
  ]);
});

test('how a run ended comes first, with what the SDK threw', () => {
  const failed = (more: object) =>
    whole([
      thrown(300, { className: 'RateLimitError', message: '429 Slow down.', status: 429, ...more }),
      stepEnd(300, 'error'),
    ]);
  const rows = differences(
    failed({ code: 'rate_limit_exceeded', requestId: 'req_1' }),
    failed({ code: 'insufficient_quota', message: '429 No more.', requestId: 'req_2' }),
  );
  expect(rowsOf(rows, 'outcome')).toEqual([
    ['error.code', '"rate_limit_exceeded"', '"insufficient_quota"', 'matters'],
    ['error.message', '"429 Slow down."', '"429 No more."', 'minor'],
    ['error.requestId', '"req_1"', '"req_2"', 'expected'],
  ]);
  expect(rowsOf(differences(limitedRun, retriedRun), 'outcome')).toEqual([
    ['HTTP status', '429', '200', 'matters'],
    ['ended', 'RateLimitError', 'stop', 'matters'],
    ['tries', '3', '2', 'matters'],
  ]);
  const unfinished = [...helloRun.slice(0, -2), stepEnd(643, 'no-done')];
  expect(rowsOf(differences(helloRun, unfinished), 'outcome')).toEqual([
    ['outcome', 'complete', 'no-done', 'matters'],
  ]);
});

test('a request is compared key by key; labels change no answer', () => {
  const asked = (body: object) => whole([response(500, 'Hi'), stepEnd(510)], body);
  const rows = differences(
    asked({ temperature: 0, user: 'ada', tools: [] }),
    asked({ temperature: 1, user: 'bob', messages: [{ role: 'user', content: 'Ho' }] }),
  );
  expect(rowsOf(rows, 'request')).toEqual([
    ['messages[0].content', '"Hi"', '"Ho"', 'matters'],
    ['temperature', '0', '1', 'matters'],
    ['tools', '[]', '–', 'matters'],
    ['user', '"ada"', '"bob"', 'minor'],
  ]);
});

test('headers are compared by name, and those of the moment are expected to be others', () => {
  const answered = (...list: [string, string][]) =>
    whole([{ ...headers(470), headers: list } as RunEvent, response(500, 'Hi'), stepEnd(510)]);
  const one = answered(
    ['Date', 'Mon'],
    ['content-type', 'application/json'],
    ['openai-version', '2020-10-01'],
    ['x-ratelimit-remaining-requests', '99'],
    ['set-cookie', 'a=...'],
    ['set-cookie', 'b=...'],
  );
  const other = answered(
    ['Set-Cookie', 'a=..., b=...'],
    ['cf-ray', '1'],
    ['Content-Type', 'text/html'],
    ['x-ratelimit-remaining-requests', '98'],
    ['date', 'Tue'],
  );
  expect(rowsOf(differences(one, other), 'headers')).toEqual([
    ['content-type', 'application/json', 'text/html', 'matters'],
    ['openai-version', '2020-10-01', '–', 'minor'],
    ['cf-ray', '–', '1', 'minor'],
    ['date', 'Mon', 'Tue', 'expected'],
    ['x-ratelimit-remaining-requests', '99', '98', 'expected'],
  ]);
});

test('a header that was sent counts among what was asked', () => {
  const sent = (name: string) =>
    whole([
      { ...attempt(3), headers: [[name, 'cut']] } as RunEvent,
      headers(470),
      response(500, 'Hi'),
      stepEnd(510),
    ]);
  expect(rowsOf(differences(sent('accept'), sent('x-practice-fault')), 'request')).toEqual([
    ['header x-practice-fault', '–', 'cut', 'matters'],
    ['header accept', 'cut', '–', 'minor'],
  ]);
});

test('keys, types and kinds of chunk that only one stream has are told, each once', () => {
  const text = (content: unknown, more = {}) => said({ content }, more);
  const plain = streamOf([role, text('a'), text('b'), stop]);
  const other = streamOf([
    said({ role: 'assistant', content: '', refusal: null }, { obfuscation: 'x', usage: null }),
    text('a', { obfuscation: 'x' }),
    said({}),
    said({ role: 'assistant', content: 'b' }),
    said({ role: 'assistant', content: [{ type: 'text' }] }),
    stop,
    { ...said({}), choices: [], usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 } },
  ]);
  const rows = differences(plain, other);
  expect(rowsOf(rows, 'chunks')).toEqual([
    ['order', 'role, text, finish', 'role, text, empty, text, role, finish, usage', 'matters'],
    ['chunks', '4', '7', 'minor'],
    ['empty chunks', '0', '1', 'minor'],
  ]);
  expect(rowsOf(rows, 'body')).toEqual([
    ['choices[0].message.content', '"ab"', '[{"type":"text"}]', 'matters'],
    ['choices[].delta.content', 'string', 'string or list', 'matters'],
    ['choices[].message.refusal', '–', 'null', 'minor'],
    ['obfuscation', '–', 'string', 'minor'],
  ]);
  expect(rowsOf(rows, 'usage')).toEqual([['usage', '–', '5 + 2 tokens', 'matters']]);
});

test('the order says what each chunk is there for, and ends where it would be too long', () => {
  const orderOf = (...chunks: unknown[]) =>
    rowsOf(differences(streamOf([role]), streamOf(chunks)), 'chunks').find(([what]) => what === 'order')?.[2];
  const call = said({ role: 'assistant', tool_calls: [{ index: 0, id: 'a', function: { name: 'f' } }] });
  const thought = said({ role: 'assistant', reasoning_content: 'Well' });
  expect(orderOf(thought, call, call, stop)).toBe('other, call, finish');
  expect(orderOf(role, said({ refusal: 'No.' }), null, 'odd')).toBe('role, refusal, empty');
  const back = Array.from({ length: 6 }, () => [role, said({ content: 'a' })]).flat();
  expect(orderOf(...back)).toBe('role, text, role, text, role, text, role, text, …');
});

test('how many tokens a chunk carries matters more than how many chunks there are', () => {
  const usage = {
    ...said({}),
    choices: [],
    usage: { prompt_tokens: 5, completion_tokens: 4, total_tokens: 9 },
  };
  const text = (...pieces: string[]) =>
    streamOf([role, ...pieces.map((content) => said({ content })), stop, usage]);
  expect(rowsOf(differences(text('a', 'b', 'c', 'd'), text('ab', 'cd')), 'chunks')).toEqual([
    ['tokens per chunk', '1.0', '2.0', 'matters'],
    ['chunks', '7', '5', 'minor'],
    ['chunks with text', '4', '2', 'minor'],
  ]);
});

test('usage is compared count by count', () => {
  const used = (prompt: number, completion: number) =>
    whole([response(500, 'Hi', { tokens: [prompt, completion] }), stepEnd(510)]);
  expect(rowsOf(differences(used(10, 5), used(12, 5)), 'usage')).toEqual([
    ['prompt tokens', '10', '12', 'matters'],
    ['usage.total_tokens', '15', '17', 'minor'],
  ]);
});

test('a call in place of a text, another reason to end, and another number of choices matter', () => {
  const call = { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } };
  const answered = (content: string | null, finish: string, more = {}) =>
    whole([response(500, content, { finish, more }), stepEnd(510)]);
  const rows = differences(answered('Sunny.', 'stop'), answered(null, 'tool_calls', { tool_calls: [call] }));
  expect(rowsOf(rows, 'outcome')).toEqual([['ended', 'stop', 'tool_calls', 'matters']]);
  expect(rowsOf(rows, 'body')).toEqual([
    ['choices[0].message.content', '"Sunny."', 'null', 'matters'],
    ['choices[].message.tool_calls', '–', JSON.stringify([call]).slice(0, 79).concat('…'), 'matters'],
  ]);
  const one = response(500, 'Hi') as RunEventOf<'response'> & { body: { choices: object[] } };
  const two = { ...one, body: { ...one.body, choices: [...one.body.choices, { index: 1 }] } };
  const choices = differences(answered('Hi', 'stop'), whole([two, stepEnd(510)]));
  expect(rowsOf(choices, 'body')).toEqual([['choices[1]', '–', '{"index":1}', 'matters']]);
});

test('times differ from a tenth on, and matter where one can feel it', () => {
  const timed = (headersMs: number, firstMs: number, endMs: number): Events => [
    runStart('x'),
    stepStart(chat({ stream: true })),
    attempt(1),
    headers(headersMs),
    chunk(0, firstMs, 'Hi'),
    chunk(1, firstMs, {}, { finish: 'stop' }),
    stepEnd(endMs),
  ];
  expect(differences(timed(100, 200, 400), timed(109, 290, 700))).toEqual([
    {
      area: 'timing',
      what: 'end',
      first: '400 ms',
      second: '700 ms',
      weight: 'matters',
      note: 'The second took 1.8 times as long.',
    },
    {
      area: 'timing',
      what: 'first text',
      first: '200 ms',
      second: '290 ms',
      weight: 'minor',
      note: 'The second took 1.4 times as long.',
    },
  ]);
});

test('where one of them is not there, nothing is compared', () => {
  expect(diffRuns(side(helloRun), { log: logOf(helloRun), step: 3 })).toEqual([]);
});

test('of a request that a file does not tell of only what is known is compared, and nothing made up', () => {
  const capture = openRun(Buffer.from(eventOf('Hi') + done), 'x.sse');
  const entry = (url: string, agent: string, text?: string) => ({
    request: {
      method: 'POST',
      url,
      headers: [{ name: 'user-agent', value: agent }],
      ...(text && { postData: { text } }),
    },
    response: {
      status: 200,
      headers: [{ name: 'content-type', value: 'text/event-stream' }],
      content: { text: eventOf('Hi') + done },
    },
  });
  const har = (...given: Parameters<typeof entry>) =>
    openRun(Buffer.from(JSON.stringify({ log: { entries: [entry(...given)] } })), 'x.har');
  const asked = (first: Pick<Recording, 'events'>, second: Pick<Recording, 'events'>) =>
    diffRuns({ log: logOf(first.events), step: 0 }, { log: logOf(second.events), step: 0 })
      .filter(({ area }) => area === 'request')
      .map((each) => [each.what, each.first, each.second]);
  const url = 'http://a.example/v1/chat/completions';
  const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], stream: true });

  expect(asked({ events: helloRun }, capture)).toEqual([
    ['endpoint', expect.stringContaining('127.0.0.1'), 'not in the file'],
    ['body', 'known', 'not in the file'],
  ]);
  expect(asked(capture, capture)).toEqual([]);
  expect(asked(har(url, 'one'), har(url.replace('a.', 'b.'), 'two'))).toEqual([
    ['endpoint', 'http://a.example/v1', 'http://b.example/v1'],
    ['header user-agent', 'one', 'two'],
  ]);
  expect(asked(har(url, 'one', body), har(url, 'two'))).toEqual([
    ['body', 'known', 'not in the file'],
    ['header user-agent', 'one', 'two'],
  ]);
});
