import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp } from '../helpers/pty.ts';

/** What a terminal would obey: title, clearing, clipboard, hyperlink, colour, cursor, C1, returns, direction. */
const evil = [
  '\x1b]0;owned\x07',
  '\x1b[2J',
  '\x1b]52;c;b3duZWQ=\x07',
  '\x1b]8;;http://owned\x1b\\',
  '\x1b[38;5;99m',
  '\x1b[7;77H',
  '\x9b2J\x9d0;owned\x9c',
  'over\rwritten',
  '\u202egnp.exe\u2066\u200f',
  '\x1bc\x0e\x08\x00',
].join('');

const key = 'sk-proj-of-no-value-0123456789';
const error = { message: `${evil} ${key}`, type: evil, code: evil, param: evil };
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
const common = { id: `id${evil}`, created: 1, model: `model${evil}`, system_fingerprint: evil };

interface Body {
  readonly stream?: boolean;
  readonly stream_options?: object;
  readonly tools?: readonly object[];
}

function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
  // A header can carry no C0 controls: those of C1 it can.
  const headers = { 'content-type': 'application/json', 'x-request-id': 'req\x9b2J\x9d0;owned\x9c' };
  if (request.headers.authorization?.includes('sk-fake')) {
    response.writeHead(401, headers);
    response.end(JSON.stringify({ error }));
  } else if (!request.headers.authorization) {
    response.writeHead(400, { ...headers, 'content-type': 'text/html' });
    response.end(evil);
  } else if (request.url === '/v1/models') {
    response.writeHead(200, headers);
    response.end(JSON.stringify({ object: 'list', data: [{ id: `${evil} ${key}` }] }));
  } else if (request.method === 'GET') {
    response.writeHead(200, headers);
    response.end(JSON.stringify({ id: evil, object: 'model', created: 1, owned_by: evil }));
  } else complete(JSON.parse(body), response, headers);
}

function complete(body: Body, response: ServerResponse, headers: OutgoingHttpHeaders): void {
  const { stream, stream_options, tools } = body;
  if (stream) {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    const chunk = (choices: unknown) =>
      response.write(`data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices })}\n\n`);
    chunk([{ index: 0, delta: { role: `assistant${evil}`, content: '' }, finish_reason: null }]);
    chunk([{ index: 0, delta: { content: `${evil} ${key}` }, finish_reason: null }]);
    chunk([{ index: 0, delta: {}, finish_reason: evil }]);
    response.end(stream_options ? `data: ${JSON.stringify({ error })}\n\n` : 'data: [DONE]\n\n');
  } else {
    response.writeHead(200, headers);
    const call = { id: evil, type: 'function', function: { name: evil, arguments: evil } };
    const message = {
      role: `assistant${evil}`,
      content: tools ? null : evil,
      refusal: evil,
      ...(tools ? { tool_calls: [call] } : {}),
    };
    const choices = [{ index: 0, message, finish_reason: evil, logprobs: null }];
    response.end(JSON.stringify({ ...common, object: 'chat.completion', choices, usage }));
  }
}

let env: Record<string, string> = {};
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text) => {
    body += text;
  });
  request.on('end', () => answer(request, response, body));
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  env = { OPENAI_API_KEY: key, OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** What stays of the output when all is left out that Ink writes and that prints. */
function strange(raw: string): readonly string[] {
  const inks = /\x1b\[(?:[02]?K|J|\d*[A-G]|(?:1;1)?H|\d\d?m|\?(?:25|1049|2004|2026)[hl])/g;
  const odd = /[^\n\r\x20-\x7e\xa0-\uffff]|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)/g;
  return [...new Set(raw.replace(inks, '').match(odd))].map((text) => JSON.stringify(text));
}

test('what a server sends is shown and never obeyed, in the app', async () => {
  await using app = startApp({ cols: 120, rows: 40, args: ['--endpoint', 'openai'], env });
  await app.waitFor(/127\.0\.0\.1:\d+, costs money[\s\S]*q quit$/, 'home');
  const faults = app.watchFrames();
  const seen: string[] = [];
  app.press('o', 'm');
  await app.waitFor(/○ {2}␛\]0;owned␇/, 'the models');
  app.press('o', 'o');
  await app.waitFor(/q quit$/, 'home');
  for (const id of ['1a', '1b', '2c', '2d', '3a', '3b', '3e']) {
    app.press('/', id, 'enter', 'enter', 'enter');
    // The first request waits until one knows what it costs.
    if (id === '1a') app.press('enter');
    const shown = await app.waitFor(/Enter run again/, `the end of ${id}`);
    seen.push(...shown);
    expect(shown.join('\n')).toMatch(/␛\]0;owned|'\\x1b\]0;owned/);
    for (let row = 0; row < 8; row++) app.press('tab', 'down', 'left');
    app.press('esc');
    await app.waitFor(/q quit$/, 'home');
    app.press('esc');
    await app.waitFor((rows) => !/Esc/.test(rows.at(-1)!), 'no search');
  }
  for (const each of ['␛]0;owned␇␛[2J', '␛]52;c;b3duZWQ=␇', '⟨U+009B⟩2J', '␍', '⟨U+202E⟩', '\\x1b[2J']) {
    expect(seen.join('\n')).toContain(each);
  }
  expect(faults()).toEqual([]);
  expect(strange(app.raw())).toEqual([]);
  expect(app.raw()).not.toContain('no-value');
});

test.concurrent.for(['run 1b', 'run 1b --json', 'run 3b', 'run 3b --json'])(
  'nor by %s',
  async (command, { expect }) => {
    await using app = startApp({ args: [...command.split(' '), '--endpoint', 'openai'], env });
    await app.exit();
    expect(app.raw()).toContain('owned');
    expect(strange(app.raw())).toEqual([]);
    expect(app.raw()).not.toContain('no-value');
  },
);
