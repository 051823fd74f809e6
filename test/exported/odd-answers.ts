import type { ChatBody } from '../../src/core/run/request.ts';
import type { Exported } from './programs.ts';

const call = {
  index: 0,
  id: 'call_1',
  type: 'function',
  function: { name: 'get_weather', arguments: '{"city":"Lisbon"}' },
};

/** Choices that are not one text, and a part of what a program is to show of each; of no choices, in a stream, nothing. */
const odd: readonly { readonly choices?: readonly object[]; readonly shows: string }[] = [
  { shows: 'chatcmpl-odd' },
  { choices: [], shows: 'chatcmpl-odd' },
  { choices: [{ content: null, refusal: 'I would rather not.' }], shows: 'I would rather not.' },
  { choices: [{ content: 'The first.' }, { content: 'The second.' }], shows: 'The first.' },
  { choices: [{ content: null, tool_calls: [call] }], shows: '' },
];

const ask = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] };
const tools = [{ type: 'function', function: { name: 'get_weather' } }];

/** Requests whose answers may hold more than one text, and what of the odd ones only they are to show. */
const requests: readonly (readonly [more: object, shows: string])[] = [
  [{ response_format: { type: 'json_object' } }, ''],
  [{ n: 2 }, 'The second.'],
  [{ tools }, 'Lisbon'],
];

function answerOf(choices: readonly object[] | undefined, isStream: boolean) {
  const head = { id: 'chatcmpl-odd', created: 1, model: 'gpt-4o-mini' };
  const listOf = (name: string) =>
    choices?.map((message, index) => ({ index, finish_reason: 'stop', [name]: message }));
  if (!isStream) return JSON.stringify({ ...head, object: 'chat.completion', choices: listOf('message') });
  const chunk = { ...head, object: 'chat.completion.chunk', choices: listOf('delta') };
  return `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
}

/** Each request with each odd answer, streamed and not. */
export const oddlyAnswered: readonly Exported[] = requests.flatMap(([more, own]) =>
  [false, true].flatMap((stream) =>
    odd.map(({ choices, shows }) => ({
      step: { request: { kind: 'chat' as const, body: { ...ask, ...more, stream } as ChatBody } },
      pattern: 'plain' as const,
      answer: answerOf(choices, stream),
      shows: [
        ...(stream && shows === 'chatcmpl-odd' ? [] : [shows]),
        ...(JSON.stringify(choices ?? []).includes(own) ? [own] : []),
      ],
    })),
  ),
);
