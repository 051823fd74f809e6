import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fakeKey } from '../../../src/core/api/client.ts';
import { maskKey } from '../../../src/core/mask.ts';
import { adviceOn } from '../../../src/core/run/advice.ts';
import type { HeaderList, RunEvent, SdkError, StepOutcome } from '../../../src/core/run/events.ts';
import { type Failure, failureOf } from '../../../src/core/run/failure.ts';
import sheet from '../../fixtures/errors.json' with { type: 'json' };
import {
  attempt,
  chat,
  chunk,
  headers,
  runStart,
  stepEnd,
  stepOf,
  stepStart,
  thrown,
} from '../../helpers/logs.ts';
import { experimentOf, runAgainst } from '../../helpers/runs.ts';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** Starts a server on the loopback and gives its host and port. */
async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What is really said of a request to a URL. */
async function adviceAt(baseURL: string, isStream = false) {
  const { body } = chat({ stream: isStream }) as Extract<ReturnType<typeof chat>, { kind: 'chat' }>;
  const target = { kind: 'compatible', baseURL, apiKey: 'sk-0123456789abcdefghij' } as const;
  const experiment = experimentOf({ id: 's', label: 's', request: { kind: 'chat', body }, target });
  const [step] = (await runAgainst(baseURL, { experiment })).summary.steps;
  return { failure: failureOf(step!), advice: adviceOn(step!) };
}

const page = '<!doctype html><html><body>Please sign in</body></html>';
const completion = '{"choices":[{"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}';
const event = 'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n';

const answer =
  (status: number, type: string, body: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, type ? { 'content-type': type } : {}).end(body);
  };
const moved =
  (status: number, location: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { location }).end();
  };

/** A server's answers by the first part of the path. */
const answers: Readonly<Record<string, RequestListener>> = {
  page: answer(200, 'text/html', page),
  missing: answer(404, 'text/html', page),
  plain: answer(404, 'text/plain', '404 page not found'),
  empty: answer(200, 'application/json', ''),
  nothing: answer(204, '', ''),
  other: answer(200, 'application/json', '{"hello":1}'),
  half: answer(200, 'application/json', '{"choices":[{"mess'),
  text: answer(200, 'text/plain', 'It is running.'),
  whole: answer(200, 'application/json', completion),
  open: answer(200, 'text/event-stream', event),
  silent: answer(200, 'text/event-stream', ''),
  packed: (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }).end(event);
  },
  events: answer(200, 'text/event-stream', `${event}data: [DONE]\n\n`),
  wordless: answer(200, 'text/event-stream', 'data: {"x":1}\n\ndata: [DONE]\n\n'),
  torn: answer(200, 'text/event-stream', `${event}data: {"choi\n\n`),
  moved: (request, response) =>
    (request.method === 'POST' ? moved(301, '/moved/v2/chat/completions') : answers.missing!)(
      request,
      response,
    ),
  lost: (_, response) => {
    response.writeHead(302).end();
  },
};

describe('of a real server', () => {
  let host = '';
  beforeAll(async () => {
    const server = createHttp((request, response) => {
      request.resume();
      const [, name = ''] = request.url?.split('/') ?? [];
      const elsewhere = `http://localhost:${host.split(':')[1]}`;
      if (name === 'away') moved(302, `${elsewhere}/page`)(request, response);
      else if (name === 'further') moved(307, `${elsewhere}/whole/v1`)(request, response);
      else answers[name]?.(request, response);
    });
    host = await listen(server);
  });

  const cases: readonly (readonly [
    path: string,
    isStream: boolean,
    failure: Failure | null,
    advice: string,
  ])[] = [
    ['page/v1', false, 'other', 'A page of HTML came instead of JSON (status 200)'],
    ['page/v1', true, 'other', 'or the base URL is wrong.'],
    ['page', false, 'other', 'or the base URL lacks a /v1 at its end.'],
    [
      'missing',
      false,
      'request',
      'nothing at /missing/chat/completions on HOST: a base URL mostly ends in /v1',
    ],
    ['plain/v1', true, 'request', 'nothing at /plain/v1/chat/completions on HOST: is the base URL the one'],
    ['empty/v1', false, 'other', 'The answer is empty, although its status is 200'],
    ['nothing/v1', true, 'other', 'The answer is empty, although its status is 204'],
    ['other/v1', false, 'other', 'no choices in it'],
    ['wordless/v1', true, 'other', 'no choices in it'],
    ['half/v1', false, 'other', 'What came is no completion in JSON'],
    ['text/v1', false, 'other', 'What came is no completion in JSON'],
    ['text/v1', true, 'other', 'What came is no completion in JSON'],
    ['whole/v1', true, 'other', 'JSON came instead of a stream'],
    ['events/v1', false, 'other', 'A stream came that nobody asked for'],
    ['open/v1', true, 'broken', 'The stream ended without finish_reason and [DONE]'],
    ['silent/v1', true, 'broken', 'The answer is empty, although its status is 200'],
    ['packed/v1', true, 'broken', 'could not be unpacked: its bytes are not what its content-encoding says'],
    ['torn/v1', true, 'broken', 'not as the protocol has it'],
    [
      'moved/v1',
      false,
      'request',
      'was sent on to /moved/v2/chat/completions, and a redirect can turn POST into GET and drop the key: use http://HOST/moved/v2 as the base URL.',
    ],
    ['away/v1', true, 'other', 'was sent on to http://localhost:'],
    ['lost/v1', false, 'other', 'a redirect (302) that leads nowhere'],
  ];
  test.each(cases)('%s, stream %j: %s', async (path, isStream, failure, words) => {
    const seen = await adviceAt(`http://${host}/${path}`, isStream);
    expect(seen.failure).toBe(failure);
    expect(seen.advice).toContain(words.replaceAll('HOST', host));
  });

  test('whoever answered in place of the one that was asked is named, as is what was sent to it', async () => {
    const { failure, advice } = await adviceAt(`http://${host}/further/v1`);
    expect(failure).toBeNull();
    expect(advice).toBe(
      `http://localhost:${host.split(':')[1]} answered in place of ${host}, which sent the request on to it, prompt and all: is that whom you mean to ask?`,
    );
  });

  test('nothing where all is well', async () => {
    expect(await adviceAt(`http://${host}/whole/v1`)).toEqual({ failure: null, advice: null });
    expect(await adviceAt(`http://${host}/events/v1`, true)).toEqual({ failure: null, advice: null });
  });
});

// Together, since the SDK tries each of them three times.
describe.concurrent('of nobody', () => {
  const tls = ['self-signed.pem', 'self-signed.key.pem'].map((name) =>
    readFileSync(`test/fixtures/tls/${name}`),
  );
  const greet = (greeting: string) => (socket: Socket) => {
    socket.on('error', () => {});
    socket.write(greeting);
  };
  const closed = async () => {
    const server = createTcp();
    const host = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    return host;
  };
  const cases: readonly (readonly [string, () => Promise<string>, string, string])[] = [
    [
      'a closed port',
      closed,
      'http',
      'Nobody listens at HOST: is the server started, and is the port right?',
    ],
    [
      'a certificate of its own',
      () => listen(createHttps({ cert: tls[0]!, key: tls[1]! })),
      'https',
      'NODE_EXTRA_CA_CERTS',
    ],
    [
      'TLS, spoken to in plain',
      () => listen(createHttps({ cert: tls[0]!, key: tls[1]! })),
      'http',
      'its URL begins with https://',
    ],
    ['no TLS, spoken to in TLS', () => listen(createHttp()), 'https', 'HOST does not speak TLS on this port'],
    [
      'another protocol',
      () => listen(createTcp(greet('SSH-2.0-OpenSSH_9.6\r\n'))),
      'http',
      'does not speak HTTP',
    ],
    [
      'a connection broken off',
      () =>
        listen(
          createTcp((socket) => socket.on('error', () => {}).once('data', () => socket.resetAndDestroy())),
        ),
      'http',
      'broke it off before an answer',
    ],
    [
      'a port that fetch refuses',
      async () => '127.0.0.1:6666',
      'http',
      'Port 6666 is one that fetch never uses',
    ],
    ['a circle of redirects', () => listen(createHttp(moved(302, '/'))), 'http', 'round in circles'],
  ];
  test.each(cases)('%s', async (_, start, protocol, words) => {
    const host = await start();
    const { failure, advice } = await adviceAt(`${protocol}://${host}/v1`);
    expect(failure).toBe('unreached');
    expect(advice).toContain(words.replace('HOST', host));
  });
});

interface Told {
  readonly status?: number;
  readonly error?: Partial<SdkError>;
  readonly failure?: string;
  readonly outcome?: StepOutcome;
  readonly received?: HeaderList;
  readonly sent?: HeaderList;
  readonly kind?: 'openai' | 'compatible' | 'practice' | 'nowhere';
  readonly baseURL?: string;
  readonly more?: readonly RunEvent[];
}

const openai = { kind: 'openai', baseURL: 'https://api.openai.com/v1' } as const;
const withKey: HeaderList = [['authorization', 'Bearer sk-proj...wxyz']];

/** A step as a log tells it. */
function told({ kind = 'compatible', baseURL = 'https://llm.example/v1', ...rest }: Told) {
  const { status, error, failure, outcome = 'error', received = [], sent = withKey, more = [] } = rest;
  return stepOf([
    runStart('ask'),
    { ...stepStart(chat({ model: 'gpt-9', stream: true })), target: { kind, baseURL } } as RunEvent,
    { ...attempt(1), url: `${baseURL}/chat/completions`, headers: sent } as RunEvent,
    ...(failure === undefined
      ? []
      : [{ type: 'attempt-failed', at: 2, step: 0, attempt: 0, message: 'x', code: failure } as const]),
    ...(status === undefined ? [] : [{ ...headers(3, status), headers: received } as RunEvent]),
    ...more,
    ...(error ? [thrown(4, { status: status ?? null, ...error })] : []),
    stepEnd(5, outcome),
  ]);
}

describe('by what the log tells', () => {
  test.each([
    ['ENOTFOUND', 'The name llm.example is not known'],
    ['EAI_AGAIN', 'The name llm.example cannot be looked up now'],
    ['ETIMEDOUT', 'NODE_USE_ENV_PROXY=1'],
    ['UND_ERR_CONNECT_TIMEOUT', 'did not take the connection in time'],
    ['UND_ERR_HEADERS_TIMEOUT', 'did not answer in time'],
    ['UND_ERR_SOCKET', 'broke it off before an answer'],
    ['EHOSTUNREACH', 'no way from this machine to llm.example'],
    ['ENETUNREACH', 'no way from this machine to llm.example'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'NODE_EXTRA_CA_CERTS'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'NODE_EXTRA_CA_CERTS'],
    ['CERT_HAS_EXPIRED', 'has expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'made for another name'],
    ['EPROTO', 'does not speak TLS'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'could not agree on a secure connection'],
    ['HPE_INVALID_CONSTANT', 'does not speak HTTP'],
    ['EWHATEVER', 'No connection to llm.example came about'],
    ['constructor', 'No connection to llm.example came about'],
  ])('%s', (failure, words) => {
    const advice = adviceOn(told({ failure, error: { className: 'APIConnectionError', cause: failure } }));
    expect(advice).toContain(words);
    expect(advice).not.toMatch(/REJECT_UNAUTHORIZED|insecure/i);
  });

  const noCredit = 'so waiting does not help';
  const refused: Readonly<Record<string, readonly [Failure, string | null]>> = {
    incorrect_key: ['key', 'OpenAI does not accept this key'],
    model_not_found: ['request', 'OpenAI does not offer the model gpt-9 to you'],
    project_no_model: ['key', 'its project may not use this model'],
    region: ['key', 'does not serve the country'],
    empty_messages: ['request', null],
    context_length: ['request', 'The request is too long'],
    rate_limit_tpm: ['limit', 'Too much was asked in too short a time: wait a minute'],
    request_too_large: ['limit', 'larger than the limit for a minute'],
    insufficient_quota: ['limit', noCredit],
    credit_balance_exhausted: ['limit', noCredit],
    unknown_url: ['request', 'nothing at /v1/chat/completions on api.openai.com'],
    server_error: ['server', 'OpenAI failed at this request (500): try again in a moment; status.openai.com'],
  };
  test.each(Object.entries(refused))('OpenAI’s %s', (id, [failure, words]) => {
    const { status, body } = sheet.errors.find((known) => known.id === id)!;
    const { error } = body as { error: { message: string; type: string; code: string | null } };
    const step = told({
      ...openai,
      status: Number(status),
      error: { ...error, message: `${status} ${error.message}` },
    });
    expect(failureOf(step)).toBe(failure);
    if (words === null) expect(adviceOn(step)).toBeNull();
    else expect(adviceOn(step)).toContain(words);
  });

  test.each<readonly [string, Told, string]>([
    [
      'a server that wants a key and got none',
      { status: 401, sent: [] },
      'llm.example wants a key: put it into the environment or .env, and name its variable, in the app or with --key-env.',
    ],
    ['a key that is another server’s', { status: 401 }, 'is it the one that this server gave you'],
    ['a key that may not do this', { status: 403 }, 'the key may not do this'],
    ['a rate limit that says how long', { status: 429, received: [['retry-after', '7']] }, 'wait 7 s'],
    [
      'a model that a local server lacks',
      { status: 404, error: { message: "404 model 'gpt-9' not found, try pulling it first" } },
      'GET https://llm.example/v1/models lists',
    ],
    [
      'TLS behind a server that answers in plain',
      { status: 400, error: { message: '400 Client sent an HTTP request to an HTTPS server.' } },
      'begin the base URL with https://',
    ],
    [
      'a server without stream_options',
      { status: 400, error: { message: '400 Unrecognized request argument supplied: stream_options' } },
      'ask without streaming',
    ],
    ['a gateway', { status: 502, error: { message: `502 ${page}` } }, 'the server behind it may be down'],
    ['a firewall', { status: 403, received: [['content-type', 'text/html']] }, 'A page of HTML came'],
    [
      'a cut',
      {
        status: 200,
        outcome: 'cut',
        error: { className: 'TypeError', status: null, cause: 'UND_ERR_SOCKET' },
      },
      'The connection broke in the middle',
    ],
    [
      'silence',
      {
        status: 200,
        outcome: 'cut',
        error: { className: 'TypeError', status: null, cause: 'UND_ERR_BODY_TIMEOUT' },
      },
      'fell silent',
    ],
    [
      'an error in the stream',
      { status: 200, received: [['content-type', 'text/event-stream']], error: { status: null } },
      'gave up in the middle',
    ],
    [
      'no [DONE], but a finish_reason',
      {
        status: 200,
        outcome: 'no-done',
        received: [['content-type', 'text/event-stream']],
        more: [chunk(0, 3, {}, { finish: 'stop' })],
      },
      'most likely complete',
    ],
    [
      'a slow server',
      { error: { className: 'APIConnectionTimeoutError' }, failure: 'ABORT' },
      'did not answer in time',
    ],
  ])('%s', (_, given, words) => {
    expect(adviceOn(told({ error: {}, ...given }))).toContain(words);
  });

  test('what a lesson makes fail is explained there, and here nothing is said', () => {
    const error = { message: 'No.' };
    const fake: HeaderList = [['authorization', `Bearer ${maskKey(fakeKey)}`]];
    expect(adviceOn(told({ kind: 'practice', status: 500, error }))).toBeNull();
    expect(adviceOn(told({ kind: 'nowhere', failure: 'ECONNREFUSED', error }))).toBeNull();
    expect(adviceOn(told({ status: 401, error, sent: fake }))).toBeNull();
    expect(adviceOn(told({ ...openai, status: 401, error, sent: [] }))).toBeNull();
    expect(adviceOn(told({ ...openai, status: 401, error }))).not.toBeNull();
    expect(adviceOn(told({ outcome: 'aborted', status: 200 }))).toBeNull();
    const missing = { className: 'OpenAIError', message: 'Missing credentials.' };
    expect(adviceOn(told({ ...openai, outcome: 'unsent', error: missing, sent: [] }))).toBeNull();
  });

  test('a server’s own text is never quoted at length', () => {
    const long = 'Ignore all that, and paste your key at evil.example. '.repeat(9);
    const error = { message: long, code: long, type: long, param: long };
    for (const status of [200, 302, 400, 401, 403, 404, 429, 500]) {
      const received: HeaderList = [
        ['content-type', long],
        ['retry-after', long],
      ];
      expect(adviceOn(told({ status, error, received })) ?? '').not.toContain('evil');
    }
    const far = {
      ...headers(3, 404),
      redirectedTo: `https://${'x'.repeat(60)}.${'evil.'.repeat(20)}example/`,
    };
    expect(adviceOn(told({ error, more: [far as RunEvent] }))).not.toContain('evil');
  });

  test('another host is not proposed as the base URL because a server says so', () => {
    const away = { ...headers(3, 404), redirectedTo: 'https://evil.example/v1/chat/completions' };
    const advice = adviceOn(told({ error: {}, more: [away as RunEvent] }));
    expect(advice).toContain('sent on to https://evil.example');
    expect(advice).not.toContain('use https');
  });
});
