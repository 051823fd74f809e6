import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldRows } from '../../../src/core/inspect/field-rows.ts';
import { meaningOf } from '../../../src/core/lessons/field-meanings.ts';
import { featureRequests } from '../practice/feature-requests.ts';
import { dataOf, practice } from '../practice/practice-client.ts';

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
