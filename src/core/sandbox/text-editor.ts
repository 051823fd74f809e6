import { boundaryAfter, boundaryBefore, nextBoundary, previousBoundary } from '../graphemes.ts';
import { amend, type History, historyOf, record, redo, undo } from './history.ts';
import { wordEnd, wordStart } from './words.ts';

export interface EditorState {
  readonly text: string;
  /** In UTF-16 units, always on a boundary between graphemes. */
  readonly cursor: number;
}

/** A text being edited, with what can be undone and redone. */
export type TextEditor = History<EditorState>;

type Move =
  | 'left'
  | 'right'
  | 'word-left'
  | 'word-right'
  | 'line-start'
  | 'line-end'
  | 'text-start'
  | 'text-end';
type Deletion =
  | 'delete-back'
  | 'delete-forward'
  | 'delete-word-back'
  | 'delete-word-forward'
  | 'delete-to-line-start'
  | 'delete-to-line-end';

export type TextEdit =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: Move | Deletion | 'undo' | 'redo' }
  | { readonly type: 'place'; readonly cursor: number };

/** An editor with its cursor behind the text. */
export const openEditor = (text: string): TextEditor => historyOf({ text, cursor: text.length });

/**
 * The editor after an edit; the same editor if nothing changes. An inserted line end is a line feed, however it was
 * written; nothing else of an inserted text is changed. `place` takes the nearest boundary at or before its cursor.
 *
 * One step to undo is a word as it is typed, with the spaces behind it; a row of deleted characters; a line feed;
 * or whatever else is inserted or deleted at once. Undo brings back the cursor too.
 */
export function edit(editor: TextEditor, change: TextEdit): TextEditor {
  const { text, cursor } = editor.present;
  switch (change.type) {
    case 'undo':
      return undo(editor);
    case 'redo':
      return redo(editor);
    case 'insert':
      return insert(editor, change.text.replace(/\r\n?/g, '\n'));
    case 'place':
      return moveTo(editor, boundaryBefore(text, change.cursor));
    case 'delete-back':
    case 'delete-forward':
      return remove(editor, moves[reaches[change.type]](text, cursor), change.type);
    case 'delete-word-back':
    case 'delete-word-forward':
    case 'delete-to-line-start':
    case 'delete-to-line-end':
      return remove(editor, moves[reaches[change.type]](text, cursor), null);
    default:
      return moveTo(editor, moves[change.type](text, cursor));
  }
}

/** Where each move leads to. */
const moves: Readonly<Record<Move, (text: string, cursor: number) => number>> = {
  left: previousBoundary,
  right: nextBoundary,
  'word-left': wordStart,
  'word-right': wordEnd,
  'line-start': (text, cursor) => (cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1),
  'line-end': lineEnd,
  'text-start': () => 0,
  'text-end': (text) => text.length,
};

/** A deletion takes away what its move would pass. */
const reaches: Readonly<Record<Deletion, Move>> = {
  'delete-back': 'left',
  'delete-forward': 'right',
  'delete-word-back': 'word-left',
  'delete-word-forward': 'word-right',
  'delete-to-line-start': 'line-start',
  'delete-to-line-end': 'line-end',
};

function moveTo(editor: TextEditor, cursor: number): TextEditor {
  const { present } = editor;
  return cursor === present.cursor ? editor : amend(editor, { text: present.text, cursor });
}

function insert(editor: TextEditor, inserted: string): TextEditor {
  if (inserted === '') return editor;
  const { text, cursor } = editor.present;
  const next = replaced(text, cursor, cursor, inserted);
  const isTyped = inserted !== '\n' && nextBoundary(inserted, 0) === inserted.length;
  if (!isTyped) return record(editor, next);
  const beginsWord = /\s/.test(text.charAt(cursor - 1)) && !/^\s/.test(inserted);
  return record(beginsWord ? { ...editor, mergeKey: null } : editor, next, 'type');
}

function remove(editor: TextEditor, to: number, mergeKey: string | null): TextEditor {
  const { text, cursor } = editor.present;
  if (to === cursor) return editor;
  return record(editor, replaced(text, Math.min(cursor, to), Math.max(cursor, to), ''), mergeKey);
}

/** What comes to stand side by side may join, as two halves of a flag do: the cursor goes behind the whole. */
function replaced(text: string, start: number, end: number, by: string): EditorState {
  const next = text.slice(0, start) + by + text.slice(end);
  return { text: next, cursor: boundaryAfter(next, start + by.length) };
}

function lineEnd(text: string, cursor: number): number {
  const end = text.indexOf('\n', cursor);
  // A carriage return before the line feed is one grapheme with it.
  return end < 0 ? text.length : boundaryBefore(text, end);
}
