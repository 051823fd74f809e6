import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import requestSchema from '../../fixtures/schema/CreateChatCompletionRequest.json' with { type: 'json' };
import { propertiesOf, valuesOf } from '../../helpers/schema-arbitrary.ts';
import { dataOf, type Json, practice, schemaErrors } from './practice-client.ts';

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice({ rateLimit: 'off' });
});
afterAll(() => server.close());

const {
  model: _model,
  messages,
  n: _n,
  seed: _seed,
  ...parameters
} = propertiesOf(requestSchema as unknown as Parameters<typeof propertiesOf>[0]);

const models = ['gpt-4o-mini', 'gpt-4o', 'gpt-4.1-mini', 'gpt-5-nano', 'gpt-5', 'o3-mini', 'o1-mini'];

/** Valid by the official schema. What it does not forbid and the API does may be in it, too. */
const anyRequest: fc.Arbitrary<Json> = fc
  .tuple(
    fc.constantFrom(...models),
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constant([{ role: 'user', content: 'Some json about the weather in Lisbon' }]),
      },
      { weight: 1, arbitrary: valuesOf(messages!) },
    ),
    fc.subarray(Object.keys(parameters), { maxLength: 4 }),
    fc.record({ n: fc.integer({ min: 1, max: 4 }), seed: fc.maxSafeInteger() }, { requiredKeys: [] }),
  )
  .chain(([model, conversation, names, more]) =>
    fc
      .record(Object.fromEntries(names.map((name) => [name, valuesOf(parameters[name]!)])))
      .map((chosen) => ({ model, messages: conversation, ...more, ...chosen })),
  );

/** What the request schema allows, the strict schema of chunks has not heard of: custom tools came later. */
const hasCustomCall = (chunk: string) =>
  chunk.includes('"type":"custom"') || chunk.includes('"custom":{"input"');

test('any request that the official schema allows gets a valid answer or a well-formed error', async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(anyRequest, async (body) => {
      const response = await server.post(body);
      const answer = await response.text();
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      if (response.status !== 200) {
        expect(response.status).toBe(400);
        expect(schemaErrors('error', JSON.parse(answer))).toEqual([]);
      } else if (body.stream !== true) {
        expect(schemaErrors('response', JSON.parse(answer))).toEqual([]);
      } else {
        const events = dataOf(answer);
        expect(events.at(-1)).toBe('[DONE]');
        for (const data of events.slice(0, -1)) {
          if (!hasCustomCall(data)) expect(schemaErrors('chunk', JSON.parse(data))).toEqual([]);
        }
      }
    }),
    { numRuns: 400 },
  );
  // Enough of them get through for that to mean something.
  expect(statuses.get(200)).toBeGreaterThan(100);
  expect(statuses.get(400)).toBeGreaterThan(50);
}, 60_000);

const anyBytes = fc.uint8Array({ maxLength: 200 });
const requestLine = fc.constantFrom(
  'POST /v1/chat/completions HTTP/1.1',
  'GET /v1/models HTTP/1.1',
  'POST /v1/chat/completions HTTP/9.9',
  'BREW /pot HTTP/1.1',
  'CONNECT example.com:443 HTTP/1.1',
);
const header = fc.constantFrom(
  'Content-Length: 5',
  'Content-Length: -1',
  'Transfer-Encoding: chunked',
  'Expect: 200-ok',
  'Authorization: Bearer sk-practice',
  'Content-Type: application/json',
  `X-Long: ${'x'.repeat(20_000)}`,
);

/** Bytes that are no request, that begin like one, or that are a request with a body of anything. */
const anyMessage: fc.Arbitrary<Uint8Array> = fc.oneof(
  anyBytes,
  fc
    .tuple(requestLine, fc.subarray(['Host: x']), fc.array(header, { maxLength: 3 }), anyBytes)
    .map(([line, host, headers, body]) =>
      Buffer.concat([Buffer.from(`${[line, ...host, ...headers].join('\r\n')}\r\n\r\n`), body]),
    ),
  anyBytes.map((body) =>
    Buffer.concat([
      Buffer.from(
        `POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-practice\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
      ),
      body,
    ]),
  ),
);

/** Sends bytes, closes the sending side and reads whatever comes. */
function exchange(bytes: Uint8Array): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.end(bytes);
  return text(socket).catch((error: NodeJS.ErrnoException) => `broken: ${error.code}`);
}

test('a thousand times random bytes: what is answered is a well-formed error, and the server lives', async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(anyMessage, async (bytes) => {
      const answer = await exchange(bytes);
      // Nothing at all was asked, or it was taken back before it was over.
      if (answer === '') return;
      const [head = '', body = ''] = answer.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
      expect(status).toBeGreaterThanOrEqual(200);
      expect(status).not.toBe(500);
      if (status === 200) return;
      answered += 1;
      expect(head).toMatch(/content-type: application\/json/i);
      expect(schemaErrors('error', JSON.parse(body.split('HTTP/1.1')[0]!))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
  expect(answered).toBeGreaterThan(600);
  expect((await server.get('/models')).status).toBe(200);
}, 60_000);
