import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldRows } from '../../../src/core/inspect/field-rows.ts';
import { headerMeaning } from '../../../src/core/inspect/header-meanings.ts';
import { rateLimits } from '../../../src/core/inspect/rate-limits.ts';
import { meaningOf } from '../../../src/core/lessons/field-meanings.ts';
import type { Step } from '../../../src/core/lessons/types.ts';
import { experimentOf, runAgainst } from '../../helpers/runs.ts';
import { featureRequests } from '../practice/feature-requests.ts';
import { ask, dataOf, practice } from '../practice/practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice();
});
afterAll(() => server.close());

/** The paths in a body that have no meaning. */
const unknownIn = (body: unknown, kind?: string) =>
  fieldRows(body)
    .map(({ path }) => path)
    .filter((path) => meaningOf(path, kind) === null);

test.each(featureRequests)('every key is explained: $id', async ({ body }) => {
  expect(unknownIn(body, 'request')).toEqual([]);
  const whole = await (await server.post(body)).json();
  expect(unknownIn(whole, whole.object)).toEqual([]);
  const streamed = { ...body, stream: true, stream_options: { include_usage: true } };
  expect(unknownIn(streamed, 'request')).toEqual([]);
  const chunks = dataOf(await (await server.post(streamed)).text()).slice(0, -1);
  expect(chunks.length).toBeGreaterThan(2);
  for (const chunk of chunks.map((data) => JSON.parse(data))) {
    expect(unknownIn(chunk, 'chat.completion.chunk')).toEqual([]);
  }
});

test('every key of the models is explained', async () => {
  for (const path of ['/models', '/models/gpt-4o-mini']) {
    const body = await (await server.get(path)).json();
    expect(unknownIn(body, body.object)).toEqual([]);
  }
});

test('every key of every known error is explained', () => {
  const { errors } = JSON.parse(readFileSync('test/fixtures/errors.json', 'utf8'));
  expect(errors.length).toBeGreaterThan(30);
  for (const { body } of errors) expect(unknownIn(body)).toEqual([]);
});

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  label: id,
  request: { kind: 'chat', body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] } },
  ...more,
});

test('every header of a run against the practice server is explained', async () => {
  const experiment = experimentOf(
    step('whole'),
    step('refused', { key: 'no-header' }),
    step('not there', { fault: '404' }),
  );
  const { summary } = await runAgainst(server.url, { experiment });
  const attempts = summary.steps.flatMap((each) => each.attempts);
  const sent = new Set(attempts.flatMap(({ sentHeaders }) => sentHeaders.map(([name]) => name)));
  const received = new Set(attempts.flatMap(({ headers }) => headers.map(([name]) => name)));
  // The SDK would try these again, and wait.
  for (const fault of ['429', '429-tokens', '500', '503', 'html', 'empty']) {
    const { headers } = await server.post(ask('Hi'), { 'x-practice-fault': fault });
    for (const name of headers.keys()) received.add(name);
  }
  expect(sent).toContain('x-stainless-retry-count');
  expect(sent).toContain('x-practice-fault');
  for (const name of ['x-request-id', 'x-ratelimit-limit-tokens', 'www-authenticate', 'retry-after-ms']) {
    expect(received).toContain(name);
  }
  for (const name of [...sent, ...received]) expect(headerMeaning(name), name).toMatch(/^\S.*\.$/);
});

test('its rate limits are read', async () => {
  const { headers } = await server.post({ ...ask('Say hello.'), model: 'gpt-4o' });
  expect(rateLimits([...headers.entries()])).toEqual([
    { what: 'requests', limit: 500, remaining: 499, resetMs: 120 },
    { what: 'tokens', limit: 30_000, remaining: 29_995, resetMs: 10 },
  ]);
});
