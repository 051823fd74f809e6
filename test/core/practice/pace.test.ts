import { afterEach, describe, expect, test } from 'vitest';
import { timeline } from '../../../src/core/practice/pace.ts';
import { seededRandom } from '../../../src/core/practice/random.ts';
import { heldClock } from './held-clock.ts';
import { ask, practice } from './practice-client.ts';

const oneToken = (length: number) => Array.from({ length }, () => 1);

describe('a timeline', () => {
  test('at realtime starts after about 0.55 s and keeps about 54 tokens a second, unevenly', () => {
    const { pieceMs } = timeline('realtime', seededRandom(3), oneToken(2000));
    const first = pieceMs[0]!;
    const last = pieceMs.at(-1)!;
    expect(Math.abs(first - 550)).toBeLessThan(60);
    expect(Math.abs(1999 / ((last - first) / 1000) - 54)).toBeLessThan(2);
    const gaps = pieceMs.slice(1).map((ms, index) => ms - pieceMs[index]!);
    expect(Math.min(...gaps)).toBeGreaterThan(0);
    expect(Math.max(...gaps)).toBeGreaterThan(2 * Math.min(...gaps));
  });

  test('sends the headers first, then the role, then the content: three times that differ', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const { headersMs, roleMs, pieceMs, endMs } = timeline('realtime', seededRandom(seed), oneToken(2));
      expect(roleMs - headersMs).toBeGreaterThan(20);
      expect(pieceMs[0]! - roleMs).toBeCloseTo(40);
      expect(endMs).toBeGreaterThan(pieceMs[1]!);
    }
  });

  test('is the same for the same seed, ten times as short when fast, and nothing when instant', () => {
    const [slow, again] = [1, 2].map(() => timeline('realtime', seededRandom(5), oneToken(9)));
    expect(slow).toEqual(again);
    expect(timeline('fast', seededRandom(5), oneToken(9)).endMs).toBeCloseTo(slow!.endMs / 10);
    expect(timeline('instant', seededRandom(5), oneToken(9))).toMatchObject({
      headersMs: 0,
      roleMs: 0,
      endMs: 0,
    });
  });

  test('of an answer without any text still has an end', () => {
    expect(timeline('realtime', seededRandom(1), []).endMs).toBeGreaterThan(400);
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
