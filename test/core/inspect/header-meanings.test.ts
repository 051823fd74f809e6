import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { headerMeaning } from '../../../src/core/inspect/header-meanings.ts';
import type { Step } from '../../../src/core/lessons/types.ts';
import { experimentOf, runAgainst } from '../../helpers/runs.ts';
import { ask, practice } from '../practice/practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice();
});
afterAll(() => server.close());

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

test('what `fetch` itself adds to a request is explained', async () => {
  let names: readonly string[] = [];
  const listener = createServer((request, response) => {
    names = Object.keys(request.headers);
    response.end('{}');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  await fetch(`http://127.0.0.1:${(listener.address() as AddressInfo).port}`, { method: 'POST', body: 'x' });
  listener.closeAllConnections();
  await new Promise((resolve) => listener.close(resolve));
  expect(names).toContain('content-length');
  for (const name of names) expect(headerMeaning(name), name).not.toBeNull();
});

/** As captured from the real endpoint and its CDN, 2024 to 2026. */
const live =
  `content-type access-control-expose-headers openai-organization openai-project openai-processing-ms
  openai-version x-request-id x-ratelimit-limit-requests x-ratelimit-remaining-requests x-ratelimit-reset-requests
  x-ratelimit-limit-tokens x-ratelimit-remaining-tokens x-ratelimit-reset-tokens x-envoy-upstream-service-time
  x-openai-proxy-wasm strict-transport-security x-content-type-options cf-cache-status cf-ray server alt-svc
  set-cookie date transfer-encoding content-length connection vary retry-after retry-after-ms x-should-retry
  x-stainless-timeout x-stainless-helper-method openai-beta`.split(/\s+/);

test('every header of the real endpoint has a meaning of its own', () => {
  const meanings = live.map((name) => headerMeaning(name));
  for (const [index, meaning] of meanings.entries()) {
    expect(meaning, live[index]).toMatch(/^\S.*\.$/);
    expect(meaning!.length, live[index]).toBeLessThanOrEqual(160);
  }
  expect(new Set(meanings).size).toBe(live.length);
});

test('a name means the same however it is written', () => {
  expect(headerMeaning('X-Request-ID')).toBe(headerMeaning('x-request-id'));
});

test('of a member of a family something is known, of a stranger nothing', () => {
  expect(headerMeaning('x-ratelimit-limit-project-tokens')).toMatch(/limit/);
  for (const name of ['x-vendor', 'constructor', '']) expect(headerMeaning(name)).toBeNull();
});
