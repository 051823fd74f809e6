/** What is known of a model beside its price. */
export interface ModelFacts {
  /** The most tokens of prompt and answer together. */
  readonly contextTokens: number;
  /** The most tokens of an answer, reasoning included. */
  readonly maxCompletionTokens: number;
  readonly isReasoning: boolean;
  /** The values of `reasoning_effort` that it knows; none for a model that does not reason. */
  readonly efforts: readonly string[];
  /** Which `temperature` it takes. */
  readonly temperature: 'any' | 'only 1' | 'none';
  /** The roles that it refuses. */
  readonly refusedRoles: readonly string[];
  /** How messages are framed, which decides what they count (see `estimatePrompt`). */
  readonly framing: 'chatml' | 'harmony';
  /** Tokens are counted here with `o200k_base`: for a model of the other encoding the count is only near. */
  readonly encoding: 'o200k_base' | 'cl100k_base';
  /** The day from which OpenAI does not serve it any more, where that has been announced. */
  readonly endsOn: string | null;
}

// Limits: OpenAI's model pages as gpt-tokenizer 4.0.0 lists them (August 2026), those of gpt-4o-mini as of November
// 2026. Ends: OpenAI's deprecations page as of May 2026. Temperatures: errors quoted in public issues of 2025 and 2026.
const gpt4o: ModelFacts = {
  contextTokens: 128_000,
  maxCompletionTokens: 16_384,
  isReasoning: false,
  efforts: [],
  temperature: 'any',
  refusedRoles: [],
  framing: 'chatml',
  encoding: 'o200k_base',
  endsOn: null,
};

const gpt41: ModelFacts = { ...gpt4o, contextTokens: 1_047_576, maxCompletionTokens: 32_768 };

const gpt5: ModelFacts = {
  ...gpt4o,
  contextTokens: 400_000,
  maxCompletionTokens: 128_000,
  isReasoning: true,
  efforts: ['minimal', 'low', 'medium', 'high'],
  temperature: 'only 1',
  framing: 'harmony',
  endsOn: '2026-12-10',
};

const o3: ModelFacts = {
  ...gpt4o,
  contextTokens: 200_000,
  maxCompletionTokens: 100_000,
  isReasoning: true,
  efforts: ['low', 'medium', 'high'],
  temperature: 'only 1',
  endsOn: '2026-12-10',
};

const october = '2026-10-23';
const o1: ModelFacts = { ...o3, temperature: 'none', endsOn: october };
const older: ModelFacts = { ...gpt4o, encoding: 'cl100k_base', endsOn: october };

const models: Readonly<Record<string, ModelFacts>> = {
  'gpt-4o-mini': gpt4o,
  'gpt-4o': gpt4o,
  // The one snapshot whose limit is not that of its family.
  'gpt-4o-2024-05-13': { ...gpt4o, maxCompletionTokens: 4096, endsOn: october },
  'gpt-4.1': gpt41,
  'gpt-4.1-mini': gpt41,
  'gpt-4.1-nano': { ...gpt41, endsOn: october },
  'gpt-5': gpt5,
  'gpt-5-mini': gpt5,
  'gpt-5-nano': gpt5,
  o1,
  // Gone from OpenAI, and kept for the practice server: the rules are as it has them.
  'o1-mini': {
    ...o1,
    contextTokens: 128_000,
    maxCompletionTokens: 65_536,
    refusedRoles: ['system', 'developer'],
    endsOn: '2025-10-27',
  },
  o3,
  'o3-mini': o1,
  'o4-mini': { ...o3, endsOn: october },
  'gpt-4': { ...older, contextTokens: 8192, maxCompletionTokens: 8192 },
  'gpt-4-turbo': { ...older, maxCompletionTokens: 4096 },
  'gpt-3.5-turbo': { ...older, contextTokens: 16_385, maxCompletionTokens: 4096 },
};

/** The models that something is known of, without a date in the name. */
export const modelNames: readonly string[] = Object.keys(models).filter((name) => name === withoutDate(name));

/** What is known of a model, under its name with or without a date; null if nothing is. */
export function factsOf(model: string): ModelFacts | null {
  const name = [model, withoutDate(model)].find((one) => Object.hasOwn(models, one));
  return name === undefined ? null : models[name]!;
}

/** The name of a model without the date of its snapshot. */
export function withoutDate(model: string): string {
  return model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
}

/** Whether a model reasons before it answers; of one that nothing is known of, what its name says. */
export const isReasoning = (model: string): boolean =>
  factsOf(model)?.isReasoning ?? /^(.*\/)?(o[1-9]|gpt-[5-9])\b/.test(model);
