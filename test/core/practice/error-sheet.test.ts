import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sheet from '../../fixtures/errors.json' with { type: 'json' };
import { ask, dataOf, type Json, practice, schemaErrors } from './practice-client.ts';

/** The requests that the documentation gives for each error, as it writes them. */
const documented = new Map(
  [...readFileSync('src/core/practice/README.md', 'utf8').matchAll(/^- `(\w+)`: (`.+`)$/gm)].map(
    ([, id = '', cell = '']) => [id, [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)] as const,
  ),
);

/** `["×9", x]` is a list of nine times x, and `"×9 ha"` a text with nine times `ha`. */
function expand(value: unknown): unknown {
  if (Array.isArray(value)) {
    const times = /^×(\d+)$/.exec(String(value[0]))?.[1];
    return times ? Array.from({ length: Number(times) }, () => expand(value[1])) : value.map(expand);
  }
  if (typeof value === 'string') {
    const [, times, text = ''] = /^×(\d+) (.+)$/s.exec(value) ?? [];
    return times ? text.repeat(Number(times)) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, expand(one)]));
}

interface Sent {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  rateLimit?: { requests: number; tokens: number };
}

/** The smallest request, changed as the documentation says. */
function sent(changes: readonly string[]): Sent {
  const request: Sent = { method: 'POST', path: '/v1/chat/completions', headers: {}, body: '' };
  let body: Json = ask('Hi');
  for (const change of changes) {
    const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(change) ?? [];
    const [, requests, tokens] = /^--rate-limit (\d+),(\d+)$/.exec(change) ?? [];
    const [, header, value = ''] = /^([a-z-]+): ?(.*)$/.exec(change) ?? [];
    if (method && path) Object.assign(request, { method, path });
    else if (requests) request.rateLimit = { requests: Number(requests), tokens: Number(tokens) };
    else if (header === 'body') request.body = value;
    else if (header) request.headers[header] = value;
    else body = { ...body, ...(expand(JSON.parse(change)) as Json) };
  }
  return { ...request, body: request.body || JSON.stringify(body) };
}

let server: Awaited<ReturnType<typeof practice>>;
beforeAll(async () => {
  server = await practice();
});
afterAll(() => server.close());

async function answerTo({ method, path, headers, body, rateLimit }: Sent) {
  const limited = rateLimit && (await practice({ rateLimit }));
  const response = await fetch(new URL(path, (limited ?? server).url), {
    method,
    headers: { authorization: 'Bearer sk-practice', 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  await limited?.close();
  return { response, text };
}

/** The message of the sheet as a pattern, its placeholders standing for anything. */
const messagePattern = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/\{[A-Z]+\}/)
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.+')}$`,
  );

/** As the sheet says of the region: its keys alone come in another order. */
const keyOrder = (id: string): readonly string[] =>
  id === 'region' ? ['code', 'message', 'param', 'type'] : ['message', 'type', 'param', 'code'];

const byLayout = { gateway: 4, validation: 2 } as const;

describe.each(sheet.errors)('$id', (expected) => {
  const isMidStream = expected.status === 'SSE';

  test('comes as the sheet has it, for the request that is documented', async () => {
    const changes = documented.get(expected.id);
    expect(changes, 'a documented request').toBeDefined();
    const { response, text } = await answerTo(sent(changes!));
    expect(response.status).toBe(isMidStream ? 200 : expected.status);

    const body = JSON.parse(isMidStream ? dataOf(text).at(-1)! : text);
    expect(schemaErrors('error', body)).toEqual([]);
    const { message, ...rest } = body.error;
    const { message: template, ...known } = expected.body.error;
    expect(message).toMatch(messagePattern(template));
    const index = /^messages\.?\[(\d+)\]/.exec(rest.param ?? '')?.[1] ?? '';
    expect(rest).toEqual({ ...known, param: known.param?.replace('{I}', index) ?? null });
    expect(Object.keys(body.error)).toEqual(keyOrder(expected.id));
    if (isMidStream) return;

    // To the byte: the layout of its family, with the message that came.
    const indent = byLayout[expected.layout as keyof typeof byLayout];
    expect(text).toBe(JSON.stringify(body, null, indent) + (indent === 4 ? '\n' : ''));
    expect(response.headers.get('content-type')).toBe(
      indent === 4 ? 'application/json; charset=utf-8' : 'application/json',
    );
    expect(response.headers.has('openai-version')).toBe(indent === 2);
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
  });
});

test('nothing is documented that the sheet does not have', () => {
  expect([...documented.keys()].sort()).toEqual(sheet.errors.map(({ id }) => id).sort());
  expect(documented.size).toBe(41);
});
