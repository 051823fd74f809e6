import { afterEach, describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/core/practice/random.ts';
import { type Pace, timeline } from '../../../src/core/practice/send/pace.ts';
import { heldClock } from './held-clock.ts';
import { ask, practice } from './practice-client.ts';

/** A timeline, and when each of so many single tokens is due. */
function due(pace: Pace, seed: number, tokens: number) {
  const { next, endMs, ...rest } = timeline(pace, seededRandom(seed));
  const tokenMs = Array.from({ length: tokens }, () => next(1));
  return { ...rest, tokenMs, endMs: endMs() };
}

describe('a timeline', () => {
  test('at realtime starts after about 0.55 s and keeps about 54 tokens a second, unevenly', () => {
    const { tokenMs } = due('realtime', 3, 2000);
    const first = tokenMs[0]!;
    const last = tokenMs.at(-1)!;
    expect(Math.abs(first - 550)).toBeLessThan(60);
    expect(Math.abs(1999 / ((last - first) / 1000) - 54)).toBeLessThan(2);
    const gaps = tokenMs.slice(1).map((ms, index) => ms - tokenMs[index]!);
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    expect(Math.max(...gaps)).toBeGreaterThan(2 * Math.min(...gaps));
  });

  test('sends the headers first, then the role, then the content: three times that differ', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { headersMs, roleMs, tokenMs, endMs } = due('realtime', seed, 2);
      expect(roleMs - headersMs).toBeGreaterThan(20);
      expect(tokenMs[0]! - roleMs).toBeCloseTo(40);
      expect(endMs).toBeGreaterThan(tokenMs[1]!);
    }
  });

  test('is the same for the same seed, ten times as short when fast, and nothing when instant', () => {
    const slow = due('realtime', 5, 9);
    expect(due('realtime', 5, 9).tokenMs).toEqual(slow.tokenMs);
    expect(due('fast', 5, 9).endMs).toBeCloseTo(slow.endMs / 10);
    expect(due('instant', 5, 9)).toMatchObject({ headersMs: 0, roleMs: 0, endMs: 0 });
  });

  test('of an answer without any text still has an end', () => {
    expect(due('realtime', 1, 0).endMs).toBeGreaterThan(400);
  });

  test('lets the time of reasoning pass before the first content', () => {
    const { next, pass } = timeline('realtime', seededRandom(1));
    pass(54);
    expect(next(1)).toBeCloseTo(due('realtime', 1, 1).tokenMs[0]! + 1000);
  });
});

describe('on the wire, with time held still', () => {
  let close = async () => {};
  afterEach(() => close());

  async function held() {
    const clock = heldClock();
    const server = await practice({ pace: 'realtime', clock });
    close = server.close;
    return { clock, server };
  }

  test('a stream sends its headers, its role and each token when they are due, and not before', async () => {
    const { clock, server } = await held();
    const pending = server.post(ask("Say 'Hello World'", { stream: true }));
    await clock.advanceToNext();
    const reader = (await pending).body!.pipeThrough(new TextDecoderStream()).getReader();
    const deltas: string[] = [];
    for (let event = 0; event < 4; event += 1) {
      await clock.advanceToNext();
      const { value } = await reader.read();
      deltas.push(JSON.parse(value!.slice('data: '.length)).choices[0].delta.content);
    }
    expect(deltas).toEqual(['', 'Hello', ' World', '!']);
  });

  test('a whole answer takes as long as its stream would', async () => {
    const { clock, server } = await held();
    const pending = server.post(ask('What is gravity? One sentence.'));
    await clock.advanceToNext();
    const response = await pending;
    const expected = 550 + (25 * 1000) / 54;
    expect(Math.abs(clock.now() - expected)).toBeLessThan(expected / 4);
    expect(response.headers.get('openai-processing-ms')).toBe(String(Math.round(clock.now())));
  });

  test.each([true, false])('a client that leaves (stream: %s) stops the answer at once', async (stream) => {
    const { clock, server } = await held();
    const abort = new AbortController();
    const gone = server
      .post(ask('Write a poem about the ocean.', { stream }), {}, abort.signal)
      .catch(() => 'gone');
    await clock.nextWait();
    abort.abort();
    await clock.nextCancel();
    expect(await gone).toBe('gone');
    expect(clock.waiting()).toBe(0);
  });

  test('a client that leaves in the middle of a stream stops it, too', async () => {
    const { clock, server } = await held();
    const abort = new AbortController();
    const pending = server.post(ask('Write a poem about the ocean.', { stream: true }), {}, abort.signal);
    await clock.advanceToNext();
    const reader = (await pending).body!.getReader();
    await clock.advanceToNext();
    await reader.read();
    await clock.nextWait();
    abort.abort();
    await clock.nextCancel();
    expect(clock.waiting()).toBe(0);
  });

  test('closing the server breaks what is still open', async () => {
    const { clock, server } = await held();
    const pending = server.post(ask('Say hello.')).catch((error) => error);
    await clock.nextWait();
    await server.close();
    expect(await pending).toBeInstanceOf(TypeError);
    expect(clock.waiting()).toBe(0);
    close = async () => {};
  });

  test('one request may ask for another pace', async () => {
    const { clock, server } = await held();
    const response = await server.post(ask('Say hello.'), { 'x-practice-pace': 'instant' });
    expect(response.status).toBe(200);
    expect(clock.now()).toBe(0);
    const unknown = await server.post(ask('Say hello.'), { 'x-practice-pace': 'warp' });
    expect(unknown.status).toBe(400);
    expect((await unknown.json()).error.message).toContain("'warp'");
  });

  test('the limits refill with time', async () => {
    const { clock, server } = await held();
    const remaining = async () => {
      const response = await server.post(ask('Say hello.'), { 'x-practice-pace': 'instant' });
      return response.headers.get('x-ratelimit-remaining-requests');
    };
    expect([await remaining(), await remaining(), await remaining()]).toEqual(['499', '498', '497']);
    clock.advance(60_000);
    expect(await remaining()).toBe('499');
  });
});
