import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { meaningOf } from '../../../src/core/lessons/field-meanings.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Every path of a schema, those of items and of keys that somebody makes up included. */
function pathsOf(schema: Schema, path = ''): readonly string[] {
  const open = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : null;
  const { anyOf = [], oneOf = [], allOf = [] } = schema;
  const inner = [...anyOf, ...oneOf, ...allOf].flatMap((one) => pathsOf(one, path));
  const items = schema.items ? [`${path}[0]`, ...pathsOf(schema.items, `${path}[0]`)] : [];
  const fields = Object.entries({ ...schema.properties, ...(open && { 'some/key': open }) });
  return [
    ...inner,
    ...items,
    ...fields.flatMap(([name, field]) => {
      const at = path ? `${path}.${name}` : name;
      return [at, ...pathsOf(field, at)];
    }),
  ];
}

/** Each kind of body with its schema, at least how many paths that has, and the longest meaning that fits. */
const bodies = [
  ['chat.completion', 'CreateChatCompletionResponse.strict', 95, 90],
  ['chat.completion.chunk', 'CreateChatCompletionStreamResponse.strict', 80, 90],
  ['error', 'ErrorResponse.strict', 5, 90],
  ['list', 'ListModelsResponse', 7, 90],
  ['model', 'Model', 5, 90],
  ['request', 'CreateChatCompletionRequest', 140, 160],
] as const;

const official = bodies.map(([kind, name, fewest, longest]) => {
  const file = new URL(`../../fixtures/schema/${name}.json`, import.meta.url);
  const paths = [...new Set(pathsOf(JSON.parse(readFileSync(file, 'utf8'))))];
  return { kind, fewest, longest, paths };
});

describe.each(official)('$kind', ({ kind, fewest, longest, paths }) => {
  test('every key of the official schema has a meaning that is short enough', () => {
    expect(paths.length).toBeGreaterThanOrEqual(fewest);
    for (const path of paths) {
      const meaning = meaningOf(path, kind);
      expect(meaning, path).toMatch(/^[A-Z`].*[.]$/);
      expect(meaning!.length, path).toBeLessThanOrEqual(longest);
    }
  });
});

/** Which paths are the same thing: a text and a refusal have tokens alike, a request and an answer judgements. */
const sameThing = (path: string) =>
  path
    .replace(/\.refusal\[0\]\.(?=token|logprob|bytes|top)/, '.content[0].')
    .replace('moderation.output.', 'moderation.input.')
    .replace('prediction.content[0].prompt', 'messages[0].content[0].prompt')
    .replace(/^data\[0\]\./, '')
    .replace(/^error\./, '')
    // An item means what its list means, if nothing of its own.
    .replace(/\[0\]$/, '');

test('no meaning is said of two different keys', () => {
  const said = new Map<string, string>();
  for (const { kind, paths } of official) {
    for (const path of paths) {
      const meaning = meaningOf(path, kind)!;
      expect([path, said.get(meaning) ?? sameThing(path)]).toEqual([path, sameThing(path)]);
      said.set(meaning, sameThing(path));
    }
  }
});

test('the same key is explained by where it stands', () => {
  const indices = ['choices[0].index', 'choices[0].delta.tool_calls[0].index'];
  const models = [
    ['model', 'chat.completion'],
    ['model', 'request'],
    ['moderation.input.model', 'chat.completion'],
    ['moderation.model', 'request'],
  ] as const;
  const finishes = ['chat.completion', 'chat.completion.chunk'].map((kind) =>
    meaningOf('choices[0].finish_reason', kind),
  );
  expect(new Set(indices.map((path) => meaningOf(path, 'chat.completion.chunk'))).size).toBe(2);
  expect(new Set(models.map(([path, kind]) => meaningOf(path, kind))).size).toBe(4);
  expect(new Set(finishes).size).toBe(2);
  expect(meaningOf('messages[0].tool_calls[0].id', 'request')).not.toBe(
    meaningOf('choices[0].message.tool_calls[0].id'),
  );
});

test('which answer or which call it is does not matter', () => {
  expect(meaningOf('choices[12].message.tool_calls[3].id')).toBe(
    meaningOf('choices[0].message.tool_calls[0].id'),
  );
});

test('the fields of a model’s card are explained as such', () => {
  for (const name of ['id', 'object', 'created', 'owned_by', 'shutdown_date']) {
    expect(meaningOf(name, 'model')).toMatch(/[.]$/);
    expect(meaningOf(name, 'model')).not.toBe(meaningOf(name));
  }
  expect(meaningOf('object', 'model')).toContain('card');
  expect(meaningOf('choices', 'model')).toBeNull();
  expect(meaningOf('id', 'chat.completion')).toBe(meaningOf('id'));
});

test('every word and every name in the JSON Schema of a tool is explained', () => {
  const at = (path: string) => meaningOf(`tools[0].function.parameters.${path}`, 'request');
  expect(at('type')).toContain('`string`');
  expect(at('properties')).toBe('The fields of the object, each with a schema of its own.');
  expect(at('properties.type')).toBe('A field that the schema names; below it stands what it must be.');
  expect(at('properties.city.enum[2]')).toBe('The only values that are allowed.');
  expect(at('properties.list.items.anyOf[0].minimum')).toBe('The least number.');
  expect(at('properties.type.x-note')).toBeNull();
  expect(meaningOf("response_format.json_schema.schema.properties['a.b']", 'request')).toBe(
    at('properties.city'),
  );
  expect(meaningOf('functions[0].parameters.required', 'request')).toBe('Which fields must be there.');
});

test('an error is explained in its envelope, without it, and in the middle of a stream', () => {
  const param = 'Which part of the request is at fault; null where no one part is.';
  expect(meaningOf('error.param')).toBe(param);
  expect(meaningOf('error.param', 'chat.completion.chunk')).toBe(param);
  expect(meaningOf('param', 'error')).toBe(param);
});

test('keys that other servers are known to add have a meaning', () => {
  expect(meaningOf('choices[0].delta.reasoning_content', 'chat.completion.chunk')).toMatch(/thinks/);
  expect(meaningOf('choices[0].message.reasoning', 'chat.completion')).toMatch(/thought/);
  expect(meaningOf('timings.prompt_ms', 'chat.completion')).toMatch(/milliseconds/);
});

test('an unknown field has none, even one named like a method or like a path', () => {
  for (const kind of ['chat.completion.chunk', 'request', undefined]) {
    for (const path of [
      'x_vendor',
      'constructor',
      '',
      '[0]',
      "['usage.prompt_tokens']",
      "['choices[].index']",
    ]) {
      expect(meaningOf(path, kind), path).toBeNull();
    }
  }
  expect(meaningOf("metadata['a.b']", 'request')).toBe(meaningOf('metadata.a', 'request'));
});
