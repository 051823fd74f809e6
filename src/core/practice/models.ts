import type { ReasoningEffort } from './wire.ts';

/** What a model takes and how it counts. Limits are those of usage tier 1. */
interface ModelRules {
  readonly contextTokens: number;
  readonly maxCompletionTokens: number;
  readonly requestsPerMinute: number;
  readonly tokensPerMinute: number;
  /** How messages are framed, which decides what they count. */
  readonly framing: 'chatml' | 'harmony';
  /** The efforts that a reasoning model knows, or null for a model that does not reason. */
  readonly efforts: readonly ReasoningEffort[] | null;
  /** What the model does with a `temperature` other than 1, and with its like. */
  readonly temperature: 'any' | 'only 1' | 'unsupported';
  /** Roles that this model refuses. */
  readonly refusedRoles: readonly string[];
  readonly hasVerbosity: boolean;
}

/** A model that the practice server answers for. */
export interface PracticeModel extends ModelRules {
  readonly id: string;
  /** The dated name that answers carry. */
  readonly snapshot: string;
  /** Unix seconds. */
  readonly created: number;
}

const chat: ModelRules = {
  contextTokens: 128_000,
  maxCompletionTokens: 16_384,
  requestsPerMinute: 500,
  tokensPerMinute: 200_000,
  framing: 'chatml',
  efforts: null,
  temperature: 'any',
  refusedRoles: [],
  hasVerbosity: false,
};

const gpt41: ModelRules = { ...chat, contextTokens: 1_047_576, maxCompletionTokens: 32_768 };

const gpt5: ModelRules = {
  ...chat,
  contextTokens: 400_000,
  maxCompletionTokens: 128_000,
  tokensPerMinute: 500_000,
  framing: 'harmony',
  efforts: ['minimal', 'low', 'medium', 'high'],
  temperature: 'only 1',
  hasVerbosity: true,
};

const o3Mini: ModelRules = {
  ...chat,
  contextTokens: 200_000,
  maxCompletionTokens: 100_000,
  efforts: ['low', 'medium', 'high'],
  temperature: 'unsupported',
};

// The oldest of the reasoning models, for what only it refuses.
const o1Mini: ModelRules = {
  ...o3Mini,
  contextTokens: 128_000,
  maxCompletionTokens: 65_536,
  refusedRoles: ['system', 'developer'],
};

/** An alias and its dated snapshot, each with the time it was made. */
const both = (
  [id, created]: readonly [string, number],
  [snapshot, snapshotCreated]: readonly [string, number],
  rules: ModelRules,
): readonly PracticeModel[] => [
  { ...rules, id, snapshot, created },
  { ...rules, id: snapshot, snapshot, created: snapshotCreated },
];

const models: readonly PracticeModel[] = [
  ...both(['gpt-4o-mini', 1721172741], ['gpt-4o-mini-2024-07-18', 1721172717], chat),
  ...both(['gpt-4o', 1715367049], ['gpt-4o-2024-08-06', 1722814719], { ...chat, tokensPerMinute: 30_000 }),
  ...both(['gpt-4.1', 1744316542], ['gpt-4.1-2025-04-14', 1744315746], { ...gpt41, tokensPerMinute: 30_000 }),
  ...both(['gpt-4.1-mini', 1744318173], ['gpt-4.1-mini-2025-04-14', 1744317547], gpt41),
  ...both(['gpt-5', 1754425777], ['gpt-5-2025-08-07', 1754075360], gpt5),
  ...both(['gpt-5-mini', 1754425928], ['gpt-5-mini-2025-08-07', 1754425867], gpt5),
  ...both(['gpt-5-nano', 1754426384], ['gpt-5-nano-2025-08-07', 1754426303], {
    ...gpt5,
    tokensPerMinute: 200_000,
  }),
  ...both(['o3-mini', 1737146383], ['o3-mini-2025-01-31', 1738010200], o3Mini),
  ...both(['o1-mini', 1725649008], ['o1-mini-2024-09-12', 1725648979], o1Mini),
];

/** The names without a date. */
export const modelNames: readonly string[] = models.flatMap(({ id, snapshot }) =>
  id === snapshot ? [] : id,
);

export const defaultModel = models[0]!;

export const findModel = (id: string): PracticeModel | undefined => models.find((model) => model.id === id);

const card = ({ id, created }: PracticeModel) => ({ id, object: 'model', created, owned_by: 'system' });

/** The body of `GET /v1/models` (official schema). */
export const modelList = () => ({ object: 'list', data: models.map(card) });

/** The body of `GET /v1/models/{id}`, or undefined for an unknown id. */
export function modelCard(id: string) {
  const model = findModel(id);
  return model && card(model);
}
