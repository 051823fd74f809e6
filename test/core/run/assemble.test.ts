import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerMessage } from '../../../src/core/run/answer-message.ts';
import { assemble, assemblyEquals, assemblyOf } from '../../../src/core/run/assemble.ts';
import { helloRun, helloWords, logOf } from '../../helpers/logs.ts';
import { featureRequests } from '../practice/feature-requests.ts';
import { dataOf, type Json, practice } from '../practice/practice-client.ts';

const chunkOf = (delta: Json, more: Json = {}, top: Json = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 7,
  model: 'm',
  choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...more }],
  usage: null,
  obfuscation: 'x1',
  ...top,
});
const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
const hello = [
  chunkOf({ role: 'assistant', content: '', refusal: null }),
  chunkOf({ content: 'Hel' }),
  chunkOf({ content: 'lo' }),
  chunkOf({}, { finish_reason: 'stop' }),
  { ...chunkOf({}), choices: [], usage },
];
const whole = {
  id: 'chatcmpl-2',
  object: 'chat.completion',
  created: 8,
  model: 'm',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'Hello', refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage,
};

describe('of what the practice server sends', () => {
  let server: Awaited<ReturnType<typeof practice>>;
  beforeAll(async () => {
    server = await practice();
  });
  afterAll(() => server.close());

  test.each(featureRequests)('the chunks of $id add up to its whole answer', async ({ body }) => {
    const streamed = { ...body, stream: true, stream_options: { include_usage: true } };
    const [response, stream] = await Promise.all([server.post(body), server.post(streamed)]);
    const chunks = dataOf(await stream.text()).slice(0, -1);
    const { object } = assemble(chunks.map((data) => JSON.parse(data)));
    expect(assemblyEquals(object, await response.json())).toEqual([]);
  });
});

test('chunks add up to the object that the call without a stream returns', () => {
  const { object } = assemble(hello);
  expect(JSON.parse(JSON.stringify(object))).toEqual({
    ...whole,
    id: 'chatcmpl-1',
    created: 7,
    choices: [{ ...whole.choices[0], message: { role: 'assistant', content: 'Hello', refusal: null } }],
  });
  expect(assemblyEquals(object, whole)).toEqual([]);
});

test('each chunk says what it added to which path, and what stood there', () => {
  const ofChunk = (index: number) =>
    assemble(hello, index, 1).steps.map(({ path, was, added }) => [path, was, added]);
  expect(ofChunk(0)).toEqual([
    ['id', '', '"chatcmpl-1"'],
    ['object', '', '"chat.completion"'],
    ['created', '', '7'],
    ['model', '', '"m"'],
    ['choices[0].message.role', '', '"assistant"'],
    ['choices[0].message.content', '', '""'],
  ]);
  expect(ofChunk(1)).toEqual([['choices[0].message.content', '""', '"Hel"']]);
  expect(ofChunk(2)).toEqual([['choices[0].message.content', '"Hel"', '"lo"']]);
  expect(ofChunk(3)).toEqual([['choices[0].finish_reason', 'null', '"stop"']]);
  expect(ofChunk(4)).toEqual([['usage', 'null', JSON.stringify(usage)]]);
  expect(assemble(hello, 5, 9).steps).toEqual([]);
});

test('a window of a long stream tells of its own chunks only, with the end of what stood before them', () => {
  const long = Array.from({ length: 3000 }, (_, index) => chunkOf({ content: `${index},` }));
  const { steps } = assemble(long, 2000, 2);
  expect(steps).toEqual([
    {
      index: 2000,
      path: 'choices[0].message.content',
      was: '"…1992,1993,1994,1995,1996,1997,1998,1999,"',
      added: '"2000,"',
    },
    {
      index: 2001,
      path: 'choices[0].message.content',
      was: '"…1993,1994,1995,1996,1997,1998,1999,2000,"',
      added: '"2001,"',
    },
  ]);
  const big = assemble([chunkOf({ content: '👍'.repeat(5000) }), chunkOf({ content: '!' })]);
  expect(big.steps.find(({ path }) => path.endsWith('content'))?.added).toHaveLength(200);
  expect(big.steps.at(-1)?.was).toBe(`"…${'👍'.repeat(20)}"`);
});

test('pieces of calls go to their call, whichever comes first, and a name is not said twice', () => {
  const piece = (index: number, call: Json) => chunkOf({ tool_calls: [{ index, ...call }] });
  const { object, steps } = assemble([
    piece(1, { id: 'b', type: 'function', function: { name: 'time', arguments: '' } }),
    piece(0, { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":' } }),
    piece(0, { id: 'a', type: 'function', function: { name: 'weather', arguments: '"Rome"}' } }),
    chunkOf({ audio: { id: 'x', transcript: 'Hi' } }),
    chunkOf({ audio: { id: 'x', transcript: ' you' }, reasoning_content: 'So' }),
    chunkOf({ reasoning_content: ' it is' }),
  ]);
  expect(object.choices).toMatchObject([
    {
      index: 0,
      message: {
        audio: { id: 'x', transcript: 'Hi you' },
        reasoning_content: 'So it is',
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
          { id: 'b', type: 'function', function: { name: 'time', arguments: '' } },
        ],
      },
    },
  ]);
  expect(steps.filter(({ index }) => index === 2)).toEqual([
    {
      index: 2,
      path: 'choices[0].message.tool_calls[0].function.arguments',
      was: '"{\\"city\\":"',
      added: '"\\"Rome\\"}"',
    },
  ]);
});

test('several choices are put together each for itself, and lists become longer', () => {
  const said = (index: number, token: string) => ({
    ...chunkOf({}),
    choices: [{ index, delta: { content: token }, logprobs: { content: [{ token }], refusal: null } }],
  });
  const { object, steps } = assemble([said(1, 'a'), said(0, 'x'), said(1, 'b')]);
  expect(object.choices).toEqual([
    { index: 0, message: { content: 'x' }, logprobs: { content: [{ token: 'x' }], refusal: null } },
    {
      index: 1,
      message: { content: 'ab' },
      logprobs: { content: [{ token: 'a' }, { token: 'b' }], refusal: null },
    },
  ]);
  expect(steps.at(-1)).toEqual({
    index: 2,
    path: 'choices[1].logprobs.content',
    was: '1 item',
    added: '[{"token":"b"}]',
  });
  expect(steps.at(-2)).toMatchObject({ path: 'choices[1].message.content', was: '"a"', added: '"b"' });
});

test('whatever a server sends is added up without harm, and the chunks are left as they were', () => {
  const anything = fc.array(
    fc.oneof(
      fc.json().map((json) => JSON.parse(json)),
      fc.anything().map((value) => chunkOf({ content: value, tool_calls: value, audio: value } as Json)),
      fc.json().map((json) => chunkOf(JSON.parse(`{"__proto__":${json},"constructor":${json}}`))),
    ),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(anything, (chunks) => {
      const before = structuredClone(chunks.map((chunk) => JSON.stringify(chunk)));
      for (const { was, added } of assemble(chunks).steps)
        expect(was.length + added.length).toBeLessThan(1000);
      expect(chunks.map((chunk) => JSON.stringify(chunk))).toEqual(before);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('what a server sends is safe to show', () => {
  const { steps } = assemble([chunkOf({ content: '\u001b[2J' }), chunkOf({ content: '\u202e' })]);
  expect(steps.at(-1)).toMatchObject({ was: '"\\u001b[2J"', added: '"\\u202e"' });
});

test('what is not the same is said', () => {
  const { object } = assemble(hello.slice(0, 3));
  expect(assemblyEquals(object, whole)).toEqual([
    'choices[0].finish_reason: only the whole answer has it.',
    'usage: only the whole answer has it; a stream brings it if stream_options asks with include_usage.',
  ]);
  const other = structuredClone(whole);
  other.choices[0]!.message.content = 'Hello?';
  expect(assemblyEquals(assemble(hello).object, other)).toEqual([
    'choices[0].message.content: the stream has "Hello", the whole answer "Hello?".',
  ]);
  const long = 'Long enough to be cut somewhere, which is here: ';
  const pair = (ending: string) => ({ choices: [{ message: { content: long + ending } }] });
  expect(assemblyEquals(pair('or not'), pair('yes'))).toEqual([
    'choices[0].message.content: The texts are the same for 48 characters; then the stream has “or not”, the whole answer has “yes”.',
  ]);
});

test('of a run that streams only what is new is added, and it agrees with the message', () => {
  const log = logOf(helloWords);
  const assembly = assemblyOf(log, 0);
  expect(assembly.count).toBe(3);
  for (const event of helloRun.slice(helloWords.length)) log.append(event);
  expect(assemblyOf(log, 0)).toBe(assembly);
  expect(assembly.object.choices).toMatchObject([{ message: answerMessage(log.rows(0)) }]);
  expect(assembly.object.choices).toMatchObject([{ message: { content: 'Hello World!' } }]);
});
