import type { Tokenizer } from '../model/tokens.ts';
import type { Call } from '../model/tool-calls.ts';
import type { PracticeModel } from '../models.ts';

/** What every object of one answer says of itself. */
export interface AnswerMeta {
  readonly id: string;
  /** Unix seconds. */
  readonly created: number;
  readonly model: PracticeModel;
  /** Null from models that send none. */
  readonly fingerprint: string | null;
  readonly serviceTier: string;
  readonly hasLogprobs: boolean;
  readonly isModerated: boolean;
  readonly tokenizer: Tokenizer;
  /** Draws the id of a tool call. */
  readonly callId: () => string;
}

/** Moderation is named as something that failed: nothing here could judge a text. */
export const noModeration = {
  input: { type: 'error', code: 'unavailable', message: 'The practice server moderates nothing.' },
  output: { type: 'error', code: 'unavailable', message: 'The practice server moderates nothing.' },
} as const;

/** A tool call with what it is called with, whole or as far as it has come. */
export function callObject({ type, name }: Call, id: string, given: string) {
  return type === 'custom'
    ? { id, type, custom: { name, input: given } }
    : { id, type: 'function', function: { name, arguments: given } };
}
