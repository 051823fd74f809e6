import fc from 'fast-check';
import type { ChatBody } from '../../src/core/run/request.ts';
import requestSchema from '../fixtures/schema/CreateChatCompletionRequest.json' with { type: 'json' };
import { propertiesOf, valuesOf } from '../helpers/schema-arbitrary.ts';

/** Texts that a language could trip over: its own marks, what no screen shows, halves of characters. */
const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '  ',
    'It\'s "quoted" with \\ and \\n, $HOME, `date` and \u0024{1}.',
    "''' \"\"\" r''' */ // # <!-- --> %s {0} \\",
    'NUL \u0000, escape \u001b[31m, bell \u0007, delete \u007f, C1 \u009b, tab \t, CRLF \r\n.',
    'こんにちは 🦜 👩‍👩‍👧 e\u0301 \u202eabc\u202c \u2028 \u2029 \ufeff',
    'half \ud83e of a bird',
    '\udd9c',
    'JSON\n',
    '@file',
    '-d',
    '!history ~ * ? [a]',
    'x'.repeat(3000),
    'many words '.repeat(400),
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom("'", '"', '\\', '\n', '$', '`', ' ', '🦜', 'n', 'u', '0'),
    maxLength: 40,
  }),
);

const call = nastyText.map((text) => ({
  id: 'call_1',
  type: 'function',
  function: { name: 'get_weather', arguments: JSON.stringify({ city: text }) },
}));

const message: fc.Arbitrary<object> = fc.oneof(
  fc.record({ role: fc.constantFrom('developer', 'system', 'user', 'assistant'), content: nastyText }),
  call.map((one) => ({ role: 'assistant', content: null, tool_calls: [one] })),
  nastyText.map((content) => ({ role: 'tool', tool_call_id: 'call_1', content })),
  nastyText.map((text) => ({ role: 'user', content: [{ type: 'text', text }] })),
);

const schema = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom({ type: 'string' }, { type: 'integer', minimum: -0, maximum: 1e21 }),
    nastyText.map((description) => ({ type: 'string', description, enum: [description] })),
    tie('any').map((items) => ({ type: 'array', items })),
    fc.dictionary(name(), tie('any'), { maxKeys: 3 }).map((properties) => ({ type: 'object', properties })),
  ),
})).any;

/** Names of fields: words of the three languages, of JavaScript's objects, and no words at all. */
function name(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom('city', 'class', 'None', 'self', 'constructor', '__proto__', 'two words', '1st', '$a'),
    nastyText,
  );
}

/** Parameters that only some servers know, and names that mean something to the Python package itself. */
const unknownNames = fc.constantFrom(
  'top_k',
  'min_p',
  'repetition_penalty',
  'lambda',
  'class',
  'self',
  'timeout',
  'extra_body',
  'extra_headers',
  '__proto__',
  'toString',
  'two words',
  "it's",
);

const numbers = fc.constantFrom(0, -0, 1, -1, 0.1, 1e-7, 1e21, -1e21, 1e300, 5e-324, 2 ** 53, 1e20);

const anything = fc.oneof(
  numbers,
  nastyText,
  fc.constantFrom(null, true, false, 'hot', [], {}, [[]], [null]),
  fc.jsonValue({ maxDepth: 3 }),
);

const {
  model: _model,
  messages: _messages,
  ...parameters
} = propertiesOf(requestSchema as unknown as Parameters<typeof propertiesOf>[0]);

/** Parameters as the official schema allows them, but for such as take long to answer. */
const rightParameters = fc
  .subarray(
    Object.keys(parameters).filter((key) => key !== 'n'),
    { maxLength: 4 },
  )
  .chain((names) => fc.record(Object.fromEntries(names.map((key) => [key, valuesOf(parameters[key]!)]))));

/** Parameters with a value that they should not have. */
const wrongParameters = fc.dictionary(
  fc.constantFrom(...Object.keys(parameters).filter((key) => key !== 'stream')),
  anything,
  { maxKeys: 2 },
);

const tool = fc.tuple(nastyText, schema).map(([description, property]) => ({
  type: 'function',
  function: {
    name: 'get_weather',
    description,
    parameters: { type: 'object', properties: { place: property } },
  },
}));

/** Parts of a body, the later before the earlier where they name the same. */
const body: fc.Arbitrary<object> = fc
  .tuple(
    fc.record({
      model: fc.constantFrom('gpt-4o-mini', 'gpt-5-nano', 'no-such-model'),
      messages: fc.array(message, { minLength: 1, maxLength: 4 }),
    }),
    rightParameters,
    fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: wrongParameters }),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.dictionary(unknownNames, anything, { minKeys: 1, maxKeys: 3 }) },
    ),
    fc.record(
      {
        stream: fc.boolean(),
        n: fc.integer({ min: 1, max: 3 }),
        tools: fc.array(tool, { minLength: 1, maxLength: 2 }),
        metadata: fc.dictionary(name(), nastyText, { maxKeys: 2 }),
        temperature: numbers,
        stop: fc.oneof(nastyText, fc.array(nastyText, { maxLength: 4 })),
      },
      { requiredKeys: [] },
    ),
  )
  .map((parts) => Object.assign({}, ...parts));

const nested = (depth: number): unknown =>
  JSON.parse(`${'{"a":['.repeat(depth / 2)}${']}'.repeat(depth / 2)}`);

/** What chance brings too seldom. */
const always: readonly object[] = [
  { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Say hello.' }] },
  { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Say hello.' }], stream: true, n: 2 },
  {
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'What is the weather in Lisbon?' }],
    tools: [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } }],
    stream: true,
    stream_options: { include_usage: true },
  },
  {
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Plan 3 days in Lisbon, as JSON.' }],
    response_format: { type: 'json_object' },
  },
  { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'half \ud83e' }], top_k: 40, stream: true },
  { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }], metadata: nested(190) },
  { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }], metadata: nested(400) },
  {
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: `${'long '.repeat(30_000)}'` }],
    max_tokens: 5,
  },
  { messages: 'none', temperature: 'hot' },
  { model: 'gpt-4o-mini' },
];

/** The same requests for the same seed; the first ten are always the same. */
export const requestsOf = (count: number, seed: number): readonly ChatBody[] =>
  [...always, ...fc.sample(body, { seed, numRuns: Math.max(0, count - always.length) })] as ChatBody[];
