import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { headerMeaning } from '../../../src/core/inspect/header-meanings.ts';

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
