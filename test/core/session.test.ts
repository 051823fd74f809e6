import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Endpoint, practiceEndpoint } from '../../src/core/api/endpoint.ts';
import { findKeys } from '../../src/core/api/keys.ts';
import { systemClock } from '../../src/core/clock.ts';
import { findExperiment } from '../../src/core/lessons/index.ts';
import { createRedactor } from '../../src/core/mask.ts';
import { type PracticeServer, startPracticeServer } from '../../src/core/practice/server.ts';
import { openProgress, type Progress } from '../../src/core/progress.ts';
import { mostPast, Session, type SessionSnapshot } from '../../src/core/session.ts';
import { serve } from '../helpers/body-server.ts';

const chunks = findExperiment('3b')!;
const request = findExperiment('2a')!;
const errors = findExperiment('1b')!;
const env = { OPENAI_API_KEY: 'sk-proj-abcdefghijklmnopqrstuvwxyzctAA' };

let server: PracticeServer;
let home = '';
let progress: Progress;

beforeAll(async () => {
  server = await startPracticeServer({ pace: 'instant', seed: 1 });
});
afterAll(() => server.close());
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'first-token-'));
  progress = await openProgress({ clock: systemClock, cwd: home });
});
afterEach(() => rmSync(home, { recursive: true }));

interface Given {
  readonly env?: Record<string, string>;
  readonly startPractice?: (onEnd: () => void) => Promise<Endpoint>;
}

function open({ env = {}, startPractice = async () => practiceEndpoint(server.url) }: Given = {}) {
  const keys = findKeys({ env, cwd: '/project', readFile: () => '' });
  const redact = createRedactor(keys.secrets);
  return new Session({ clock: systemClock, keys, progress, redact, startPractice });
}

/** Resolves once what a session shows of itself is as wanted. */
const until = (session: Session, wanted: (snapshot: SessionSnapshot) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop = session.subscribe(() => {
      if (!wanted(session.getSnapshot())) return;
      stop();
      resolve();
    });
  });

test('of the runs of a sitting so many are kept as it says, the newest first', async () => {
  const session = open();
  for (let count = 0; count < mostPast + 2; count++) await session.run(`run ${count}`, []);
  expect(session.history).toHaveLength(mostPast);
  expect(session.history[0]?.id).toBe(`run ${mostPast + 1}`);
  expect(session.history.at(-1)?.id).toBe('run 2');
});

test('a run that is over is kept: its log, its progress, its figures', async () => {
  const session = open();
  await session.start(request, null);
  const { log, guess } = session.runOf('2a')!;
  expect(guess).toBeNull();
  expect(log.summary).toMatchObject({ outcome: 'complete', experiment: '2a' });
  const { usage } = log.summary.steps[0]!;
  const kept = progress.getSnapshot();
  expect(kept.done).toEqual({ '2a': request.steps.map(({ id }) => id) });
  expect(kept.figures).toEqual({
    '2a': {
      Request: `your 2a: ${usage?.prompt_tokens} + ${usage?.completion_tokens} = ${usage?.total_tokens} tokens`,
    },
  });
  expect(kept.predictions).toEqual({});
});

test.each([
  ['three', true],
  ['10', false],
])('a guess of %s chunks is graded on what came', async (guess, isRight) => {
  const session = open();
  await session.start(chunks, guess);
  expect(session.runOf('3b')?.guess).toBe(guess);
  expect(progress.getSnapshot().predictions).toEqual({ '3b': { chosen: guess, isRight } });
});

test('requests that fail as the lesson wants are done too', async () => {
  await open().start(errors, null);
  expect(progress.getSnapshot().done['1b']).toEqual(errors.steps.map(({ id }) => id));
  expect(progress.getSnapshot().figures['1b']).toEqual({
    'API key': 'your 1b: a fake key, 401 AuthenticationError',
  });
});

test('it shows what runs while it runs, and a second start is refused', async () => {
  const session = open({ env });
  const first = session.start(chunks, 'three');
  expect(session.getSnapshot()).toMatchObject({ name: 'practice', running: '3b', failure: null });
  const { log } = session.runOf('3b')!;
  await Promise.all([session.start(chunks, '5'), session.start(request, null)]);
  expect(session.runOf('3b')).toMatchObject({ guess: 'three' });
  expect(session.runOf('3b')?.log).toBe(log);
  expect(session.runOf('2a')).toBeNull();
  expect(session.chooseEndpoint('openai')).toBe('3b is still running. Ctrl+C stops it.');
  await first;
  expect(session.getSnapshot().running).toBeNull();
  expect(session.chooseEndpoint('openai')).toBeNull();
});

test('run again, the new run takes the place of the old one', async () => {
  const session = open();
  await session.start(chunks, '10');
  const { log } = session.runOf('3b')!;
  await session.start(chunks, 'three');
  expect(session.runOf('3b')?.log).not.toBe(log);
  expect(session.runOf('3b')?.log.summary.steps[0]?.contentChunks).toBe(3);
});

test('a run that is stopped keeps what came and is not done', async () => {
  const slow = await startPracticeServer({ pace: 'realtime', seed: 1 });
  try {
    const session = open({ startPractice: async () => practiceEndpoint(slow.url) });
    const run = session.start(chunks, 'three');
    const { log } = session.runOf('3b')!;
    const stop = log.subscribe(() => {
      if (log.summary.steps[0]?.attempts.length) session.abort();
    });
    await run;
    stop();
    expect(log.summary).toMatchObject({ outcome: 'aborted', steps: [{ outcome: 'aborted' }] });
    expect(progress.getSnapshot().done).toEqual({});
    expect(progress.getSnapshot().predictions).toEqual({});
    expect(session.getSnapshot()).toMatchObject({ running: null, failure: null });
  } finally {
    await slow.close();
  }
});

test('stopped before practice is up, nothing is sent', async () => {
  let isUp: (endpoint: Endpoint) => void = () => {};
  const session = open({ startPractice: () => new Promise((resolve) => (isUp = resolve)) });
  const run = session.start(chunks, null);
  session.abort();
  isUp(practiceEndpoint(server.url));
  await run;
  expect(session.runOf('3b')?.log.summary).toMatchObject({ outcome: 'aborted', steps: [] });
});

test('a practice server that has ended is started again for the next run', async () => {
  let starts = 0;
  let end = () => {};
  const session = open({
    startPractice: async (onEnd) => {
      starts += 1;
      end = onEnd;
      return practiceEndpoint(server.url);
    },
  });
  await session.start(request, null);
  await session.start(request, null);
  expect(starts).toBe(1);
  end();
  await session.start(request, null);
  expect(starts).toBe(2);
  expect(session.runOf('2a')?.log.summary.outcome).toBe('complete');
});

test('a practice server that does not start is said, and can be tried again', async () => {
  let tries = 0;
  const session = open({
    startPractice: async () => {
      tries += 1;
      if (tries === 1) throw new Error('The practice server could not start: no room.');
      return practiceEndpoint(server.url);
    },
  });
  const failed = until(session, ({ failure }) => failure !== null);
  await session.start(chunks, 'three');
  await failed;
  expect(session.getSnapshot()).toMatchObject({
    name: 'practice',
    running: null,
    failure: 'The practice server could not start: no room.',
  });
  expect(progress.getSnapshot().done).toEqual({});
  await session.start(chunks, 'three');
  expect(session.getSnapshot().failure).toBeNull();
  expect(session.runOf('3b')?.log.summary.outcome).toBe('complete');
});

test('practice is started once, however often it is needed', async () => {
  let starts = 0;
  const session = open({
    startPractice: async () => {
      starts += 1;
      return practiceEndpoint(server.url);
    },
  });
  expect(starts).toBe(0);
  await session.warmUp();
  await session.start(chunks, null);
  await session.start(request, null);
  expect(starts).toBe(1);
});

test('a choice to go live is kept, and counts only while there is a key', () => {
  const session = open({ env });
  expect(session.getSnapshot().name).toBe('practice');
  expect(session.chooseEndpoint('openai')).toBeNull();
  expect(open({ env }).getSnapshot().name).toBe('openai');
  expect(open().getSnapshot().name).toBe('practice');
  expect(open().chooseEndpoint('openai')).toBe(
    'No key was found: set OPENAI_API_KEY in the environment or in .env.',
  );
});

test('live, requests go where OPENAI_BASE_URL says, and no log holds the key', async () => {
  const session = open({ env: { ...env, OPENAI_BASE_URL: server.url } });
  session.chooseEndpoint('openai');
  await session.start(request, null);
  const { log } = session.runOf('2a')!;
  expect(log.summary.endpoint).toEqual({ kind: 'openai', baseURL: server.url });
  expect(log.summary.steps[0]?.status).toBe(401);
  expect(JSON.stringify(log.events)).not.toContain('abcdefghijkl');
});

test('a compatible server is asked without a key, for its own model, and is remembered', async () => {
  const session = open({ env });
  session.keepServer({ baseURL: server.url, keyName: null, model: 'gpt-4.1' });
  expect(session.chooseEndpoint(server.url)).toBeNull();
  expect(open().getSnapshot()).toMatchObject({
    endpoint: { kind: 'compatible', baseURL: server.url },
    model: 'gpt-4.1',
  });
  await session.start(request, null);
  const [attempt] = session.runOf('2a')!.log.events.filter((event) => event.type === 'attempt');
  expect(attempt?.headers.map(([name]) => name)).not.toContain('authorization');
  expect(JSON.parse(attempt?.body ?? '')).toMatchObject({ model: 'gpt-4.1' });
  session.forgetServer(server.url);
  expect(session.getSnapshot().name).toBe('practice');
  expect(progress.getSnapshot().servers).toEqual([]);
});

test('a compatible server gets the key of the variable that was named, and no other', async () => {
  const session = open({ env: { ...env, PRACTICE_KEY: 'sk-practice-of-mine' } });
  session.keepServer({ baseURL: server.url, keyName: 'PRACTICE_KEY', model: null });
  session.chooseEndpoint(server.url);
  await session.start(request, null);
  expect(session.runOf('2a')?.log.summary.steps[0]).toMatchObject({ status: 200, outcome: 'complete' });
  session.keepServer({ baseURL: 'https://api.example.com/v1', keyName: 'OTHER_KEY', model: null });
  expect(session.chooseEndpoint('https://api.example.com/v1')).toBe(
    'OTHER_KEY is set neither in the environment nor in .env: put the key of https://api.example.com/v1 there.',
  );
});

test('a server that is being asked is not forgotten', async () => {
  const session = open();
  session.keepServer({ baseURL: server.url, keyName: null, model: null });
  session.chooseEndpoint(server.url);
  const run = session.start(request, null);
  expect(session.forgetServer(server.url)).toBe('2a is still running. Ctrl+C stops it.');
  expect(progress.getSnapshot().servers).toHaveLength(1);
  await run;
  expect(session.forgetServer(server.url)).toBeNull();
  expect(session.getSnapshot().name).toBe('practice');
});

test('models are asked for with the key of the endpoint, which no answer and no failure shows', async () => {
  const key = 'sk-practice-of-mine';
  const session = open({ env: { ...env, PRACTICE_KEY: key } });
  session.keepServer({ baseURL: server.url, keyName: 'PRACTICE_KEY', model: null });
  expect(await session.modelsOf(server.url)).toContain('gpt-4o-mini');
  expect(await session.modelsOf('practice')).toEqual(await session.modelsOf(server.url));
  const secret = env.OPENAI_API_KEY;
  const echo = await serve((response, attempt) => {
    if (attempt === 0) response.end(JSON.stringify({ data: [{ id: `model ${secret}` }] }));
    else response.writeHead(403).end(JSON.stringify({ error: { message: `No: ${secret}` } }));
  });
  const live = open({ env: { ...env, OPENAI_BASE_URL: echo.url } });
  expect(await live.modelsOf('openai')).toEqual(['model sk-proj...ctAA']);
  await expect(live.modelsOf('openai')).rejects.toThrow(/answered 403: No: sk-proj\.\.\.ctAA$/);
  await echo.close();
  await expect(open().modelsOf('openai')).rejects.toThrow('No key was found');
});

test('what costs money is said before the first request, once for each endpoint', () => {
  const session = open({ env });
  expect(session.costNotice()).toBeNull();
  session.chooseEndpoint('openai');
  expect(session.costNotice()).toBe('OpenAI costs money. Enter again sends it.');
  expect(session.costNotice()).toBeNull();
  expect(session.costNotice({ kind: 'compatible', baseURL: 'http://localhost:1234/v1' })).toBeNull();
  expect(session.costNotice({ kind: 'compatible', baseURL: 'https://api.example.com/v1' })).toBe(
    'api.example.com may cost money. Enter again sends it.',
  );
});

test('what failed is not done, unless failing is what it is there to show', async () => {
  const refused = { ...chunks, steps: [{ ...chunks.steps[0]!, target: 'nowhere' as const }] };
  const session = open();
  await session.start(refused, null);
  expect(progress.getSnapshot().done).toEqual({ '3b': ['chunks'] });
  const plain = { ...chunks, id: '2a', steps: [{ ...chunks.steps[0]!, request: bad }] };
  await session.start(plain, null);
  expect(session.runOf('2a')?.log.summary.steps[0]?.outcome).toBe('error');
  expect(progress.getSnapshot().done).toEqual({ '3b': ['chunks'] });
});

test('a stream that came as one object is not done, for no chunk was seen', async () => {
  const body = JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }] });
  const whole = await serve((response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  const session = open();
  session.keepServer({ baseURL: whole.url, keyName: null, model: 'm' });
  session.chooseEndpoint(whole.url);
  await session.start(chunks, null);
  await whole.close();
  expect(session.runOf('3b')?.log.summary.steps[0]).toMatchObject({ status: 200, chunks: 0 });
  expect(progress.getSnapshot().done).toEqual({});
});

test('where a turn failed, the turns that go on from its answer are not sent', async () => {
  let asked = 0;
  const failing = await serve((response) => {
    asked++;
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}');
  });
  const session = open();
  session.keepServer({ baseURL: failing.url, keyName: null, model: 'm' });
  session.chooseEndpoint(failing.url);
  await session.start(findExperiment('2f')!, null);
  await failing.close();
  expect(asked).toBe(1);
  expect(session.runOf('2f')?.log.summary).toMatchObject({
    outcome: 'complete',
    steps: [{ outcome: 'error' }],
  });
});

const bad = {
  kind: 'chat' as const,
  body: {
    model: 'no-such-model',
    messages: [{ role: 'user' as const, content: 'Hi' }],
    stream: true as const,
  },
};
