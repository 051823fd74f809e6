import type { ChatBody } from '../run/request.ts';

/**
 * What an answer is expected to hold, which decides how a program reads it.
 *
 * - `text`: one text, read as simply as it can be
 * - `text-or-refusal`: one text, or a refusal in its place, as `response_format` brings them
 * - `anything`: several choices, calls of tools or other media
 */
export type AnswerKind = 'text' | 'text-or-refusal' | 'anything';

/** What the answer to a request is expected to hold. */
export function answerKind({ n, tools, functions, modalities, response_format }: ChatBody): AnswerKind {
  if ((n ?? 1) !== 1 || tools || functions || modalities) return 'anything';
  return response_format ? 'text-or-refusal' : 'text';
}
