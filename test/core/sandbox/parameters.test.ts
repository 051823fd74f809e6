import { describe, expect, test } from 'vitest';
import type { Draft } from '../../../src/core/sandbox/draft.ts';
import {
  checkParameter,
  type ParameterName,
  parameters,
  typedValue,
} from '../../../src/core/sandbox/parameters.ts';

test('every parameter stands once, with texts that fit beside a form', () => {
  expect(parameters.map(({ name }) => name).join(' ')).toBe(
    'model stream include_usage max_tokens max_completion_tokens temperature top_p stop n seed presence_penalty frequency_penalty logprobs top_logprobs response_format tools tool_choice reasoning_effort other',
  );
  for (const { name, meaning, range, byDefault, kind, limits } of parameters) {
    expect(meaning, name).toMatch(/^[A-Z].*\.$/);
    expect(meaning.length, name).toBeLessThan(150);
    expect(range.length, name).toBeGreaterThan(5);
    expect(byDefault, name).not.toBe('');
    expect(limits !== undefined, name).toBe(kind === 'number');
  }
});

test.each<[ParameterName, string, unknown]>([
  ['temperature', ' 0.5 ', 0.5],
  ['temperature', '1e-1', 0.1],
  ['temperature', '.5', '.5'],
  ['temperature', 'hot', 'hot'],
  ['max_tokens', '1e999', '1e999'],
  ['seed', '-3', -3],
  ['stream', 'true', true],
  ['stream', 'maybe', 'maybe'],
  ['stop', '["a", "\\n"]', ['a', '\n']],
  ['stop', 'END\\n', 'END\n'],
  ['stop', '\\\\n \\t \\x', '\\n \t \\x'],
  ['stop', ' [1', ' [1'],
  ['response_format', 'json_object', { type: 'json_object' }],
  ['response_format', '{"type": "text"}', { type: 'text' }],
  ['tool_choice', ' required ', 'required'],
  ['tool_choice', '{"a": 1}', { a: 1 }],
  ['model', 'gpt-4o-mini', 'gpt-4o-mini'],
])('%s, typed as %j, sends %j', (name, text, value) => {
  expect(typedValue(name, text)).toEqual({ value });
});

const draft = (typed: Draft['parameters']): Draft => ({
  messages: [{ role: 'user', text: 'Hi', fields: {} }],
  parameters: { model: 'gpt-4o-mini', ...typed },
});
const check = (name: ParameterName, text: string, typed: Draft['parameters'] = {}) =>
  checkParameter(name, text, draft(typed))?.sentence ?? null;

const look = { type: 'function', function: { name: 'look' } };
const json = JSON.stringify;

describe('a typed text is checked', () => {
  test.each<[ParameterName, string, string | null]>([
    ['temperature', '', null],
    ['temperature', '2', null],
    ['temperature', '2.1', '2.1 is too high: temperature takes 0 to 2.'],
    ['temperature', '-0.1', '-0.1 is too low: temperature takes 0 to 2.'],
    ['temperature', '0,5', '"0,5" is no number: temperature takes 0 to 2.'],
    ['max_tokens', '0', '0 is too low: max_tokens takes 1 up to what the model can.'],
    ['n', '1.5', '1.5 is no whole number: n takes 1 to 128.'],
    ['seed', '1e30', '1e+30 is too high: seed takes a whole number.'],
    ['stream', 'yes', '"yes" is neither true nor false: choose one for stream.'],
    ['stop', 'END', null],
    ['stop', json(['a', 'b', 'c', 'd', 'e']), 'stop has 5 items, and 4 are the most.'],
    ['stop', '["a", 1]', 'stop[1] must be a text in double quotes.'],
    ['model', '', 'A request needs a model: name one, such as gpt-4o-mini.'],
    [
      'reasoning_effort',
      'a bit',
      '"a bit" is no reasoning_effort: choose none, minimal, low, medium, high, xhigh or max.',
    ],
    ['response_format', 'text', null],
    [
      'response_format',
      '{"type":"xml"}',
      'response_format.type must be "text", "json_object" or "json_schema".',
    ],
    ['response_format', '{"type":"json_schema"}', 'response_format.json_schema is missing.'],
    ['tools', json([look]), null],
    ['tools', '{}', 'tools must be a list in brackets.'],
    ['tools', '[]', 'tools must not be empty.'],
    ['tools', '[1]', 'tools[0] must be an object in braces.'],
    ['tools', '[{}]', 'tools[0].type is missing.'],
    ['tools', json([look, { type: 'function', function: {} }]), 'tools[1].function.name is missing.'],
    [
      'tools',
      json([{ ...look, function: { name: 'a b' } }]),
      'tools[0].function.name must have 1 to 64 letters, digits, _ or -, and nothing else.',
    ],
    [
      'tools',
      json([{ ...look, function: { name: 'a', parameters: { type: 'string' } } }]),
      'tools[0].function.parameters.type must be "object".',
    ],
    ['tools', '[', 'tools is no JSON: at line 1, column 2, a value or ] was expected, not the end.'],
    ['other', '{"logit_bias":{"1":1}}', null],
    ['other', '{"max_token":5}', '"max_token" is no parameter: take it out, or correct its name.'],
    ['other', '{"temperature":5}', 'In other: 5 is too high: temperature takes 0 to 2.'],
  ])('%s typed as %j', (name, text, sentence) => {
    expect(check(name, text)).toBe(sentence);
  });

  test('where JSON breaks off, the place is given', () => {
    expect(checkParameter('tools', '[\n  {"type" "function"}]', draft({}))).toMatchObject({
      line: 2,
      column: 11,
    });
  });

  test.each<[ParameterName, string, string]>([
    ['seed', '9007199254740993', '9007199254740992'],
    ['seed', '-12345678901234567', '-12345678901234568'],
    ['other', '{"metadata": {"a": "\\"1", "b": [12345678901234567890]}}', '12345678901234567000'],
    ['tools', json([{ ...look, at: 0 }]).replace(':0', ':1e999'), 'null'],
  ])('a number of %s in %j goes out as another, and that is said', (name, text, sent) => {
    const typed = /-?\d{16,}|1e999/.exec(text)![0];
    expect(check(name, text)).toBe(
      `In ${name}, ${typed} is sent as ${sent}, since JavaScript cannot hold it exactly: take a shorter one.`,
    );
  });

  test.each<[ParameterName, string]>([
    ['seed', '9007199254740992'],
    ['seed', '1000000000000000000'],
    ['other', '{"user": "9007199254740993", "store": true}'],
    ['other', '{"logit_bias": {"1": 0.12345678901234567, "2": 1000000000000000000000}}'],
  ])('a number of %s in %j goes out as it is', (name, text) => {
    expect(check(name, text)).toBeNull();
  });

  test('one of a newer version, of which nothing is known, is let be', () => {
    expect(check('verbosity' as ParameterName, 'low')).toBeNull();
  });

  test('beside the rest of the draft', () => {
    expect(check('top_logprobs', '3')).toBe(
      'top_logprobs is refused without logprobs: set logprobs to true.',
    );
    expect(check('top_logprobs', '3', { logprobs: 'false' })).not.toBeNull();
    expect(check('top_logprobs', '3', { logprobs: 'true' })).toBeNull();
    expect(check('include_usage', 'true')).toContain('refused without stream');
    expect(check('include_usage', 'true', { stream: 'true' })).toBeNull();
    expect(check('tool_choice', 'auto')).toBe(
      'tool_choice is refused without tools: add tools, or empty it.',
    );
    const named = json({ type: 'function', function: { name: 'lok' } });
    expect(check('tool_choice', named, { tools: json([look]) })).toContain('names "lok"');
    expect(check('temperature', '0.5', { model: 'gpt-5' })).toBe(
      'gpt-5 reasons, and refuses any temperature but 1: empty it.',
    );
    expect(check('max_tokens', '20000')).toBe(
      'gpt-4o-mini answers with at most 16,384 tokens: lower max_tokens to that.',
    );
    expect(check('temperature', '0.5', { max_tokens: '20000' })).toBeNull();
  });
});
