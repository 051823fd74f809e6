import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { meaningOf } from '../../../src/core/lessons/field-meanings.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Every path of a schema; the insides of `metadata` and `moderation` differ from answer to answer. */
function pathsOf(schema: Schema, path = ''): readonly string[] {
  if (path === 'moderation') return [];
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => pathsOf(one, path));
  const items = schema.items?.properties || schema.items?.anyOf ? pathsOf(schema.items, `${path}[0]`) : [];
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path ? `${path}.${name}` : name;
    return [at, ...pathsOf(field, at)];
  });
  return [...inner, ...items, ...fields];
}

const file = new URL('../../fixtures/schema/CreateChatCompletionResponse.strict.json', import.meta.url);
const paths = [...new Set(pathsOf(JSON.parse(readFileSync(file, 'utf8'))))];

test('every field of the official response object has a meaning that fits on two short lines', () => {
  expect(paths.length).toBeGreaterThan(50);
  for (const path of [...paths, 'choices[0]']) {
    const meaning = meaningOf(path);
    expect(meaning, path).toMatch(/[.]$/);
    expect(meaning!.length, path).toBeLessThanOrEqual(90);
  }
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

test('an unknown field has none, even one named like a method', () => {
  expect(meaningOf('x_vendor')).toBeNull();
  expect(meaningOf('constructor')).toBeNull();
  expect(meaningOf('')).toBeNull();
});
