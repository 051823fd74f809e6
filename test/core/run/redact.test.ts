import { expect, test } from 'vitest';
import { createRedactor } from '../../../src/core/mask.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { redactEvent } from '../../../src/core/run/redact.ts';

const key = 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz';
const redact = createRedactor([key]);
const bytes = Buffer.from(`a ${key} z`);
const target = { kind: 'openai', baseURL: `https://host/v1?${key}` } as const;
const request = { kind: 'model', model: key } as const;
const nothing = { status: null, type: null, code: null, param: null, requestId: null, cause: null };

const events: readonly RunEvent[] = [
  {
    type: 'run-start',
    at: 0,
    experiment: 'e',
    endpoint: { kind: 'openai', baseURL: `/${key}` },
    startedAt: '',
  },
  { type: 'step-start', at: 0, step: 0, id: 's', label: 's', target, request },
  {
    type: 'attempt',
    at: 0,
    step: 0,
    attempt: 0,
    method: 'POST',
    url: `/${key}`,
    headers: [['x-a', key]],
    body: key,
  },
  { type: 'attempt-failed', at: 0, step: 0, attempt: 0, message: key, code: null },
  { type: 'headers', at: 0, step: 0, attempt: 0, status: 200, headers: [['x-echo', key]] },
  {
    type: 'headers',
    at: 0,
    step: 0,
    attempt: 0,
    status: 200,
    headers: [],
    redirectedTo: `https://host/?k=${key}`,
  },
  { type: 'read', at: 0, step: 0, attempt: 0, index: 0, start: 0, end: bytes.length, bytes },
  { type: 'event', at: 0, step: 0, index: 0, start: 0, end: 9, data: key },
  { type: 'chunk', at: 0, step: 0, index: 0, chunk: { choices: [{ delta: { content: key } }] } },
  { type: 'chunk', at: 0, step: 0, index: 0, chunk: { model: key, choices: [{ finish_reason: key }] } },
  {
    type: 'chunk',
    at: 0,
    step: 0,
    index: 0,
    chunk: { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: key } }] } }] },
  },
  { type: 'response', at: 0, step: 0, body: { id: key } },
  {
    type: 'error',
    at: 0,
    step: 0,
    error: { ...nothing, className: 'E', message: key },
  },
];

test.each(events.map((event) => [event.type, event] as const))(
  'a key in a `%s` event is masked',
  (_, event) => {
    const kept = redactEvent(event, redact);
    const text = kept.type === 'read' ? Buffer.from(kept.bytes).toString() : JSON.stringify(kept);
    expect(text).not.toContain(key.slice(10, 30));
    // Bytes keep their number, so that ranges into them still hold.
    if (kept.type === 'read') expect(kept.bytes.length).toBe(bytes.length);
    else expect(text).toContain('sk-proj...');
  },
);

test('a name and a password in a URL are left out, wherever the URL stands', () => {
  const url = 'https://me:hunter2@host/v1';
  const endpoint = { kind: 'compatible', baseURL: url } as const;
  const refused = `Request cannot be constructed from a URL that includes credentials: ${url}`;
  const withLogin: readonly RunEvent[] = [
    { type: 'run-start', at: 0, experiment: 'e', endpoint, startedAt: '' },
    { type: 'step-start', at: 0, step: 0, id: 's', label: 's', target: endpoint, request },
    { type: 'attempt', at: 0, step: 0, attempt: 0, method: 'POST', url, headers: [], body: null },
    { type: 'attempt-failed', at: 0, step: 0, attempt: 0, message: refused, code: null },
    {
      type: 'headers',
      at: 0,
      step: 0,
      attempt: 0,
      status: 302,
      headers: [['location', url]],
      redirectedTo: url,
    },
    {
      type: 'error',
      at: 0,
      step: 0,
      error: { ...nothing, className: 'APIConnectionError', message: refused },
    },
  ];
  for (const event of withLogin) {
    const text = JSON.stringify(redactEvent(event, createRedactor([])));
    expect(text).toContain('https://...@host/v1');
    expect(text).not.toContain('hunter2');
  }
});
