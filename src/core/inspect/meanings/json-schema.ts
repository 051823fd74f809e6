import type { PathStep } from '../json-path.ts';
import type { Meanings } from './table.ts';

/** The words of JSON Schema (draft 2020-12, and the older spellings that are still met). */
const keywords: Meanings = {
  type: 'What it must be: `string`, `number`, `integer`, `boolean`, `object`, `array` or `null`.',
  properties: 'The fields of the object, each with a schema of its own.',
  required: 'Which fields must be there.',
  additionalProperties: 'Whether fields that are not named are allowed, or what they must be.',
  patternProperties: 'What fields must be whose names fit a pattern.',
  propertyNames: 'What the names of the fields must be.',
  minProperties: 'The fewest fields.',
  maxProperties: 'The most fields.',
  items: 'What each item of the list must be.',
  prefixItems: 'What the first items of the list must be, one after the other.',
  contains: 'What at least one item of the list must be.',
  minItems: 'The fewest items.',
  maxItems: 'The most items.',
  uniqueItems: 'Whether no two items may be the same.',
  enum: 'The only values that are allowed.',
  const: 'The only value that is allowed.',
  minimum: 'The least number.',
  maximum: 'The greatest number.',
  exclusiveMinimum: 'It must be more than this number.',
  exclusiveMaximum: 'It must be less than this number.',
  multipleOf: 'It must be a multiple of this number.',
  minLength: 'The fewest characters.',
  maxLength: 'The most characters.',
  pattern: 'A regular expression that the text must fit.',
  format: 'What the text stands for, such as `date-time` or `email`.',
  anyOf: 'It must fit at least one of these schemas.',
  oneOf: 'It must fit exactly one of these schemas.',
  allOf: 'It must fit all of these schemas.',
  not: 'It must not fit this schema.',
  if: 'If it fits this schema, `then` holds; if not, `else`.',
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema, in a table that nobody awaits.
  then: 'What it must be if it fits `if`.',
  else: 'What it must be if it does not fit `if`.',
  $ref: 'It must fit the schema that stands at this place.',
  $defs: 'Schemas with names, to refer to with `$ref`.',
  definitions: 'Schemas with names, as older drafts write `$defs`.',
  $schema: 'Which draft of JSON Schema this is.',
  $id: 'The address of this schema.',
  title: 'A name for it, for people.',
  description: 'What it is for. The model reads it.',
  default: 'What it is taken to be if it is not there.',
  examples: 'Values that it may have.',
  nullable: 'Whether it may be null as well, as OpenAPI writes it.',
};

/** Words whose fields have names that somebody made up, each with a schema below it. */
const named: Meanings = {
  properties: 'A field that the schema names; below it stands what it must be.',
  patternProperties: 'A pattern for names of fields; below it stands what they must be.',
  $defs: 'A schema by the name that `$ref` refers to it with.',
  definitions: 'A schema by its name, as older drafts write it.',
};

/** Words whose value is no schema: whatever it holds is explained by the word. */
const plain = new Set(['required', 'enum', 'const', 'default', 'examples', 'type']);

/** What the word that a path inside a JSON Schema ends with means; null for one that is not known. */
export function schemaMeaning(steps: readonly PathStep[]): string | null {
  let meaning: string | null = null;
  let names: string | null = null;
  for (const step of steps) {
    // One schema of a list of them.
    if (typeof step !== 'string') continue;
    if (names !== null) {
      meaning = names;
      names = null;
      continue;
    }
    meaning = Object.hasOwn(keywords, step) ? keywords[step]! : null;
    if (plain.has(step)) return meaning;
    names = Object.hasOwn(named, step) ? named[step]! : null;
  }
  return meaning;
}
