import type { TextEdit } from '../core/sandbox/text-editor.ts';

const edits: Readonly<Record<string, TextEdit['type'] & string>> = {
  backspace: 'delete-back',
  delete: 'delete-forward',
  left: 'left',
  right: 'right',
  home: 'line-start',
  'ctrl+a': 'line-start',
  end: 'line-end',
  'ctrl+e': 'line-end',
  'ctrl+left': 'word-left',
  'alt+left': 'word-left',
  'alt+b': 'word-left',
  'ctrl+right': 'word-right',
  'alt+right': 'word-right',
  'alt+f': 'word-right',
  'ctrl+home': 'text-start',
  'ctrl+end': 'text-end',
  'ctrl+w': 'delete-word-back',
  'alt+backspace': 'delete-word-back',
  'alt+d': 'delete-word-forward',
  'ctrl+delete': 'delete-word-forward',
  'ctrl+u': 'delete-to-line-start',
  'ctrl+k': 'delete-to-line-end',
};

const characters: Readonly<Record<string, string>> = { space: ' ', enter: '\n', tab: '\t' };

/** The edit that a key means while text is typed, as in a shell; null for a key that means none. */
export function textEditOf(key: string): TextEdit | null {
  const type = edits[key];
  if (type) return { type } as TextEdit;
  const text = characters[key] ?? key;
  // Names of keys are ASCII; what is typed is one character, however many code units it takes.
  return [...text].length === 1 ? { type: 'insert', text } : null;
}
