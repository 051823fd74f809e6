import type { Clock } from '../../core/clock.ts';
import type { SnippetLanguage } from '../../core/export/snippet.ts';
import type { DraftStore } from '../../core/sandbox/draft-store.ts';

/** What the sandbox needs of the world. Each of them says in one sentence how it went. */
export interface SandboxTools {
  readonly clock: Clock;
  readonly store: DraftStore;
  /** A text with every known secret in it masked. */
  readonly redact: (text: string) => string;
  /** Lets the learner edit a text in their own editor: the text as they left it, or why that went wrong. */
  readonly editText: (text: string) => Promise<{ readonly text: string } | { readonly failure: string }>;
  readonly copy: (text: string) => Promise<string>;
  /** Saves a program in the working folder. */
  readonly save: (code: string, language: SnippetLanguage) => string;
}
