import type { Line } from './line.ts';

export type CodeLanguage = 'typescript' | 'python' | 'curl';

/** Code as lines of spans; the text itself is untouched. */
export type Highlighter = (code: string, language: CodeLanguage) => readonly Line[];

/** Without colours, until the highlighter is there. */
export const plainCode: Highlighter = (code) => code.split('\n').map((text) => [{ text, style: 'text' }]);

/** Loads the highlighter: too heavy for the first frame. */
export const loadHighlighter = async (): Promise<Highlighter> =>
  (await import('./highlight-engine.ts')).createHighlighter();
