import { openaiBaseURL, openaiKeyName } from '../api/endpoint.ts';
import type { CodePattern, StepKey } from '../lessons/types.ts';
import type { StepRequest } from '../run/request.ts';
import { curl } from './curl.ts';
import { python } from './python.ts';
import { typescript } from './typescript.ts';

export type SnippetLanguage = 'typescript' | 'python' | 'curl';

/** What of a step its code needs: the request in its final form, not the function that builds it. */
export interface SnippetStep {
  readonly request: StepRequest;
  readonly key?: StepKey | undefined;
  readonly fault?: string | undefined;
}

/** Whom a program asks. */
export interface SnippetPlace {
  readonly baseURL: string;
  /** The variable with the key; null where the server takes none. Default: `OPENAI_API_KEY`. */
  readonly keyName?: string | null;
}

/** A step, how its answer is read, and whom it asks. */
export interface SnippetContext {
  readonly step: SnippetStep;
  readonly pattern: CodePattern;
  /** Null for OpenAI's own, which the SDKs know. */
  readonly baseURL: string | null;
  readonly keyName: string | null;
  /** Columns to keep to where the values allow it. */
  readonly width: number;
}

const writers: Readonly<Record<SnippetLanguage, (context: SnippetContext) => string>> = {
  typescript,
  python,
  curl,
};

/**
 * A request as a program that sends it: the same body to the same place. The key comes from the environment
 * and never stands in the code, but for the fake one, which is no secret.
 *
 * No line end at the end.
 *
 * @param width columns that the lines keep to where no single word or literal is longer
 */
export function snippet(
  step: SnippetStep,
  pattern: CodePattern,
  language: SnippetLanguage,
  { keyName = openaiKeyName, ...place }: SnippetPlace,
  width = 48,
): string {
  const base = place.baseURL.replace(/\/+$/, '');
  const baseURL = base === openaiBaseURL ? null : base;
  return writers[language]({ step, pattern, baseURL, keyName, width });
}
