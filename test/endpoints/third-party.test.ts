import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LLMock } from '@copilotkit/aimock';
import { MockServer } from 'openai-mock-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/core/api/endpoint.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Step } from '../../src/core/lessons/types.ts';
import { createRedactor } from '../../src/core/mask.ts';
import { execute } from '../../src/core/run/execute.ts';
import { usageFigures } from '../../src/core/run/figures.ts';
import { RunLog } from '../../src/core/run/log.ts';
import type { StepSummary } from '../../src/core/run/summary.ts';
import { experimentOf } from '../helpers/runs.ts';

// Servers that others wrote, as endpoints: what they send is shown, and what they do not send is said to be missing.

const key = 'sk-third-party';
const answer = 'Hi there, 🦜 friend!';
const missing = { known: null };

const ask = (more: object = {}, step: Partial<Step> = {}): Step => ({
  id: 'ask',
  label: 'ask',
  request: {
    kind: 'chat',
    body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'hello' }], ...more },
  },
  ...step,
});

/** One request to a server, and what one gets to see of it. */
async function run(baseURL: string, step: Step) {
  const endpoint: Endpoint = { kind: 'compatible', baseURL, apiKey: key };
  const log = new RunLog(systemClock);
  await execute({
    experiment: experimentOf(step),
    endpoint,
    practice: () => Promise.reject(new Error('nothing is meant for practice')),
    log,
    clock: systemClock,
    redact: createRedactor([key]),
  });
  const summary = log.summary.steps[0]!;
  return { log, summary, figures: figuresOf(summary), text: log.text(0) };
}

const figuresOf = (summary: StepSummary) =>
  Object.fromEntries(usageFigures(summary).map((figure) => [figure.label, figure]));

const tokens = (count: number) => `${count} ${count === 1 ? 'token' : 'tokens'}`;

/** The bytes of the answer as they came. */
const wire = (log: RunLog): string =>
  Buffer.concat(log.rows(0).reads.map(({ bytes }) => bytes)).toString('utf8');

/** The objects in an event stream, read from its bytes. */
const dataOf = (text: string) =>
  text
    .split('\n\n')
    .filter((event) => event !== '' && event !== 'data: [DONE]')
    .map((event) => JSON.parse(event.replace(/^data: /, '')));

const chunksOf = (log: RunLog) => log.rows(0).chunks.map(({ chunk }) => chunk);

describe('@copilotkit/aimock', () => {
  const server = new LLMock({ port: 0, chunkSize: 5, logLevel: 'silent' });
  let url: string;
  beforeAll(async () => {
    server.onMessage('hello', { content: answer });
    server.onMessage('break off', { content: answer }, { truncateAfterChunks: 3, latency: 5 });
    url = `${await server.start()}/v1`;
  });
  afterAll(() => server.stop());

  test('a whole answer is shown as it came, its usage as reported, and no price is made up', async () => {
    const { log, summary, figures, text } = await run(url, ask());
    const sent = JSON.parse(wire(log));
    expect(summary).toMatchObject({ outcome: 'complete', status: 200, error: null });
    expect(text).toBe(answer);
    expect(log.rows(0).response!.body).toEqual(sent);
    expect(figures).toMatchObject({
      prompt: { value: tokens(sent.usage.prompt_tokens), known: 'reported' },
      completion: { value: tokens(sent.usage.completion_tokens), known: 'reported' },
      total: { value: tokens(sent.usage.total_tokens), known: 'reported' },
      finish: { value: 'stop', known: 'reported' },
      cost: { value: 'not known: a server of its own', ...missing },
    });
  });

  test('a stream without usage says that it was not sent, and only estimates', async () => {
    const { log, summary, figures, text } = await run(url, ask({ stream: true }));
    expect(summary).toMatchObject({ outcome: 'complete', usage: null, error: null });
    expect(text).toBe(answer);
    expect(chunksOf(log)).toEqual(dataOf(wire(log)));
    expect(figures).toMatchObject({
      prompt: { value: 'no count: ask with stream_options', ...missing },
      completion: { value: expect.stringMatching(/^about \d+ tokens$/), known: 'estimated' },
      total: missing,
      finish: { value: 'stop', known: 'reported' },
      'first token': { known: 'measured' },
      cost: missing,
    });
  });

  test('a stream asked for usage shows the usage that it sent', async () => {
    const { log, summary, figures, text } = await run(
      url,
      ask({ stream: true, stream_options: { include_usage: true } }),
    );
    const sent = dataOf(wire(log));
    const { usage } = sent.at(-1);
    expect(summary).toMatchObject({ outcome: 'complete', error: null });
    expect(text).toBe(answer);
    expect(chunksOf(log)).toEqual(sent);
    expect(figures).toMatchObject({
      prompt: { value: tokens(usage.prompt_tokens), known: 'reported' },
      completion: { value: tokens(usage.completion_tokens), known: 'reported' },
      total: { value: tokens(usage.total_tokens), known: 'reported' },
    });
  });

  test('a stream that it breaks off keeps what came, and no reason for the end is made up', async () => {
    const body = { stream: true, messages: [{ role: 'user', content: 'break off' }] };
    const { log, summary, figures, text } = await run(url, ask(body));
    expect(summary).toMatchObject({ outcome: 'cut', finishReason: null });
    expect(text).not.toBe('');
    expect(answer.startsWith(text)).toBe(true);
    expect(chunksOf(log)).toEqual(dataOf(wire(log)));
    expect(figures).toMatchObject({ finish: { value: 'never said: the connection broke', ...missing } });
  });

  test('its errors are told in its words, with what they lack left empty', async () => {
    const unknown = await run(url, ask({ messages: [{ role: 'user', content: 'anything else' }] }));
    expect(unknown.summary).toMatchObject({
      outcome: 'error',
      status: 404,
      error: { className: 'NotFoundError', code: 'no_fixture_match', param: null },
    });
    expect(unknown.figures).toMatchObject({ prompt: missing, completion: missing, finish: missing });

    server.nextRequestError(400, { message: 'Not today.', type: 'mood' });
    const { log, summary } = await run(url, ask({ stream: true }));
    expect(JSON.parse(wire(log)).error).toMatchObject({ message: 'Not today.', type: 'mood' });
    expect(summary).toMatchObject({
      outcome: 'error',
      error: { className: 'BadRequestError', message: '400 Not today.', type: 'mood', code: null },
    });
  });
});

describe('openai-mock-api', () => {
  const silent = () => {};
  const server = new MockServer(
    {
      apiKey: key,
      responses: [
        {
          id: 'greeting',
          messages: [
            { role: 'user', content: 'hello', matcher: 'contains' },
            { role: 'assistant', content: answer },
          ],
        },
      ],
    },
    { debug: silent, info: silent, warn: silent, error: silent },
  );
  let url: string;
  beforeAll(async () => {
    const port = await freePort();
    await server.start(port);
    url = `http://127.0.0.1:${port}/v1`;
  });
  afterAll(() => server.stop());

  test('a whole answer without refusal, logprobs, fingerprint and request id is shown as it came', async () => {
    const { log, summary, figures, text } = await run(url, ask());
    const sent = JSON.parse(wire(log));
    expect(sent.choices[0].message).toEqual({ role: 'assistant', content: answer });
    expect(summary).toMatchObject({ outcome: 'complete', status: 200, error: null });
    expect(text).toBe(answer);
    expect(log.rows(0).response!.body).toEqual(sent);
    expect(figures).toMatchObject({
      prompt: { value: tokens(sent.usage.prompt_tokens), known: 'reported' },
      finish: { value: 'stop', known: 'reported' },
      cost: { value: 'not known: a server of its own', ...missing },
    });
  });

  test('a stream that calls itself plain text is read all the same, and its figures are not made up', async () => {
    const { log, summary, figures, text } = await run(url, ask({ stream: true }));
    expect(summary.attempts[0]!.headers).toContainEqual(['content-type', 'text/plain; charset=utf-8']);
    expect(summary).toMatchObject({ usage: null, finishReason: 'stop', error: null });
    expect(text).toBe(answer);
    expect(chunksOf(log)).toEqual(dataOf(wire(log)));
    expect(figures).toMatchObject({
      prompt: missing,
      completion: { known: 'estimated' },
      total: missing,
      cost: missing,
    });
  });

  // The SDK reads events wherever it asked for them, whatever type the server names.
  test('a stream that calls itself plain text is complete once it said [DONE]', async () => {
    const { log, summary, figures } = await run(
      url,
      ask({ stream: true, stream_options: { include_usage: true } }),
    );
    expect(wire(log)).toMatch(/data: \[DONE\]\n\n$/);
    expect(summary).toMatchObject({ outcome: 'complete', events: summary.chunks + 1 });
    expect(figures.prompt).toEqual({ label: 'prompt', value: 'not sent by this server', known: null });
  });

  test('a stream asked for usage that sends none says so', async () => {
    const { log, figures, text } = await run(
      url,
      ask({ stream: true, stream_options: { include_usage: true } }),
    );
    expect(text).toBe(answer);
    expect(wire(log)).not.toContain('usage');
    expect(figures).toMatchObject({ prompt: missing, completion: { known: 'estimated' }, total: missing });
  });

  test('its errors are told in its words, with what they lack left empty', async () => {
    const refused = await run(url, ask({}, { key: 'fake' }));
    expect(refused.summary).toMatchObject({
      outcome: 'error',
      status: 401,
      error: {
        className: 'AuthenticationError',
        message: '401 Invalid API key provided',
        code: 'invalid_api_key',
        param: null,
        requestId: null,
      },
    });
    const unknown = await run(url, ask({ stream: true, messages: [{ role: 'user', content: 'else' }] }));
    expect(unknown.summary).toMatchObject({ outcome: 'error', error: { className: 'BadRequestError' } });
    const card = await run(url, ask({}, { request: { kind: 'model', model: 'gpt-4' } }));
    expect(card.summary).toMatchObject({ outcome: 'error', error: { className: 'BadRequestError' } });
    for (const { figures, text } of [refused, unknown, card]) {
      expect(text).toBe('');
      expect(figures).toMatchObject({ prompt: missing, completion: missing, finish: missing, cost: missing });
    }
  });
});

/** A port that was free a moment ago: this server does not tell on which it listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
