import * as sdk from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import { type Endpoint, practiceEndpoint } from '../../../src/core/api/endpoint.ts';
import { EndpointProblem } from '../../../src/core/api/endpoints.ts';
import { listModels } from '../../../src/core/api/model-list.ts';
import { startPracticeServer } from '../../../src/core/practice/server.ts';
import { serve } from '../../helpers/body-server.ts';

type Answer = Parameters<typeof serve>[0];

async function endpointOf(answer: Answer): Promise<Endpoint> {
  const server = await serve(answer);
  onTestFinished(async () => void (await server.close()));
  return { kind: 'compatible', baseURL: server.url, apiKey: null };
}

const sends =
  (body: unknown, status = 200, type = 'application/json'): Answer =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': type })
      .end(typeof body === 'string' ? body : JSON.stringify(body));

/** The one sentence that says why there is no list; with a word in place of the server's host. */
async function problemOf(endpoint: Endpoint, signal?: AbortSignal): Promise<string> {
  const error = await listModels(endpoint, { sdk, ...(signal ? { signal } : {}) }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(EndpointProblem);
  return (error as Error).message.replaceAll(new URL(endpoint.baseURL).host, 'HOST');
}

test('the models of the practice server are listed, in order', async () => {
  const practice = await startPracticeServer({ pace: 'instant' });
  onTestFinished(() => practice.close());
  const models = await listModels(practiceEndpoint(practice.url), { sdk });
  expect(models).toContain('gpt-4o-mini');
  expect(models).toEqual([...models].sort());
});

test.each([
  ['as OpenAI has it', { object: 'list', data: [{ id: 'b' }, { id: 'a' }] }, ['a', 'b']],
  ['as Ollama has its own', { models: [{ name: 'b:7b', model: 'b:7b' }] }, ['b:7b']],
  ['as names', { models: ['b', 'a'] }, ['a', 'b']],
  ['as a bare list', [{ id: 'a' }, 'b'], ['a', 'b']],
  ['both ways at once', { models: [{ name: 'a' }], data: [{ id: 'b' }] }, ['b']],
  ['as nothing', { object: 'list', data: [] }, []],
  ['as null', { object: 'list', data: null }, []],
  ['numbers as numbers', { data: [{ id: 'm10' }, { id: 'm9' }] }, ['m9', 'm10']],
  ['twice', { data: [{ id: 'a' }, { id: 'a' }] }, ['a']],
  [
    'with what is no name',
    { data: [{ id: 7 }, null, {}, 'x'.repeat(201), { id: '' }, [], { id: 'a' }] },
    ['a'],
  ],
])('a list that comes %s is read', async (_, body, models) => {
  expect(await listModels(await endpointOf(sends(body)), { sdk })).toEqual(models);
});

test('of a list without end, a thousand names are kept', async () => {
  const data = Array.from({ length: 3_000 }, (_, index) => ({ id: `model-${index}` }));
  expect(await listModels(await endpointOf(sends({ data })), { sdk })).toHaveLength(1_000);
});

test.each([
  ['a page', sends('<html>', 200, 'text/html'), /^HOST answered with a web page, .* often ends in \/v1\.$/],
  ['other JSON', sends({ ok: true }), /^HOST answered with something that is no list of models: /],
  ['JSON cut short', sends('{"data":['), /^HOST answered with something that is no list of models: /],
  ['nothing', sends(''), /^HOST answered with something that is no list of models: /],
  ['a refusal', sends({ error: { message: 'No.' } }, 401), /^HOST wants a key: put it into the environment /],
  ['a wrong path', sends('404 page not found', 404), /^HOST has nothing at this address \(404\): /],
  [
    'a reason of its own',
    sends({ error: 'Missing scopes: api.model.read.' }, 403),
    /^HOST answered 403: .*Missing scopes: api\.model\.read\./,
  ],
  ['an error page', sends(`<html>${'x'.repeat(5_000)}`, 502), /^HOST answered 502: .{10,210}…$/],
  ['an end', (response) => void response.destroy(), /^HOST hung up without an answer\. /],
] satisfies [string, Answer, RegExp][])('%s is said in one sentence, asked once', async (_, answer, said) => {
  let requests = 0;
  const endpoint = await endpointOf((response, attempt) => {
    requests++;
    return answer(response, attempt);
  });
  expect(await problemOf(endpoint)).toMatch(said);
  expect(requests).toBe(1);
});

test('a redirect to something else names where it leads', async () => {
  const page = await endpointOf(sends('<html>', 200, 'text/html'));
  const endpoint = await endpointOf(
    (response) => void response.writeHead(302, { location: page.baseURL }).end(),
  );
  expect(await problemOf(endpoint)).toBe(
    `HOST answered with a redirect to ${new URL(page.baseURL).host}, and no list of models: try that address.`,
  );
});

test('what does not answer in time is not waited for', async () => {
  const stop = new AbortController();
  const silent = await endpointOf(() => stop.abort());
  expect(await problemOf(silent, stop.signal)).toBe('HOST did not send its models in time: is it busy?');
  const halt = new AbortController();
  const stuck = await endpointOf((response) => {
    response.writeHead(200).write('{"data":[');
    halt.abort();
  });
  expect(await problemOf(stuck, halt.signal)).toBe('HOST did not send its models in time: is it busy?');
});

test.each([
  ['ECONNREFUSED', 'Nobody listens at llm.example: is the server started'],
  ['ENOTFOUND', 'The name llm.example is not known'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'Nobody whom Node trusts has signed the certificate of llm.example.'],
])('%s is said in words', async (code, words) => {
  const fetch = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  };
  const endpoint: Endpoint = { kind: 'compatible', baseURL: 'https://llm.example/v1', apiKey: null };
  await expect(listModels(endpoint, { sdk, fetch })).rejects.toThrow(words);
});

test('what has no code is known by its words, and what was never sent is said as it was thrown', async () => {
  const endpoint: Endpoint = { kind: 'compatible', baseURL: 'http://127.0.0.1:9/v1', apiKey: null };
  await expect(listModels(endpoint, { sdk })).rejects.toThrow('Port 9 is one that fetch never uses');
  await expect(listModels({ ...endpoint, apiKey: '“key”' }, { sdk })).rejects.toThrow(
    '127.0.0.1:9 could not be asked: Cannot convert argument to a ByteString',
  );
});

test('whose key was refused is not told to name a variable', async () => {
  const refusing = await endpointOf(sends({ error: { message: 'No.' } }, 401));
  expect(await problemOf({ ...refusing, kind: 'openai', apiKey: 'sk-old' })).toMatch(
    /^HOST does not accept this key: it may be cut short, revoked/,
  );
});

test('the key of the endpoint is sent, and none where it has none', async () => {
  const sent: (string | null)[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    sent.push(new Headers(init?.headers).get('authorization'));
    return Response.json({ data: [] });
  };
  const endpoint: Endpoint = { kind: 'compatible', baseURL: 'https://llm.example/v1', apiKey: 'its-key' };
  await listModels(endpoint, { sdk, fetch });
  await listModels({ ...endpoint, apiKey: null }, { sdk, fetch });
  expect(sent).toEqual(['Bearer its-key', null]);
});
