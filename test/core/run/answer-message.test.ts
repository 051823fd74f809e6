import { ChatCompletionStream } from 'openai/lib/ChatCompletionStream';
import { expect, test } from 'vitest';
import { AnswerText } from '../../../src/commands/ask-text.ts';
import { wrappedAnswer } from '../../../src/components/answer.ts';
import { saidBy } from '../../../src/core/export/said.ts';
import { answerMessage } from '../../../src/core/run/answer-message.ts';
import { assemblyOf } from '../../../src/core/run/assemble.ts';
import { readingOf } from '../../../src/core/run/chunk-in-bytes.ts';
import { chat, chunk, helloStream, logOf, response, runStart, stepStart } from '../../helpers/logs.ts';

const rowsOf = (...events: Parameters<typeof logOf>[0]) =>
  logOf([runStart('x'), stepStart(chat()), ...events]).rows(0);

test('a streamed answer is put together, also where it broke off', () => {
  expect(answerMessage(logOf(helloStream).rows(0))).toEqual({ role: 'assistant', content: 'Hello World!' });
  expect(
    answerMessage(rowsOf(chunk(0, 1, { role: 'assistant', content: '' }), chunk(1, 2, { content: 'Hel' }))),
  ).toEqual({ role: 'assistant', content: 'Hel' });
});

test('a whole answer is taken without what only a response has', () => {
  const more = { refusal: null, annotations: [], audio: null };
  expect(answerMessage(rowsOf(response(1, 'Hi', { more })))).toEqual({ role: 'assistant', content: 'Hi' });
});

test('calls come together from their pieces, with the ids that their results need', () => {
  const piece = (index: number, id: string | undefined, name: string | undefined, args: string) => ({
    tool_calls: [
      {
        index,
        ...(id && { id, type: 'function' as const }),
        function: { ...(name && { name }), arguments: args },
      },
    ],
  });
  const answer = answerMessage(
    rowsOf(
      chunk(0, 1, piece(0, 'call_a', 'weather', '')),
      chunk(1, 2, piece(0, undefined, undefined, '{"city":')),
      chunk(2, 3, piece(1, 'call_b', 'time', '{}')),
      chunk(3, 4, piece(0, undefined, undefined, '"Rome"}')),
    ),
  );
  expect(answer).toEqual({
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'call_a', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
      { id: 'call_b', type: 'function', function: { name: 'time', arguments: '{}' } },
    ],
  });
});

test('a call of a custom tool is sent back as one, whole or from its pieces', () => {
  const call = { id: 'call_a', type: 'custom', custom: { name: 'sql', input: 'SELECT 1' } } as const;
  const message = { role: 'assistant', content: null, tool_calls: [call] };
  expect(answerMessage(rowsOf(response(1, null, { more: { tool_calls: [call] } })))).toEqual(message);
  const piece = (tool_call: object) => ({ tool_calls: [{ index: 0, ...tool_call }] }) as never;
  expect(
    answerMessage(
      rowsOf(
        chunk(0, 1, piece({ ...call, custom: { name: 'sql', input: '' } })),
        chunk(1, 2, piece({ custom: { input: 'SELECT ' } })),
        chunk(2, 3, piece({ custom: { input: '1' } })),
      ),
    ),
  ).toEqual(message);
});

test.each<readonly [string, readonly object[]]>([
  ['with every piece', [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '"Rome"}' } }]],
  ['as nothing later', [{ id: '', type: '', function: { name: '', arguments: '"Rome"}' } }]],
])('a name that a server says again %s is what the SDK makes of it', async (_, more) => {
  const first = { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":' } };
  const chunks = [first, ...more].map((call, index) =>
    chunk(index, index, { role: 'assistant', tool_calls: [{ index: 0, ...call }] } as never),
  );
  const end = chunk(chunks.length, 9, {}, { finish: 'tool_calls' });
  const log = logOf([runStart('x'), stepStart(chat({ stream: true })), ...chunks, end]);
  const lines = log.rows(0).chunks.map(({ chunk: sent }) => `${JSON.stringify(sent)}\n`);
  const sdk = ChatCompletionStream.fromReadableStream(new Blob(lines).stream());
  const [call] = (await sdk.finalMessage()).tool_calls!;
  const tool_calls = [
    { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
  ];
  expect(call).toMatchObject(tool_calls[0]!);

  expect(answerMessage(log.rows(0))?.tool_calls).toEqual(tool_calls);
  expect(assemblyOf(log, 0).object.choices).toMatchObject([{ message: { tool_calls } }]);
  const said = 'weather({"city":"Rome"})';
  expect(saidBy(log, 0)[0]!.calls).toEqual([said]);
  expect(wrappedAnswer(log, 0, 60).choices[0]!.calls.map(({ name, args }) => `${name}(${args})`)).toEqual([
    said,
  ]);
  let out = '';
  const text = new AnswerText((piece) => {
    out += piece;
  });
  for (const row of log.rows(0).chunks) text.take(readingOf(row));
  text.end();
  expect(out).toBe(`${said}\n`);
});

test('a refusal is taken as one', () => {
  const refused = response(1, null, { more: { refusal: 'No.' } });
  expect(answerMessage(rowsOf(refused))).toEqual({ role: 'assistant', content: null, refusal: 'No.' });
});

test('of several choices the first is taken, or the one asked for; of nothing, nothing', () => {
  const other = {
    ...chunk(0, 1, { content: 'B' }),
    chunk: { choices: [{ index: 1, delta: { content: 'B' } }] },
  };
  expect(answerMessage(rowsOf(other))).toBeNull();
  const both = rowsOf(other, chunk(1, 2, { content: 'A' }));
  expect([0, 1, 2].map((choice) => answerMessage(both, choice)?.content)).toEqual(['A', 'B', undefined]);
  const body = { choices: [{ index: '0', message: { content: 'C' } }] };
  expect(answerMessage(rowsOf({ ...response(1, 'x'), body } as never))?.content).toBe('C');
  expect(answerMessage(rowsOf())).toBeNull();
  expect(answerMessage(rowsOf({ ...response(1, 'x'), body: '<html>' } as never))).toBeNull();
});
