import { factsOf } from '../api/models.ts';
import { formatCount } from '../lessons/evidence.ts';
import { combinationWarnings } from './combinations.ts';
import { conversationWarnings } from './conversation.ts';
import { type Draft, readableBody } from './draft.ts';
import { modelWarnings } from './model-rules.ts';
import { type Body, refused, type Warning } from './warning.ts';

export type { Warning } from './warning.ts';

/** What is known of a request beside its draft. */
export interface RequestFacts {
  /** The estimate, or null as long as there is none. */
  readonly promptTokens: number | null;
  /** Whether it would go to the practice server, which has fewer models and reads only text. */
  readonly isPractice?: boolean;
}

/**
 * What should be known about a draft as a whole before it is sent, what would be refused first. What is wrong with a
 * parameter by itself is told by `checkParameter`; what cannot be read of the draft is passed over.
 */
export function warningsOf(
  draft: Draft,
  { promptTokens, isPractice = false }: RequestFacts,
): readonly Warning[] {
  const body = readableBody(draft);
  const warnings = [
    ...conversationWarnings(body, isPractice),
    ...combinationWarnings(body),
    ...modelWarnings(body, isPractice),
    ...contextWarnings(body, promptTokens),
  ];
  return [
    ...warnings.filter(({ status }) => status !== null),
    ...warnings.filter(({ status }) => status === null),
  ];
}

function contextWarnings(body: Body, promptTokens: number | null): readonly Warning[] {
  const facts = factsOf(String(body.model));
  if (!facts || promptTokens === null) return [];
  const { contextTokens } = facts;
  const window = `the ${formatCount(contextTokens)} that ${body.model} has for prompt and answer together`;
  const prompt = `The prompt has about ${formatCount(promptTokens)} tokens`;
  if (promptTokens >= contextTokens)
    return [refused('messages', `${prompt}, which is over ${window}: shorten the messages.`)];
  const asked = body.max_completion_tokens ?? body.max_tokens;
  if (typeof asked !== 'number' || promptTokens + asked <= contextTokens) return [];
  const sentence = `${prompt}: with ${formatCount(asked)} for the answer that is over ${window}, so lower one of them.`;
  return [refused(body.max_completion_tokens == null ? 'max_tokens' : 'max_completion_tokens', sentence)];
}
