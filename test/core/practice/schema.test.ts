import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { strictProblem, unsoundSchema } from '../../../src/core/practice/validate/schema.ts';

type Json = Record<string, unknown>;

const text = { type: 'string' };
const strict = (properties: Json, more: Json = {}) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});

describe('a schema that is none is told from one', () => {
  test.each<[unknown, string]>([
    [5, '5 is not valid under any of the given schemas.'],
    [null, 'None is not valid under any of the given schemas.'],
    [{ properties: { to: 5 } }, '5 is not valid under any of the given schemas.'],
    [{ items: { anyOf: [true, []] } }, '[] is not valid under any of the given schemas.'],
    [{ type: 'strin' }, "'strin' is not valid under any of the given schemas."],
    [{ type: [] }, '[] is not valid under any of the given schemas.'],
    [{ properties: ['a'] }, "['a'] is not of type 'object'."],
    [{ required: 'items' }, "'items' is not of type 'array'."],
    [{ properties: { a: { required: true } } }, "True is not of type 'array'."],
    [{ required: ['a', 1] }, "1 is not of type 'string'."],
    [{ required: ['a', 'a'] }, "['a', 'a'] has non-unique elements."],
    [{ enum: { a: null } }, "{'a': None} is not of type 'array'."],
    [{ enum: [] }, '[] should be non-empty.'],
    [{ anyOf: [] }, '[] should be non-empty.'],
    [{ minItems: -1 }, '-1 is less than the minimum of 0.'],
    [{ maxLength: 1.5 }, "1.5 is not of type 'integer'."],
    [{ minimum: "it's" }, `"it's" is not of type 'number'.`],
    [{ multipleOf: 0 }, '0 is less than or equal to the minimum of 0.'],
    [{ pattern: '(' }, "'(' is not a 'regex'."],
    [{ description: 5 }, "5 is not of type 'string'."],
    [
      { properties: { a: { $ref: '#/$defs/b' } }, $defs: { c: {} } },
      "In context=('properties', 'a'), reference to component '#/$defs/b' which was not found in the schema.",
    ],
    [
      { items: { $ref: '#b' } },
      "In context=('items',), reference to component '#b' which was not found in the schema.",
    ],
  ])('%j', (schema, problem) => {
    expect(unsoundSchema(schema)).toBe(problem);
  });

  test.each<[unknown]>([
    [true],
    [{}],
    [{ type: ['string', 'null'], enum: ['a', null], default: 5, examples: [1], 'x-own': 5 }],
    [{ const: { type: 'strin' }, default: { properties: 5 } }],
    [{ properties: { type: { type: 'string' }, required: true, items: { items: false } } }],
    [{ $ref: '#/$defs/a%20b~1c', $defs: { 'a b/c': { $ref: '#' } } }],
    [{ items: { $ref: '#here' }, contains: { $anchor: 'here' } }],
    [{ definitions: { a: { items: [text] } }, dependencies: { a: ['b'], c: text } }],
    [{ pattern: '^[\\w\\-]+\\_x$', minItems: 0, minimum: -1.5, multipleOf: 0.5 }],
  ])('%j is one', (schema) => {
    expect(unsoundSchema(schema)).toBeNull();
  });
});

describe('what cannot be kept to strictly is told', () => {
  const deep = (levels: number): Json => strict({ a: levels > 1 ? deep(levels - 1) : text });
  const wide = (count: number) =>
    strict(Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, text])));

  test.each<[string, unknown, string]>([
    [
      'a list',
      { type: 'array', items: text },
      `schema must be a JSON Schema of 'type: "object"', got 'type: "array"'.`,
    ],
    ['no type', {}, `schema must be a JSON Schema of 'type: "object"', got 'type: "None"'.`],
    ['a choice', strict({}, { anyOf: [strict({})] }), "In context=(), 'anyOf' is not permitted."],
    [
      'properties that nobody knows',
      { type: 'object', properties: {} },
      "In context=(), 'additionalProperties' is required to be supplied and to be false.",
    ],
    [
      'an optional property',
      strict({ x: text, y: text }, { required: ['x'] }),
      "In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'y'.",
    ],
    [
      'a required property that there is not',
      strict({ x: text }, { required: ['x', 'y'] }),
      "In context=(), 'required' is required to be supplied and to be an array including every key in properties. Extra required key 'y' supplied.",
    ],
    [
      'a property of any type',
      strict({ x: {} }),
      "In context=('properties', 'x'), schema must have a 'type' key.",
    ],
    [
      'a property of any type, short',
      strict({ x: true }),
      "In context=('properties', 'x'), schema must have a 'type' key.",
    ],
    [
      'a list of anything',
      strict({ x: { type: 'array' } }),
      "In context=('properties', 'x'), array schema missing items.",
    ],
    [
      'a list of anything among types',
      strict({ x: { type: ['null', 'array'] } }),
      "In context=('properties', 'x', 'type', '1'), array schema missing items.",
    ],
    [
      'loose items',
      strict({ steps: { type: 'array', items: { type: 'object', properties: {} } } }),
      "In context=('properties', 'steps', 'items'), 'additionalProperties' is required to be supplied and to be false.",
    ],
    [
      'a loose option',
      strict({ x: { anyOf: [text, { type: 'object', properties: {} }] } }),
      "In context=('properties', 'x', 'anyOf', '1'), 'additionalProperties' is required to be supplied and to be false.",
    ],
    [
      'a loose definition',
      strict({ x: { $ref: '#/$defs/a' } }, { $defs: { a: {} } }),
      "In context=('$defs', 'a'), schema must have a 'type' key.",
    ],
    [
      'a described reference',
      strict({ x: { $ref: '#', description: 'Itself' } }),
      "context=('properties', 'x'), $ref cannot have keywords {'description'}.",
    ],
    [
      'a reference into the middle',
      strict({ x: text, y: { $ref: '#/properties/x' } }),
      "In context=('properties', 'y'), reference can only point to definitions defined at the top level of the schema.",
    ],
    [
      'a format that is not known',
      strict({ x: { type: 'string', format: 'uri' } }),
      "In context=('properties', 'x'), 'uri' is not a valid format.",
    ],
    ['too many levels', deep(11), '11 levels of nesting exceeds limit of 10.'],
    ['too many properties', wide(5001), '5001 parameters exceeds limit of 5000.'],
  ])('%s', (_, schema, problem) => {
    expect(unsoundSchema(schema)).toBeNull();
    expect(strictProblem(schema)).toBe(problem);
  });

  test.each(['allOf', 'oneOf', 'not', 'if', 'dependentRequired', 'dependentSchemas'])('%s', (keyword) => {
    expect(strictProblem(strict({}, { [keyword]: {} }))).toBe(
      `In context=(), '${keyword}' is not permitted.`,
    );
    expect(strictProblem(strict({ x: { ...text, [keyword]: {} } }))).toBe(
      `In context=('properties', 'x'), '${keyword}' is not permitted.`,
    );
  });

  test.each<[string, unknown]>([
    [
      'the steps of a solution',
      strict({ steps: { type: 'array', items: strict({ explanation: text }) }, answer: text }),
    ],
    ['what may be null', strict({ unit: { type: ['string', 'null'], enum: ['C', 'F', null] } })],
    ['limits', strict({ n: { type: 'integer', minimum: 1, multipleOf: 2 }, s: { ...text, pattern: '^a' } })],
    ['a choice', strict({ x: { anyOf: [text, strict({})] } })],
    [
      'recursion',
      strict(
        { next: { anyOf: [{ $ref: '#' }, { type: 'null' }] }, t: { $ref: '#/$defs/t' } },
        { $defs: { t: strict({ u: { type: 'array', items: { $ref: '#/$defs/t' } } }) } },
      ),
    ],
    ['ten levels', deep(10)],
    ['many properties', wide(5000)],
  ])('not %s', (_, schema) => {
    expect(unsoundSchema(schema)).toBeNull();
    expect(strictProblem(schema)).toBeNull();
  });
});

describe('whatever JSON it is', () => {
  const keywords =
    'type properties required additionalProperties patternProperties propertyNames minProperties dependentRequired dependentSchemas items prefixItems contains minContains minItems uniqueItems maxLength pattern format minimum multipleOf anyOf allOf not if description'.split(
      ' ',
    );
  const wild = (...more: readonly string[]) =>
    fc.letrec((tie) => ({
      schema: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'wild' },
        fc.constantFrom<unknown>('string', 'object', '#', '(', -1, 0, 1, 1.5, true, null, [], {}),
        fc.constantFrom<unknown>(['a'], [{}], { toString: 5 }),
        fc.dictionary(fc.constantFrom(...keywords, ...more), tie('schema'), { maxKeys: 3 }),
      ),
    })).schema;

  test('it is a schema if and only if a validator takes it', () => {
    const ajv = new Ajv2020({ strict: false, logger: false });
    addFormats.default(ajv);
    fc.assert(
      fc.property(wild(), (schema) => {
        // A list of them is the spelling of draft 7; and the validator takes any text for a pattern.
        fc.pre(!/"items":\[|"pattern":"\("/.test(JSON.stringify(schema) ?? ''));
        expect(unsoundSchema(schema) === null).toBe(isSchema(ajv, schema));
      }),
      { numRuns: 500 },
    );
  });

  function isSchema(ajv: Ajv2020, schema: unknown): boolean {
    try {
      return ajv.validateSchema(schema as object) === true;
    } catch {
      return false;
    }
  }

  test('there is an answer', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), wild('$ref', '$defs', 'enum')), (schema) => {
        for (const problem of [unsoundSchema(schema), strictProblem(schema)]) {
          expect(problem ?? 'x').toMatch(/./);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('however deep and wide it is', () => {
    let list: unknown = { type: 'array' };
    for (let i = 0; i < 50_000; i++) list = { type: 'array', items: list };
    expect(unsoundSchema(list)).toBeNull();
    expect(unsoundSchema({ ...(list as Json), not: { not: list, anyOf: 5 } })).toMatch(/^5 is not/);
    expect(strictProblem(strict({ list }))).toMatch(
      /^In context=\('properties', 'list', 'items', 'items'.*missing items\.$/,
    );
    const options = Array.from({ length: 200_000 }, () => text);
    expect(strictProblem(strict({ x: { anyOf: options } }))).toBeNull();
  });
});
