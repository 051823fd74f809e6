import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesPattern } from '../../../src/core/practice/model/value/pattern.ts';
import { valueFor } from '../../../src/core/practice/model/value/value-for.ts';
import { seededRandom } from '../../../src/core/practice/random.ts';

const made = (schema: unknown, prompt: string, seed = 1) =>
  valueFor(schema, { prompt, random: seededRandom(seed) });

type Json = Record<string, unknown>;

const text = { type: 'string' };
const integer = { type: 'integer' };
const object = (properties: Json, more: Json = {}) => ({ type: 'object', properties, ...more });
const list = (items: unknown, more: Json = {}) => ({ type: 'array', items, ...more });

const formats = [
  'date-time',
  'date',
  'time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
  'uri',
  'uri-reference',
];

describe('what a value is taken from the prompt for', () => {
  test.each<[string, unknown, string, unknown]>([
    [
      'the last name that it holds',
      object({ city: text }),
      'Is it warmer in Oslo or in Rome?',
      { city: 'Rome' },
    ],
    [
      'several names in their order',
      object({ here: text, there: text }),
      'Fly from New York to Rome',
      { here: 'New York', there: 'Rome' },
    ],
    [
      'a name that stands beside that of the property',
      object({ to: text, from: text }),
      'Fly from Paris to Rome',
      { to: 'Rome', from: 'Paris' },
    ],
    ['one item for each name', list(text), 'Flights to Paris and Rome', ['Paris', 'Rome']],
    [
      'one object for each of several things',
      list(object({ city: text, days: integer })),
      'Fly to Paris for 3 days, then to Rome for 2 days',
      [
        { city: 'Paris', days: 3 },
        { city: 'Rome', days: 2 },
      ],
    ],
    ['no more items than are allowed', list(text, { maxItems: 1 }), 'Flights to Paris and Rome', ['Paris']],
    [
      'itself, for want of names',
      object({ query: text }),
      'find cheap laptops',
      { query: 'find cheap laptops' },
    ],
    [
      'a short piece of itself',
      text,
      `find ${'very '.repeat(50)}cheap laptops`,
      `find ${'very '.repeat(15).trim()}`,
    ],
    [
      'the numbers that it holds',
      object({ low: integer, high: { type: 'number' } }),
      'between 10 and 1,250.5 euros',
      { low: 10, high: 1250.5 },
    ],
    [
      'a number that stands beside the name of the property',
      object({ children: integer, adults: integer }),
      'for 2 adults and 3 children',
      { children: 3, adults: 2 },
    ],
    ['a number, moved into its range', { type: 'integer', maximum: 10 }, 'Rate it 11', 10],
    ['a number, moved under its limit', { type: 'integer', exclusiveMaximum: 10 }, 'Rate it 11', 9],
    ['a number, made a multiple', { type: 'integer', multipleOf: 5 }, 'About 13 of them', 10],
    ['a number, made whole', integer, 'some 2.7 kilos', 2],
    ['a member that it mentions', { enum: ['red', 'blue', 'dark blue'] }, 'Make it BLUE, or reddish', 'blue'],
    ['a part of a word, as a member', { enum: ['red', 'blue'] }, 'a blueish tint', 'blue'],
    [
      'all the members that it mentions',
      list({ enum: ['a1', 'b2', 'c3'] }),
      'c3 and a1, please',
      ['c3', 'a1'],
    ],
    [
      'a member that it mentions as a name, and a name that is none',
      object({ city: text, unit: { enum: ['Celsius', 'Kelvin'] } }),
      'How warm is Oslo in Kelvin?',
      { city: 'Oslo', unit: 'Kelvin' },
    ],
    [
      'the option of which it mentions a value',
      { anyOf: [object({ kind: { const: 'book' } }), object({ kind: { const: 'film' } })] },
      'Add the film',
      { kind: 'film' },
    ],
    [
      'what the names of properties speak of',
      object({ email: text, due_date: text, homepage: text, order_id: text, name: text }),
      'My name is Ada, mail ada@lovelace.org on May 5, 2026 about order 4711, see https://a.dev/x?y=1.',
      {
        email: 'ada@lovelace.org',
        due_date: '2026-05-05',
        homepage: 'https://a.dev/x?y=1',
        order_id: '4711',
        name: 'Ada',
      },
    ],
    ['what matches a pattern', { type: 'string', pattern: '^[A-Z]{3}$' }, 'from 5 Euros to USD now', 'USD'],
    [
      'what has a format',
      object({ at: { type: 'string', format: 'date-time' }, host: { type: 'string', format: 'ipv4' } }),
      'Restart 10.0.0.7 on 2026-02-03 at 10:30',
      { at: '2026-02-03T00:00:00Z', host: '10.0.0.7' },
    ],
    ['what it quotes', object({ item: text }), 'Add "oat milk" to the list', { item: 'oat milk' }],
  ])('%s', (_, schema, prompt, value) => {
    expect(made(schema, prompt)).toEqual(value);
  });

  test('only the required properties, and optional ones that the prompt speaks of', () => {
    const schema = object({ city: text, days: integer, unit: { enum: ['C', 'F'] } }, { required: ['city'] });
    expect(made(schema, 'Weather in Rome')).toEqual({ city: 'Rome' });
    expect(made(schema, 'Weather in Rome for 3 days in F')).toEqual({ city: 'Rome', days: 3, unit: 'F' });
  });

  test('an optional property along with those that it needs', () => {
    const schema = object(
      { name: text, card: text, expires: integer },
      { required: ['name'], dependentRequired: { card: ['expires'] } },
    );
    expect(Object.keys(made(schema, 'Pay by card') as object)).toEqual(['name', 'card', 'expires']);
  });

  test('half a character gets into no value', () => {
    expect(made(text, 'say \ud83d "\udc00"')).toSatisfy((value: string) => value.isWellFormed());
    expect(made({ const: { '\ud83d': ['\udc00!'] } }, '')).toEqual({ '\ufffd': ['\ufffd!'] });
  });
});

describe('what the schema itself offers', () => {
  test.each<[string, unknown, unknown]>([
    ['a const', { const: { a: [1] } }, { a: [1] }],
    ['the first member', { enum: ['x', 'y'] }, 'x'],
    ['the first member that fits', { type: 'integer', enum: ['x', 2, 4], minimum: 3 }, 4],
    ['a default', { type: 'integer', default: 25 }, 25],
    ['no default that does not fit', { type: 'integer', default: 25, maximum: 10 }, 1],
    ['an example', { type: 'string', pattern: '^\\d\\d$', examples: ['x', '42'] }, '42'],
    ['true for a boolean', { type: 'boolean' }, true],
    ['a type that is not null', { type: ['null', 'boolean'] }, true],
    ['the plainest number', { type: 'number' }, 1],
    ['a number between two', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
    ['all of several schemas', { allOf: [object({ a: integer }), object({ b: integer })] }, { a: 1, b: 1 }],
    [
      'the smallest tree',
      object({ name: { const: 'x' }, children: list({ $ref: '#' }) }),
      { name: 'x', children: [] },
    ],
    [
      'the end of a list of links',
      object({ next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }, { required: ['next'] }),
      { next: null },
    ],
    ['nothing that would go on for ever', object({ twin: { $ref: '#' } }), {}],
    [
      'what an anchor stands for',
      { $ref: '#point', $defs: { p: { $anchor: 'point', ...object({ x: integer }) } } },
      { x: 1 },
    ],
    [
      'one of two names',
      object({ a: integer, b: integer }, { oneOf: [{ required: ['a'] }, { required: ['b'] }] }),
      { a: 1 },
    ],
    ['an object for want of anything else', {}, {}],
  ])('%s', (_, schema, value) => {
    expect(made(schema, 'go on')).toEqual(value);
  });
});

const ajv = new Ajv2020({ strict: false, ownProperties: true });
addFormats.default(ajv);
const draft7 = new Ajv({ strict: false });
addFormats.default(draft7);

/** What ajv has against the value made for a schema, and the value; empty if nothing. */
function faults(schema: unknown, prompt: string, seed: number, validator: Ajv | Ajv2020 = ajv): string {
  const value = made(schema, prompt, seed);
  const validate = validator.compile(schema as object);
  if (validate(value)) return '';
  return JSON.stringify([
    value,
    validate.errors?.map(({ instancePath, message }) => [instancePath, message]),
  ]);
}

describe('a value is valid against its schema', () => {
  test.each(formats)('a %s', (format) => {
    expect(
      faults({ type: 'string', format }, 'Mail ada@b.org or https://x.org/?q=é on 2026-02-30 at 24:00', 1),
    ).toBe('');
    expect(faults({ type: 'string', format }, 'nothing of the kind', 1)).toBe('');
  });

  test.each([
    '^(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d]{8,}$',
    '^\\+?[1-9]\\d{1,14}$',
    '^(\\w{2,5})-\\1\\.(com|org)$',
    '^[^aeiou\\s]{4}(?<!x)$',
    '^\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{Ll}+)*$',
    '^[\\u4e00-\\u9fa5]{2,4}$',
    '^#(?:[0-9a-fA-F]{3}){1,2}$',
    '\\bid:[a-z]{2}\\b',
    '^(?<year>\\d{4})/\\k<year>$',
    '^a{3}b?c*d+?$',
    '^\\$\\{[^}]+\\}$',
    '^[\\w\\-]+\\_x$',
  ])('a text like %s', (pattern) => {
    const value = made({ type: 'string', pattern, maxLength: 60 }, 'nothing of the kind');
    expect(value).toMatch(new RegExp(pattern, pattern.endsWith('\\_x$') ? '' : 'u'));
  });

  test('whatever schema it is', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(document(), prompts, fc.nat(), (schema, prompt, seed) => {
        expect(faults(schema, prompt, seed)).toBe('');
      }),
      { numRuns: runs },
    );
  });

  test('in the spelling of draft 7, too', () => {
    const schema = {
      ...object({ at: { $ref: '#/definitions/point' }, tags: list(text) }),
      definitions: { point: { type: 'array', items: [integer, text], additionalItems: false, minItems: 2 } },
      dependencies: { at: ['tags'] },
    };
    expect(faults(schema, 'at 7 in Rome', 1, draft7)).toBe('');
    expect(made(schema, 'at 7 in Rome')).toEqual({ at: [7, 'Rome'], tags: [expect.any(String)] });
  });
});

const runs = 400;

const prompts = fc.oneof(
  fc.constantFrom(
    '',
    'Book 2 rooms in New York and 3 in Rome from 2026-05-01, mail a@b.org',
    'say "hi" to Ada, -7.5 degrees, red or blue',
  ),
  fc.string({ unit: 'binary' }),
);

/** Schemas that something fits, as they are built so. */
function document(): fc.Arbitrary<unknown> {
  const names = fc.constantFrom('city', 'to', 'date', 'user_id', 'count', 'a', 'hasOwnProperty', 'x y/z~');
  const string = fc.oneof(
    fc.constant(text),
    fc
      .tuple(fc.nat(40), fc.nat(40))
      .map(([min, more]) => ({ type: 'string', minLength: min, maxLength: min + more })),
    fc.constantFrom(...formats).map((format) => ({ type: 'string', format })),
    fc
      .constantFrom('^[A-Z]{3}$', '^\\d{3}-\\d{4}$', '[aeiou]$', '^(red|blue)+$', '^[\\w.]+@\\w+\\.org$', 'x')
      .map((pattern) => ({ type: 'string', pattern })),
    fc
      .integer({ min: 6, max: 30 })
      .map((length) => ({ type: 'string', pattern: '^[a-f]+\\d*$', minLength: length })),
    fc.constant({ type: 'string', not: { enum: ['Rome', 'Ada'] } }),
  );
  const number = fc.oneof(
    fc.constantFrom(integer, { type: 'number' }),
    fc
      .tuple(
        fc.constantFrom('integer', 'number'),
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: 20, max: 40 }),
      )
      .chain(([type, minimum, more]) =>
        fc.constantFrom<Json>(
          { type, minimum, maximum: minimum + more },
          { type, minimum, maximum: minimum + more, multipleOf: 7 },
          { type, exclusiveMinimum: minimum, exclusiveMaximum: minimum + more, multipleOf: 2.5 },
          { type, exclusiveMinimum: minimum, exclusiveMaximum: minimum + 2 },
          { type, minimum, exclusiveMaximum: minimum + 1 },
          { type, maximum: minimum, not: { const: minimum } },
        ),
      ),
    fc.double({ min: 1e-3, max: 1e6, noNaN: true }).map((multipleOf) => ({ type: 'number', multipleOf })),
  );
  // ajv calls these.
  const value = fc
    .jsonValue({ maxDepth: 2 })
    .filter((one) => !/"(toString|valueOf)"/.test(JSON.stringify(one)));
  const fixed = fc.oneof(
    value.map((one) => ({ const: one })),
    fc.array(value, { minLength: 1, maxLength: 4 }).map((members) => ({ enum: members })),
    fc.constantFrom({ enum: ['red', 'blue', null] }, { type: ['string', 'null'], enum: ['Rome'] }),
  );
  const { schema } = fc.letrec<{ schema: unknown; array: Json; object: Json }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'schema' },
      string,
      number,
      fixed,
      fc.constantFrom(
        { type: 'boolean' },
        { type: 'null' },
        true,
        {},
        { type: ['null', 'integer', 'array'] },
      ),
      fc.constantFrom(
        { $ref: '#/$defs/tree' },
        { $ref: '#/$defs/chain' },
        { $ref: '#wh%6Fle' },
        { $ref: '#/$defs/a~1b' },
      ),
      tie('array'),
      tie('object'),
      fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      fc.tuple(string, number, tie('array'), tie('object')).map((oneOf) => ({ oneOf })),
      fc.tuple(tie('schema'), fc.constantFrom({}, { title: 'x' }, true)).map((allOf) => ({ allOf })),
    ),
    array: fc.oneof(
      fc
        .tuple(tie('schema'), fc.nat(4), fc.nat(3))
        .map(([items, minItems, more]) => ({ type: 'array', items, minItems, maxItems: minItems + more })),
      fc
        .tuple(fc.constantFrom(text, integer, { type: ['string', 'null'] }, object({ a: text })), fc.nat(6))
        .map(([items, minItems]) => ({ type: 'array', items, minItems, uniqueItems: true })),
      fc
        .tuple(fc.array(tie('schema'), { minLength: 1, maxLength: 3 }), fc.boolean())
        .map(([prefixItems, items]) => ({ type: 'array', prefixItems, items, minItems: prefixItems.length })),
      fc
        .tuple(tie('schema'), fc.nat(3))
        .map(([contains, minContains]) => ({ type: 'array', contains, minContains })),
    ),
    object: fc.oneof(
      fc
        .tuple(
          fc.uniqueArray(fc.tuple(names, tie('schema')), { selector: ([name]) => name, maxLength: 4 }),
          fc.func(fc.boolean()),
          fc.constantFrom<Json>(
            {},
            { additionalProperties: false },
            { additionalProperties: integer, minProperties: 5 },
            {
              patternProperties: { '^z\\d+$': { type: 'boolean' } },
              additionalProperties: false,
              minProperties: 5,
            },
            { propertyNames: { maxLength: 20, not: { pattern: '^item[2-9]' } }, minProperties: 6 },
            { dependentRequired: { city: ['to', 'other'], to: ['count'] } },
          ),
        )
        .map(([entries, isRequired, more]) => ({
          ...more,
          type: 'object',
          properties: Object.fromEntries(entries),
          required: entries.map(([name]) => name).filter((name) => isRequired(name)),
        })),
      fc.tuple(tie('schema'), tie('schema')).map(([then, other]) => ({
        ...object({ kind: { enum: ['red', 'blue'] } }, { required: ['kind'] }),
        if: { properties: { kind: { const: 'blue' } } },
        // biome-ignore lint/suspicious/noThenProperty: It is what the keyword is called.
        then: object({ more: then }, { required: ['more'] }),
        else: object({ less: other }),
      })),
      tie('object').map((one) => ({
        allOf: [{ ...one, additionalProperties: true }, object({ extra: integer }, { required: ['extra'] })],
      })),
    ),
  }));
  // Read from text, as a request is: no part of it stands in two places.
  return fc.tuple(schema, string).map(([whole, leaf]) =>
    copy({
      allOf: [whole],
      $defs: {
        tree: object(
          { value: leaf, children: list({ $ref: '#/$defs/tree' }) },
          { required: ['value', 'children'] },
        ),
        chain: {
          type: ['object', 'null'],
          properties: { next: { $ref: '#/$defs/chain' } },
          required: ['next'],
        },
        'a/b': { $anchor: 'whole', ...leaf },
      },
    }),
  );
}

const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('a pattern says of a text what it says to the engine', () => {
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'pattern' },
      fc.constantFrom(
        ...'ab.1é^$'.split(''),
        '\\d',
        '\\w',
        '[^a]',
        '[ab\\]]',
        '\\b',
        '\\B',
        '\\x61',
        '\\u{62}',
        '\\p{L}',
        '\\1',
      ),
      fc.array(tie('pattern'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')),
      fc.array(tie('pattern'), { minLength: 1, maxLength: 3 }).map((options) => `(${options.join('|')})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{1,}', '*?', '??'))
        .map(([part, times]) => `(?:${part})${times}`),
      fc.tuple(fc.constantFrom('?=', '?!'), tie('pattern')).map(([look, part]) => `(${look}${part})`),
    ),
  }));
  const texts = fc.string({ unit: fc.constantFrom(...'ab1 é]'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, texts, (source, one) => {
      fc.pre(isPattern(source));
      expect(matchesPattern(source, one, { left: 100_000 })).toBe(new RegExp(source, 'u').test(one));
    }),
    { numRuns: 1000 },
  );
});

function isPattern(source: string): boolean {
  try {
    return Boolean(new RegExp(source, 'u'));
  } catch {
    return false;
  }
}

// What took time without end would be over the time that a test has.
describe('any schema is answered, with JSON', () => {
  const answered = (schema: unknown, prompt: string) => {
    const value = made(schema, prompt);
    const json = JSON.stringify(value);
    expect(JSON.parse(json)).toEqual(value);
    expect(json.length).toBeLessThan(500_000);
    expect(json.isWellFormed() && !/\\ud[89a-f]/.test(json)).toBe(true);
    return value;
  };

  test('any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), prompts, (schema, prompt) => void answered(schema, prompt)));
  });

  const keywords =
    '$ref $defs $anchor type enum const properties required additionalProperties patternProperties propertyNames minProperties maxProperties dependentRequired dependentSchemas dependencies items prefixItems additionalItems contains minContains maxContains minItems maxItems uniqueItems minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf anyOf oneOf allOf not if then else default examples description'.split(
      ' ',
    );

  test('keywords put together at random', { timeout: 30_000 }, () => {
    const odd = fc.constantFrom<unknown>(
      ...['string', 'object', 'array', 'integer', '#', '#/$defs/a', 'a', '(', '(a+)+$', 'uuid'],
      ...[-1, 0, 1, 3, 1e9, 1e308, 0.1, true, false, null, [], {}, ['string', 'null'], ['a', 'b']],
      ...[
        [{}],
        [false, true],
        { a: true },
        { a: ['b'] },
        { toString: 5 },
        { __proto__: null, a: { $ref: '#' } },
      ],
    );
    const { wild } = fc.letrec((tie) => ({
      wild: fc.oneof(
        { maxDepth: 4, depthIdentifier: 'wild' },
        odd,
        fc.dictionary(fc.constantFrom(...keywords), tie('wild'), { maxKeys: 6 }),
        fc.dictionary(fc.constantFrom(...keywords), tie('wild'), { maxKeys: 6 }),
        fc.array(tie('wild'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(wild, prompts, (schema, prompt) => void answered(schema, prompt)),
      { numRuns: runs },
    );
  });

  const nested = (depth: number, wrap: (inner: unknown) => unknown) => {
    let schema: unknown = text;
    for (let i = 0; i < depth; i++) schema = wrap(schema);
    return schema;
  };
  const huge = 'x'.repeat(1_000_000);

  test.each<[string, unknown, string?]>([
    ['a billion items', list(list(list({}, { minItems: 1e9 }), { minItems: 1e9 }), { minItems: 1e9 })],
    ['a billion characters', { type: 'string', minLength: 1e9 }],
    ['a billion properties', { type: 'object', minProperties: 1e9 }],
    ['a billion repetitions', { type: 'string', pattern: '^((a{1,1000000000}){1000}){1000}$' }],
    [
      'a pattern that never ends',
      { type: 'string', pattern: '^(a+)+$', maxLength: 90 },
      `${'a'.repeat(80)}!`,
    ],
    ['a reference to itself', { $ref: '#' }],
    ['a choice of itself', { anyOf: [{ $ref: '#' }, { $ref: '#' }], allOf: [{ $ref: '#' }] }],
    ['an object that needs itself', object({ a: { $ref: '#' }, b: { $ref: '#' } }, { required: ['a', 'b'] })],
    ['itself forbidden', { not: { $ref: '#' } }],
    ['a schema deeper than calls can be', nested(50_000, (inner) => list(inner))],
    ['a conjunction deeper than calls can be', nested(50_000, (inner) => ({ allOf: [inner] }))],
    ['a value deeper than calls can be', { const: nested(50_000, (inner) => [inner]) }],
    [
      'many choices',
      {
        allOf: Array.from({ length: 60 }, (_, i) => ({
          anyOf: [{ minLength: i }, { not: { maxLength: i } }],
        })),
      },
    ],
    ['many members', { enum: Array.from({ length: 50_000 }, (_, i) => `member ${i}`) }],
    ['a large value many times', list({ const: huge }, { minItems: 300 })],
    [
      'a prompt without end',
      list(object({ a: text, b: text, c: integer }), { minItems: 300 }),
      'Ada Bob 12 '.repeat(90_000),
    ],
  ])('%s', (_, schema, prompt = 'go on') => {
    answered(schema, prompt);
  });

  test('a list of a billion items has a few hundred', () => {
    expect(made(list(integer, { minItems: 1e9 }), '')).toHaveLength(1000);
  });

  test('the same for the same prompt and chance', () => {
    fc.assert(
      fc.property(document(), prompts, fc.nat(), (schema, prompt, seed) => {
        expect(made(schema, prompt, seed)).toEqual(made(schema, prompt, seed));
      }),
      { numRuns: 50 },
    );
  });
});
