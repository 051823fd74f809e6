import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import OpenAI, { RateLimitError } from 'openai';
import { afterEach, describe, expect, test } from 'vitest';
import type { RateLimit } from '../../../src/core/practice/rate-limits.ts';
import { heldClock } from './held-clock.ts';
import { ask, practice } from './practice-client.ts';

let close = async () => {};
afterEach(() => close());

async function limited(rateLimit?: RateLimit) {
  const clock = heldClock();
  const server = await practice({ clock, ...(rateLimit && { rateLimit }) });
  close = server.close;
  return { clock, server };
}

/** The figures of an answer: its status, what is left, and how long to wait. */
const figures = ({ status, headers }: Response) => ({
  status,
  requests: headers.get('x-ratelimit-remaining-requests'),
  reset: headers.get('x-ratelimit-reset-requests'),
  retryAfter: headers.get('retry-after'),
  retryAfterMs: headers.get('retry-after-ms'),
});

describe('requests a minute', () => {
  test('are let in up to the limit, and then refused with the wait that is true', async () => {
    const { clock, server } = await limited({ requests: 3 });
    const seen = [];
    for (let call = 0; call < 4; call += 1) seen.push(figures(await server.post(ask('Hi'))));
    expect(seen).toEqual([
      { status: 200, requests: '2', reset: '20s', retryAfter: null, retryAfterMs: null },
      { status: 200, requests: '1', reset: '40s', retryAfter: null, retryAfterMs: null },
      { status: 200, requests: '0', reset: '1m0s', retryAfter: null, retryAfterMs: null },
      { status: 429, requests: '0', reset: '1m0s', retryAfter: '20', retryAfterMs: '20000' },
    ]);
    // A moment too early it is still too early, and asking in vain has cost nothing.
    clock.advance(19_999);
    const early = await server.post(ask('Hi'));
    expect(figures(early)).toMatchObject({ status: 429, retryAfterMs: '1' });
    expect((await early.json()).error).toEqual({
      message:
        'Rate limit reached for gpt-4o-mini in organization org-practice on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 1ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      type: 'requests',
      param: null,
      code: 'rate_limit_exceeded',
    });
    clock.advance(1);
    expect((await server.post(ask('Hi'))).status).toBe(200);
  });

  test('are counted for each model alone, and an alias counts as its snapshot', async () => {
    const { server } = await limited({ requests: 1 });
    const status = async (model: string) => (await server.post({ ...ask('Hi'), model })).status;
    expect(await status('gpt-4o-mini')).toBe(200);
    expect(await status('gpt-4o-mini-2024-07-18')).toBe(429);
    expect(await status('gpt-4o')).toBe(200);
  });

  test('are those of the model where nothing else is said: 500, and then 429', async () => {
    const { server } = await limited();
    const statuses = new Map<number, number>();
    for (let call = 0; call < 505; call += 1) {
      const { status } = await server.post(ask('Hi', { max_tokens: 1 }));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 500, 429: 5 });
  });
});

test('tokens a minute are limited as well, by the wait that is true of them', async () => {
  const { server } = await limited({ requests: 100, tokens: 100 });
  const long = ask('x'.repeat(200));
  // 50 for the characters, one for the message and one more.
  expect((await server.post(long)).headers.get('x-ratelimit-remaining-tokens')).toBe('48');
  const refused = await server.post(long);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after-ms')).toBe('2400');
  expect((await refused.json()).error).toMatchObject({
    message: expect.stringContaining('(TPM): Limit 100, Used 52, Requested 52. Please try again in 2.4s.'),
    type: 'tokens',
  });
});

test('what will never fit is told so, with nothing to wait for', async () => {
  const { server } = await limited({ tokens: 10 });
  const refused = await server.post(ask('x'.repeat(200)));
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBeNull();
  expect((await refused.json()).error.message).toContain('Request too large for gpt-4o-mini');
});

test('a request is counted when it has come in whole, however long its body took', async () => {
  const { clock, server } = await limited({ requests: 3 });
  const body = JSON.stringify(ask('Hi'));
  const head = `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-practice\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  const slow = connect(Number(new URL(server.url).port), '127.0.0.1');
  slow.write(head);
  // Answered, so the head of the slow one has been read before.
  await server.get('/models');
  clock.advance(21_000);
  for (let call = 0; call < 2; call += 1) expect((await server.post(ask('Hi'))).status).toBe(200);
  slow.write(body);
  expect(await text(slow)).toMatch(/^HTTP\/1\.1 200 .*x-ratelimit-remaining-requests: 0\r\n/s);
});

test('a refused request is counted by its characters as well', async () => {
  const { server } = await limited();
  const refused = await server.post({ ...ask('x'.repeat(40)), temperature: 9 });
  expect(refused.status).toBe(400);
  // Ten for the characters, one for the message and one more.
  expect(refused.headers.get('x-ratelimit-remaining-tokens')).toBe('199988');
});

test('turned off, nothing is refused and everything is counted', async () => {
  const { server } = await limited('off');
  let last: Response | null = null;
  for (let call = 0; call < 520; call += 1) last = await server.post(ask('Hi', { max_tokens: 1 }));
  expect(last?.status).toBe(200);
  expect(last?.headers.get('x-ratelimit-remaining-requests')).toBe('0');
});

test('the SDK waits as long as it is told to, and gets through', async () => {
  // One request every 250 ms.
  const server = await practice({ rateLimit: { requests: 240 } });
  close = server.close;
  const client = new OpenAI({ baseURL: server.url, apiKey: 'sk-practice' });
  const hurry = { model: 'gpt-4o-mini', messages: [{ role: 'user' as const, content: 'Hi' }], max_tokens: 1 };
  const calls = Array.from({ length: 244 }, () =>
    client.chat.completions.create(hurry, { maxRetries: 5 }).then(
      () => 'through',
      (error) => (error instanceof RateLimitError ? 'limited' : 'broken'),
    ),
  );
  const outcomes = await Promise.all(calls);
  expect(outcomes).not.toContain('broken');
  expect(outcomes.filter((outcome) => outcome === 'through').length).toBeGreaterThan(240);
}, 60_000);
