import { expect, test } from 'vitest';
import { createRedactor } from '../../../src/core/mask.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { redactEvent } from '../../../src/core/run/redact.ts';

const key = 'sk-proj-0123456789abcdefghijklmnopqrstuvwxyz';
const redact = createRedactor([key]);
const bytes = Buffer.from(`a ${key} z`);
const target = { kind: 'openai', baseURL: `https://me:${key}@host/v1` } as const;
const request = { kind: 'model', model: key } as const;

const events: readonly RunEvent[] = [
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
    error: {
      className: 'E',
      message: key,
      status: 1,
      type: null,
      code: null,
      param: null,
      requestId: null,
      cause: null,
    },
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
