import { modelNames } from '../api/models.ts';

export type ParameterName =
  | 'model'
  | 'stream'
  | 'include_usage'
  | 'max_tokens'
  | 'max_completion_tokens'
  | 'temperature'
  | 'top_p'
  | 'stop'
  | 'n'
  | 'seed'
  | 'presence_penalty'
  | 'frequency_penalty'
  | 'logprobs'
  | 'top_logprobs'
  | 'response_format'
  | 'tools'
  | 'tool_choice'
  | 'reasoning_effort'
  | 'other';

/** A parameter as a form shows it. Texts are of OpenAI's official specification in its meaning, not in its words. */
export interface Parameter {
  readonly name: ParameterName;
  /** One or two short sentences for someone who has never seen it. */
  readonly meaning: string;
  /** Such as `0 to 2`. */
  readonly range: string;
  /** What happens if it is not sent. */
  readonly byDefault: string;
  readonly kind: 'text' | 'number' | 'switch' | 'choice' | 'json';
  /** Suggestions; for JSON, words that stand for some. Anything else may be typed. */
  readonly choices?: readonly string[];
  /** For numbers: what a server takes, both ends included. */
  readonly limits?: { readonly min: number; readonly max: number; readonly isInteger: boolean };
}

const integer = (min: number, max = Number.POSITIVE_INFINITY) => ({ min, max, isInteger: true });
const decimal = (min: number, max: number) => ({ min, max, isInteger: false });

/** Every parameter, in the order of the form. */
export const parameters: readonly Parameter[] = [
  {
    name: 'model',
    meaning: 'Who answers. A name without a date is an alias for one of the dated versions.',
    range: 'a name that the endpoint lists',
    byDefault: 'none: it is required',
    kind: 'choice',
    choices: modelNames,
  },
  {
    name: 'stream',
    meaning: 'Send the answer piece by piece as it is made, instead of all at once.',
    range: 'true or false',
    byDefault: 'false',
    kind: 'switch',
  },
  {
    name: 'include_usage',
    meaning: 'One more chunk at the end of a stream reports the tokens. It is sent inside stream_options.',
    range: 'true or false, with stream',
    byDefault: 'false: no tokens reported',
    kind: 'switch',
  },
  {
    name: 'max_tokens',
    meaning:
      'The most tokens to answer with: there the answer is cut off. The older name of max_completion_tokens, unknown to reasoning models.',
    range: '1 up to what the model can',
    byDefault: 'as many as fit',
    kind: 'number',
    limits: integer(1),
  },
  {
    name: 'max_completion_tokens',
    meaning: 'The most tokens to answer with, hidden reasoning included: there the answer is cut off.',
    range: '1 up to what the model can',
    byDefault: 'as many as fit',
    kind: 'number',
    limits: integer(1),
  },
  {
    name: 'temperature',
    meaning: 'How freely each token is drawn: at 0 nearly always the likeliest, further up more varied.',
    range: '0 to 2',
    byDefault: '1',
    kind: 'number',
    limits: decimal(0, 2),
  },
  {
    name: 'top_p',
    meaning:
      'Draw only from the likeliest tokens that together have this probability. Change it or the temperature, not both.',
    range: '0 to 1',
    byDefault: '1',
    kind: 'number',
    limits: decimal(0, 1),
  },
  {
    name: 'stop',
    meaning: 'A text before which the answer ends, or a JSON list of such texts. \\n is a line feed.',
    range: 'up to 4 texts',
    byDefault: 'none',
    kind: 'text',
  },
  {
    name: 'n',
    meaning: 'How many answers to make. The prompt is paid for once, each answer by itself.',
    range: '1 to 128',
    byDefault: '1',
    kind: 'number',
    limits: integer(1, 128),
  },
  {
    name: 'seed',
    meaning:
      'The same seed with the same request draws the same tokens, as far as a server keeps to that. OpenAI calls it deprecated.',
    range: 'a whole number',
    byDefault: 'another one each time',
    kind: 'number',
    limits: integer(-(2 ** 63), 2 ** 63),
  },
  {
    name: 'presence_penalty',
    meaning:
      'Above 0, tokens that have come up become less likely: on to new subjects. Below 0, more likely.',
    range: '-2 to 2',
    byDefault: '0',
    kind: 'number',
    limits: decimal(-2, 2),
  },
  {
    name: 'frequency_penalty',
    meaning:
      'Above 0, tokens become less likely each time they come up: fewer repetitions. Below 0, more likely.',
    range: '-2 to 2',
    byDefault: '0',
    kind: 'number',
    limits: decimal(-2, 2),
  },
  {
    name: 'logprobs',
    meaning: 'Report with each token of the answer how likely it was, as the logarithm of its probability.',
    range: 'true or false',
    byDefault: 'false',
    kind: 'switch',
  },
  {
    name: 'top_logprobs',
    meaning: 'Report so many of the likeliest tokens for each place of the answer. It needs logprobs.',
    range: '0 to 20',
    byDefault: 'none',
    kind: 'number',
    limits: integer(0, 20),
  },
  {
    name: 'response_format',
    meaning:
      'What form the answer must have: any text, any JSON object, or JSON that fits a schema, which is given as JSON.',
    range: 'text, json_object, or {"type": "json_schema", …}',
    byDefault: 'text',
    kind: 'json',
    choices: ['text', 'json_object'],
  },
  {
    name: 'tools',
    meaning: 'Functions that the model may ask you to call. It only asks: calling them is up to you.',
    range: 'a JSON list of 1 to 128',
    byDefault: 'none',
    kind: 'json',
  },
  {
    name: 'tool_choice',
    meaning:
      'Whether the model must ask for a function: as it likes, never, always, or for the one you name.',
    range: 'auto, none, required, or {"type": "function", …}; with tools',
    byDefault: 'auto with tools',
    kind: 'json',
    choices: ['auto', 'none', 'required'],
  },
  {
    name: 'reasoning_effort',
    meaning: 'How much a reasoning model thinks before it answers. Other models refuse it.',
    range: 'a word such as low; which ones depends on the model',
    byDefault: 'medium',
    kind: 'choice',
    choices: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
  },
  {
    name: 'other',
    meaning: 'Anything else, as one JSON object. Its fields go into the body, and win over those above.',
    range: 'such as {"store": true}',
    byDefault: 'nothing',
    kind: 'json',
  },
];

/** The row of a parameter. */
export const parameterOf = (name: ParameterName): Parameter => parameters.find((one) => one.name === name)!;

/** Whether a field of the body has a row by its name: `include_usage` and `other` are rows, and no fields. */
export const hasRow = (field: string): field is ParameterName =>
  field !== 'include_usage' && field !== 'other' && parameters.some(({ name }) => name === field);
