import { expect, test } from 'vitest';
import type { Draft } from '../../../src/core/sandbox/draft.ts';
import {
  addMessage,
  changeMessage,
  moveMessage,
  removeMessage,
  setParameter,
  takeAnswer,
  turnRole,
} from '../../../src/core/sandbox/edits.ts';

const say = (role: string, text: string) => ({ role, text, fields: {} });
const draft: Draft = { messages: [say('system', 'Be brief.'), say('user', 'Hi')], parameters: {} };
const said = ({ messages }: Draft) => messages.map(({ role, text }) => `${role}: ${text}`);

test('a new message is of whoever is likely to speak next', () => {
  expect(said(addMessage(draft, 2))).toEqual(['system: Be brief.', 'user: Hi', 'assistant: ']);
  expect(said(addMessage(draft, 1))).toEqual(['system: Be brief.', 'user: ', 'user: Hi']);
  expect(said(addMessage({ messages: [], parameters: {} }, 0))).toEqual(['user: ']);
});

test('messages are moved and removed, and what cannot be done changes nothing', () => {
  expect(said(moveMessage(draft, 1, -1))).toEqual(['user: Hi', 'system: Be brief.']);
  expect(moveMessage(draft, 0, -1)).toBe(draft);
  expect(moveMessage(draft, 1, 1)).toBe(draft);
  expect(said(removeMessage(draft, 0))).toEqual(['user: Hi']);
  expect(removeMessage(draft, 2)).toBe(draft);
  expect(changeMessage(draft, 7, { text: 'x' })).toBe(draft);
});

test('roles turn in a circle', () => {
  const roles = [];
  let turned = draft;
  for (let turn = 0; turn < 5; turn++) {
    turned = turnRole(turned, 1);
    roles.push(turned.messages[1]!.role);
  }
  expect(roles).toEqual(['assistant', 'tool', 'developer', 'system', 'user']);
  expect(turnRole(changeMessage(draft, 0, { role: 'critic' }), 0).messages[0]!.role).toBe('developer');
});

test('a parameter set to what it is changes nothing', () => {
  const warm = setParameter(draft, 'temperature', '2');
  expect(warm.parameters).toEqual({ temperature: '2' });
  expect(setParameter(warm, 'temperature', '2')).toBe(warm);
});

test('an answer is taken with the next question ready to be written', () => {
  const taken = takeAnswer(draft, { role: 'assistant', content: 'Hello!' });
  expect(said(taken)).toEqual(['system: Be brief.', 'user: Hi', 'assistant: Hello!', 'user: ']);
});

test('an answer that asks for tools is taken with a place for each result', () => {
  const call = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } });
  const calls = [call('call_1'), call('call_2')];
  const { messages } = takeAnswer(draft, { role: 'assistant', content: null, tool_calls: calls });
  expect(messages.slice(2)).toEqual([
    { role: 'assistant', text: '', fields: { tool_calls: calls } },
    { role: 'tool', text: '', fields: { tool_call_id: 'call_1' } },
    { role: 'tool', text: '', fields: { tool_call_id: 'call_2' } },
  ]);
});
