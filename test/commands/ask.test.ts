import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command } from './world.ts';

const canary = 'sk-proj-CANARY0123456789abcdefCANARY';

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const delta = (delta: object, finish: string | null = null) =>
  event({ model: 'tiny-1', choices: [{ index: 0, delta, finish_reason: finish }] });
const end = `${delta({}, 'stop')}data: [DONE]\n\n`;
const stream = (...pieces: readonly string[]) => pieces.map((content) => delta({ content })).join('') + end;

type Answer = (response: ServerResponse, body: Record<string, unknown>, request: IncomingMessage) => void;

const sse =
  (body: string | Buffer): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body);
  };
// The SDK would try most of these again, and wait.
const refuse =
  (status: number, body: string, type = 'application/json'): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': type, 'x-should-retry': 'false' }).end(body);
  };
const error = (code: string) => JSON.stringify({ error: { message: 'No.', type: null, param: null, code } });

let server: Server;
let port = 0;
let answer: Answer = sse(end);
let asked: Record<string, unknown> = {};
/** Asks where nobody listens, while the other tests go on: the SDK tries three times. */
let nobody: ReturnType<typeof command>;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked = JSON.parse((await textOf(request)) || '{}');
    answer(response, asked, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  nobody = command(['ask', 'hi', '--json', '--endpoint', 'http://127.0.0.1:1/v1']);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Asks a server that answers so. */
function askOf(given: Answer, argv: readonly string[] = ['hi'], world: Parameters<typeof command>[1] = {}) {
  answer = given;
  return command(['ask', ...argv, '--endpoint', `http://127.0.0.1:${port}/v1`], world);
}

describe('the request', () => {
  test.each<readonly [string, readonly string[], string | Uint8Array | null, string]>([
    ['words', ['What', 'is', 'it?'], null, 'What is it?'],
    ['what is piped in', [], 'two\nlines\n', 'two\nlines'],
    ['both', ['Explain', 'this:'], 'x = 1;\r\n', 'Explain this:\n\nx = 1;'],
    ['a dash', ['3', '-', '2', 'and', '-'], 'x\n\n', '3 - 2 and\n\nx\n'],
    ['a byte order mark', [], Buffer.from('\ufeffhé'), 'hé'],
    ['an empty pipe beside words', ['hi'], '\n', 'hi'],
  ])('asks %s', async (_, argv, stdin, content) => {
    await askOf(sse(end), argv, { stdin });
    expect(asked.messages).toEqual([{ role: 'user', content }]);
  });

  test('streams and asks for usage; --no-stream does neither', async () => {
    await askOf(sse(end));
    expect(asked).toEqual({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'hi' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    await askOf(refuse(200, '{"choices":[]}'), ['hi', '--no-stream']);
    expect(Object.keys(asked)).toEqual(['model', 'messages']);
  });

  test('has the options in it, and the limit by the name that its model takes', async () => {
    const options = ['--system', 'Be brief.', '--max-tokens', '50', '--temperature', '0.5'];
    await askOf(sse(end), ['hi', ...options, '--model', 'gpt-4.1']);
    expect(asked).toMatchObject({
      model: 'gpt-4.1',
      messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user' }],
      max_tokens: 50,
      temperature: 0.5,
    });
    for (const model of ['o3-mini', 'gpt-5', 'gpt-5.1-codex', 'openai/o4-mini']) {
      await askOf(sse(end), ['hi', '--max-tokens', '50', '--model', model]);
      expect(asked).toMatchObject({ max_completion_tokens: 50 });
      expect(asked).not.toHaveProperty('max_tokens');
    }
  });

  test('has what is out of range too: the server is to say what it makes of it', async () => {
    await askOf(sse(end), ['hi', '--max-tokens', '0', '--temperature', '-1']);
    expect(asked).toMatchObject({ max_tokens: 0, temperature: -1 });
  });

  test.each<readonly [string, readonly string[], string | Uint8Array | null, string]>([
    ['no prompt at a terminal', [], null, 'give a prompt'],
    ['an empty pipe', [], ' \n', 'standard input is empty'],
    ['what is no text', ['hi'], Buffer.from([0xff, 0xfe, 0x68, 0]), 'not UTF-8 text'],
    ['half a token', ['hi', '--max-tokens', '1.5'], null, 'a whole number'],
    ['no temperature', ['hi', '--temperature', 'hot'], null, 'a number'],
    ['two forms of output', ['hi', '--json', '--raw'], null, 'cannot be used with'],
    ['a server without its key', ['hi', '--key-env', 'NO_KEY'], null, 'NO_KEY is set neither'],
  ])('is not sent for %s: one sentence and exit code 2', async (_, argv, stdin, words) => {
    asked = {};
    const { code, out, err } = await askOf(sse(end), argv, { stdin });
    expect({ code, out, asked }).toEqual({ code: 2, out: '', asked: {} });
    expect(err).toContain(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('is not sent when interrupted before it is read', async () => {
    const { code, out, err } = await askOf(sse(end), [], { isInterruptedReading: true });
    expect({ code, out, err }).toEqual({ code: 130, out: '', err: 'Stopped before anything was sent.\n' });
  });
});

describe('the text', () => {
  const hostile = 'a\u001b[2J\u202eb\r\n';

  test('is exact in a pipe, and harmless in a terminal', async () => {
    const given = sse(stream(hostile, 'c'));
    expect((await askOf(given)).out).toBe(`${hostile}c\n`);
    expect((await askOf(given, ['hi'], { isTerminal: true })).out).toBe('a␛[2J⟨U+202E⟩b␍\nc\n');
  });

  test('ends with one line feed, of its own or ours', async () => {
    expect((await askOf(sse(stream('a')))).out).toBe('a\n');
    expect((await askOf(sse(stream('a\n')))).out).toBe('a\n');
    expect((await askOf(sse(end))).out).toBe('');
  });

  test('comes out as it comes in', async () => {
    let go = () => {};
    const pieces: string[] = [];
    await askOf(
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(delta({ content: 'a' }));
        go = () => response.end(stream('b'));
      },
      ['hi'],
      {
        onWrite: (text) => {
          pieces.push(text);
          if (text === 'a') go();
        },
      },
    );
    expect(pieces).toEqual(['a', 'b', '\n']);
  });

  test('a character that comes in halves is whole', async () => {
    expect((await askOf(sse(stream('a\ud83d', '\ude00b')))).out).toBe('a😀b\n');
  });

  test('a key that the server gives back bit by bit is masked', async () => {
    const env = { MY_KEY: canary };
    const echo: Answer = (response, _, { headers }) =>
      sse(stream(...`it is ${headers.authorization} sk-proj, sk-`))(response, {}, {} as IncomingMessage);
    const { out } = await askOf(echo, ['hi', '--key-env', 'MY_KEY'], { env });
    expect(out).toBe('it is Bearer sk-proj...NARY sk-proj, sk-\n');
  });

  test('a key in pieces is masked in the output of run, too', async () => {
    answer = sse(stream('it is ', canary.slice(0, 12), canary.slice(12), ' sk-'));
    const { out } = await command(['run', '3b', '--endpoint', `http://127.0.0.1:${port}/v1`], {
      env: { MY_KEY: canary },
    });
    expect(out).toContain('assistant  it is sk-proj...NARY sk-\n');
    expect(out).not.toMatch(/CANA|RY01/);
  });

  test('a key that is longer than a line of run is masked before it is wrapped', async () => {
    const long = `sk-proj-${'CANARY01'.repeat(20)}s`;
    answer = sse(stream(...(`it is ${long}, no`.match(/.{1,5}/g) ?? []), '\ud83d', '\ude00.'));
    const { out } = await command(['run', '3b', '--endpoint', `http://127.0.0.1:${port}/v1`], {
      env: { MY_KEY: long },
    });
    expect(out).toContain('assistant  it is sk-proj...Y01s, no😀.\n');
    expect(out).not.toContain('CANA');
  });

  test('a refusal is text, and said to be one; calls of functions are written as such', async () => {
    const refusal = await askOf(sse(delta({ refusal: 'I can' }) + delta({ refusal: 'not.' }) + end));
    expect(refusal.out).toBe('I cannot.\n');
    expect(refusal.err).toMatch(/^refusal +the text says why the model refused$/m);
    const call = (index: number, name: string, args: string) =>
      delta({ tool_calls: [{ index, function: { name, arguments: args } }] });
    const calls = [call(0, 'look', '{"at'), call(1, 'go', '{}'), call(0, '', '":1}')].join('');
    expect((await askOf(sse(delta({ content: 'So:' }) + calls + end))).out).toBe(
      'So:\nlook({"at":1})\ngo({})\n',
    );
  });

  test('that did not come because reasoning took all the tokens is explained', async () => {
    const { code, out, err } = await askOf(sse(`${delta({}, 'length')}data: [DONE]\n\n`));
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toMatch(/^text +none came: the tokens ran out/m);
  });
});

test('who answered in place of the one that was asked is said, also where all went well', async () => {
  const { code, out, err } = await askOf((response, body, request) => {
    const { host = '' } = request.headers;
    const location = `http://localhost:${port}/v1/chat/completions`;
    if (host.startsWith('localhost')) sse(stream('Hi'))(response, body, request);
    else response.writeHead(307, { location }).end();
  });
  expect({ code, out }).toEqual({ code: 0, out: 'Hi\n' });
  expect(err).toMatch(/^try +http:\/\/localhost:\d+ answered in place of 127\.0\.0\.1/m);
});

describe('the figures', () => {
  test('of practice say that it is no model', async () => {
    const { code, err } = await command(['ask', 'hi', '--raw', '--pace', 'instant']);
    expect(code).toBe(0);
    expect(err).toMatch(/^reported +prompt 8 tokens · completion \d+ tokens/m);
    expect(err).toMatch(/^endpoint +practice, on this machine: free, and not a real model$/m);
  });

  test('of a server that reports no usage say so, and invent none', async () => {
    const { err } = await askOf(sse(stream('Hi')));
    expect(err).toMatch(/^usage +not sent by this server$/m);
    expect(err).toMatch(/^estimated +completion about 1 token$/m);
    expect(err).toMatch(/^endpoint +127\.0\.0\.1:\d+, tiny-1: a server on this machine$/m);
  });
});

describe('--json', () => {
  const ajv = new Ajv2020();
  addFormats.default(ajv);
  const schema = JSON.parse(readFileSync('test/fixtures/run-event.schema.json', 'utf8'));
  const isEvent = ajv.compile(schema);
  const kinds: readonly string[] = schema.oneOf.map(
    (kind: { properties: { type: { const: string } } }) => kind.properties.type.const,
  );

  test('prints events that fit their schema, and nothing else, however it ends', async () => {
    const answers: Answer[] = [
      sse(stream('a\u001b\u2028', 'b')),
      sse(`event: error\n${event({ message: 'Sorry.' })}`),
      refuse(200, '{"choices":[{"message":{"content":"Hi"}}]}'),
      refuse(200, ''),
      refuse(401, error('invalid_api_key')),
      (response, _, { url }) =>
        url === '/b'
          ? sse(end)(response, {}, {} as IncomingMessage)
          : response.writeHead(307, { location: '/b' }).end(),
      (response) =>
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .write(delta({}), () => response.destroy()),
    ];
    const types = new Set<string>();
    const take = ({ out }: { readonly out: string }) => {
      for (const line of out.trimEnd().split('\n')) {
        const value = JSON.parse(line);
        expect(isEvent(value), `${line}: ${ajv.errorsText(isEvent.errors)}`).toBe(true);
        types.add(value.type);
      }
    };
    for (const each of answers) {
      for (const form of [[], ['--no-stream']]) take(await askOf(each, ['hi', '--json', ...form]));
    }
    take(await nobody);
    expect([...types].sort()).toEqual(kinds.toSorted());
  });
});

describe('--raw', () => {
  // Not UTF-8, and with a byte order mark: whatever came.
  const odd = Buffer.concat([
    Buffer.from('\ufeff: hi\r\n\r\ndata: {"x":"'),
    Buffer.from([0xc3, 0x28, 0x1b]),
    Buffer.from(`"}\n\n${end}`),
  ]);

  test('prints the body byte for byte, that of an error too', async () => {
    expect((await askOf(sse(odd), ['hi', '--raw'])).bytes.equals(odd)).toBe(true);
    expect((await askOf(refuse(400, '{"error": "No."}\n'), ['hi', '--raw'])).out).toBe('{"error": "No."}\n');
  });

  test('stars a key in it, also where it comes in two reads', async () => {
    const body = Buffer.from(`é{"error": {"message": "No ${canary}, sk-proj"}}\n`);
    const at = body.indexOf('CANARY') + 3;
    let go = () => {};
    const halves: Answer = (response) => {
      response.writeHead(401, { 'x-should-retry': 'false' }).write(body.subarray(0, at));
      go = () => response.end(body.subarray(at));
    };
    const { bytes } = await askOf(halves, ['hi', '--raw'], { env: { MY_KEY: canary }, onWrite: () => go() });
    expect(bytes.toString()).toBe(body.toString().replace(canary, '*'.repeat(canary.length)));
  });

  test('neither does --json tell a key that comes in two reads', async () => {
    const body = Buffer.from(`{"error": {"message": "No ${canary}."}}\n`);
    const at = body.indexOf('CANARY') + 3;
    let go = () => {};
    const halves: Answer = (response) => {
      response.writeHead(401, { 'x-should-retry': 'false' }).write(body.subarray(0, at));
      go = () => {
        go = () => {};
        response.end(body.subarray(at));
      };
    };
    const { out } = await askOf(halves, ['hi', '--json'], { env: { MY_KEY: canary }, onWrite: () => go() });
    const events = out.trim().split('\n');
    const bytes = events
      .flatMap((line) => JSON.parse(line).bytes ?? [])
      .map((text) => Buffer.from(text, 'base64'));
    const told = Buffer.concat(bytes).toString();
    expect(told).toHaveLength(body.length);
    expect(told.slice(at)).toBe(`${'*'.repeat(told.length - at - 5)}."}}\n`);
    expect(out).not.toContain(canary);
  });

  test('prints the body of the answer, and not of the tries before it', async () => {
    let tries = 0;
    const { out, code } = await askOf(
      (response, ...rest) => {
        if (tries++ > 0) sse(end)(response, ...rest);
        else response.writeHead(503, { 'retry-after-ms': '1' }).end('{"error":{"message":"Busy."}}');
      },
      ['hi', '--raw'],
    );
    expect({ code, out }).toEqual({ code: 0, out: end });
  });

  test('lets a terminal obey none of it', async () => {
    const { out } = await askOf(sse(odd), ['hi', '--raw'], { isTerminal: true });
    expect(out).toContain('␛');
    expect(out).not.toContain('\u001b');
  });
});

describe('the exit code', () => {
  const cut: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(delta({ content: 'Hi' }), () => response.destroy());
  };
  test.each<readonly [number, string, Answer, string]>([
    [0, 'an answer', sse(stream('Hi')), 'finish stop'],
    [1, 'a page of HTML', refuse(200, '<html>', 'text/html'), '--raw prints what came instead'],
    [1, 'one object instead of a stream', refuse(200, '{"choices":[]}'), 'ask without streaming'],
    [3, 'a key refused', refuse(401, error('invalid_api_key')), 'wants a key'],
    [3, 'a key that may not', refuse(403, error('forbidden')), 'wants a key'],
    [4, 'a rate limit', refuse(429, error('rate_limit_exceeded')), 'wait a minute'],
    [4, 'a quota', refuse(429, error('insufficient_quota')), 'waiting does not help'],
    [5, 'a request refused', refuse(400, error('invalid_value')), 'BadRequestError'],
    [5, 'a model that is not there', refuse(404, error('model_not_found')), 'does not offer the model'],
    [6, 'a server that fails', refuse(500, error('server_error')), 'failed at this request'],
    [8, 'no [DONE]', sse(delta({ content: 'Hi' })), 'without finish_reason and [DONE]'],
    [
      8,
      'an error in the stream',
      sse(delta({ content: 'Hi' }) + event({ error: { message: 'x' } })),
      'gave up',
    ],
    [8, 'a cut', cut, 'The connection broke'],
  ])('is %i for %s', async (expected, _, given, words) => {
    const { code, out, err } = await askOf(given);
    expect(code).toBe(expected);
    expect(err.replace(/\n +/g, ' ')).toContain(words);
    if (expected === 8) expect(out).toBe('Hi\n');
  });

  test('is 7 where nobody is reached', async () => {
    const { code, err } = await nobody;
    expect(code).toBe(7);
    expect(err).toMatch(/^try +\S/m);
  });

  test('is 130 for an interrupt: what came is kept, and that is said', async () => {
    const { code, out, err } = await askOf(
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(delta({ content: 'Hi' }));
      },
      ['hi'],
      { onWrite: (text, interrupt) => text === 'Hi' && interrupt() },
    );
    expect({ code, out }).toEqual({ code: 130, out: 'Hi\n' });
    expect(err).toMatch(/^Stopped\. The 2 characters that had come are kept\.$/m);
  });

  test('is listed in the help, each with what it means', async () => {
    const { out } = await command(['ask', '--help']);
    for (const code of [0, 1, 2, 3, 4, 5, 6, 7, 8, 130])
      expect(out).toMatch(new RegExp(`^  ${code} +\\w`, 'm'));
  });
});
