/** A model that the practice server answers for. */
export interface PracticeModel {
  readonly id: string;
  /** The dated name that answers carry. */
  readonly snapshot: string;
  /** Unix seconds. */
  readonly created: number;
  readonly maxCompletionTokens: number;
  readonly requestsPerMinute: number;
  readonly tokensPerMinute: number;
}

// Limits are those of usage tier 1.
const mini = {
  snapshot: 'gpt-4o-mini-2024-07-18',
  maxCompletionTokens: 16_384,
  requestsPerMinute: 500,
  tokensPerMinute: 200_000,
};
const large = {
  snapshot: 'gpt-4o-2024-08-06',
  maxCompletionTokens: 16_384,
  requestsPerMinute: 500,
  tokensPerMinute: 30_000,
};

const models: readonly PracticeModel[] = [
  { id: 'gpt-4o-mini', created: 1721172741, ...mini },
  { id: 'gpt-4o-mini-2024-07-18', created: 1721172717, ...mini },
  { id: 'gpt-4o', created: 1715367049, ...large },
  { id: 'gpt-4o-2024-08-06', created: 1722814719, ...large },
];

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
