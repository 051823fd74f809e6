import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChatBody } from '../../../src/core/run/request.ts';
import { bodyOf, type Draft, draftOf } from '../../../src/core/sandbox/draft.ts';
import { parameters } from '../../../src/core/sandbox/parameter-table.ts';

const user = { role: 'user', text: 'Hi', fields: {} };
const draft = (typed: Draft['parameters'], messages: Draft['messages'] = [user]): Draft => ({
  messages,
  parameters: { model: 'gpt-4o-mini', ...typed },
});
const body = (one: Draft) => {
  const made = bodyOf(one);
  return 'body' in made ? (made.body as unknown as Record<string, unknown>) : made;
};
const draftOfJson = (json: object) => draftOf(json as unknown as ChatBody);

const call = { id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } };

/** What real bodies hold, and what they might. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('', '\\n', 'a\n\tb\\', '["a"]'),
);
const field = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    'true',
    ' 1',
    'auto',
    'text',
    { type: 'text' },
    { type: 'text', x: 1 },
    0.5,
    1e21,
    null,
    '',
  ),
);
const message = fc.record(
  {
    role: fc.oneof(fc.constantFrom('user', 'assistant', 'tool', 'robot'), field),
    content: fc.oneof(text, field, fc.constant([{ type: 'text', text: 'Hi' }])),
    tool_calls: fc.oneof(fc.constant([call]), field),
    name: field,
    ['__proto__']: field,
  },
  { requiredKeys: [] },
);
const names = parameters.map(({ name }) => name);
const fields = fc.dictionary(
  fc.oneof(fc.constantFrom(...names, 'stream_options', '__proto__'), fc.string()),
  field,
);
const bodies = fc
  .tuple(
    fields,
    fc.oneof({ weight: 9, arbitrary: fc.array(message, { maxLength: 3 }) }, { weight: 1, arbitrary: field }),
    fc.option(fc.record({ include_usage: field, include_obfuscation: field }, { requiredKeys: [] }), {
      nil: undefined,
    }),
  )
  .map(([rest, messages, stream_options]) => ({
    ...rest,
    messages,
    ...(stream_options && { stream_options }),
  }));

test('any body comes back from its draft as it was', () => {
  fc.assert(
    fc.property(bodies, (json) => {
      const sent = JSON.parse(JSON.stringify(json));
      expect(JSON.parse(JSON.stringify(body(draftOfJson(sent))))).toEqual(sent);
    }),
    { numRuns: 1000 },
  );
});

test('a body is typed where it can be, and only the rest of it is JSON', () => {
  const weather = {
    type: 'function',
    function: { name: 'get_weather', parameters: { type: 'object', properties: {} } },
  };
  expect(
    draftOfJson({
      store: true,
      temperature: 0.3,
      stop: ['\n', 'END'],
      seed: '7',
      response_format: { type: 'json_object' },
      tool_choice: 'none',
      tools: [weather],
      stream_options: { include_usage: true, include_obfuscation: false },
      model: 'gpt-4o',
      messages: [{ role: 'user', name: 'Ada', content: 'Hi' }],
    }),
  ).toEqual({
    messages: [{ role: 'user', text: 'Hi', fields: { name: 'Ada' } }],
    parameters: {
      model: 'gpt-4o',
      temperature: '0.3',
      stop: '["\\n","END"]',
      response_format: 'json_object',
      tool_choice: 'none',
      tools: JSON.stringify([weather], null, 2),
      include_usage: 'true',
      other: JSON.stringify(
        { stream_options: { include_obfuscation: false }, store: true, seed: '7' },
        null,
        2,
      ),
    },
  });
});

describe('a draft becomes a body', () => {
  test('model and messages first, then the parameters as the table has them, then the rest', () => {
    const made = draft({
      other: '{"store":true,"stream_options":{"include_obfuscation":false}}',
      tools: '[]',
      temperature: '1',
      include_usage: 'true',
      stream: 'true',
    });
    expect(JSON.stringify(body(made))).toBe(
      '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],"stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false},"temperature":1,"tools":[],"store":true}',
    );
  });

  test('what is left empty is not sent, and a field of other wins', () => {
    const made = draft({ temperature: '', n: '  ', tools: '\n', seed: '1', other: '{"seed":2}' });
    expect(body(made)).toEqual({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Hi' }],
      seed: 2,
    });
  });

  test('a message that asks for calls has no content unless it has text', () => {
    const assistant = (said: string) => ({ role: 'assistant', text: said, fields: { tool_calls: [call] } });
    expect(body(draft({}, [assistant(''), assistant('Let me look.')]))).toMatchObject({
      messages: [
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'assistant', content: 'Let me look.', tool_calls: [call] },
      ],
    });
  });

  test('parts stay until text takes their place', () => {
    const parts = [{ type: 'text', text: 'Hi' }];
    const message = { role: 'user', text: '', fields: { content: parts } };
    expect(
      body(draft({}, [message, { ...message, text: 'Hello' }, { ...message, fields: {} }])),
    ).toMatchObject({
      messages: [{ content: parts }, { content: 'Hello' }, { content: '' }],
    });
  });

  test('invalid JSON cannot be sent, and the first of several is named', () => {
    expect(bodyOf(draft({ tools: '[{]', response_format: 'jsn', other: '[]' }))).toEqual({
      unreadable: {
        sentence: 'response_format is no JSON: at line 1, column 1, a value was expected, not j.',
        line: 1,
        column: 1,
      },
    });
    expect(bodyOf(draft({ other: '[]' }))).toEqual({
      unreadable: { sentence: 'other must be one JSON object, such as {"store": true}.' },
    });
  });
});
