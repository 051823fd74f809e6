import { moveRows } from '../../components/text-area.ts';
import { fitLimit } from '../../core/sandbox/answer-limit.ts';
import type { Draft } from '../../core/sandbox/draft.ts';
import { changeMessage, setParameter } from '../../core/sandbox/edits.ts';
import { type Read, readJson } from '../../core/sandbox/json-text.ts';
import { type ParameterName, parameterOf } from '../../core/sandbox/parameters.ts';
import { edit, openEditor, type TextEditor } from '../../core/sandbox/text-editor.ts';
import { textEditOf } from '../text-keys.ts';

/** A text of the draft that is being typed. */
export interface Editing {
  /** What it is, in a few words, such as `user` or `temperature`. */
  readonly title: string;
  readonly isOneLine: boolean;
  readonly editor: TextEditor;
  /** The column that ↑ and ↓ keep to. */
  readonly goalCells: number | null;
  /** The text as it was. */
  readonly before: string;
  /** The draft with the text put in its place. */
  readonly apply: (draft: Draft, text: string) => Draft;
  /** Why the text cannot be put there as it is, in a sentence; null if it can. */
  readonly whyNot: (text: string) => string | null;
}

const open = (
  title: string,
  text: string,
  apply: Editing['apply'],
  more: Partial<Pick<Editing, 'isOneLine' | 'whyNot'>> = {},
): Editing => ({
  title,
  isOneLine: false,
  editor: openEditor(text),
  before: text,
  goalCells: null,
  apply,
  whyNot: () => null,
  ...more,
});

export function editMessage(draft: Draft, index: number): Editing {
  const { role, text } = draft.messages[index]!;
  return open(role, text, (now, typed) => changeMessage(now, index, { text: typed }));
}

/** The other fields of a message, as JSON. */
export function editFields(draft: Draft, index: number): Editing {
  const { role, fields } = draft.messages[index]!;
  const fieldsIn = (text: string): Read => readJson(text.trim() || '{}', 'This');
  return open(
    `the other fields of ${role}`,
    JSON.stringify(fields, null, 2),
    (now, text) => {
      const read = fieldsIn(text);
      return 'value' in read && isFields(read.value)
        ? changeMessage(now, index, { fields: read.value })
        : now;
    },
    {
      whyNot: (text) => {
        const read = fieldsIn(text);
        if ('unreadable' in read) return read.unreadable.sentence;
        return isFields(read.value) ? null : 'It must be a JSON object, such as {"name": "Ada"}.';
      },
    },
  );
}

export function editParameter(draft: Draft, name: ParameterName): Editing {
  const { kind } = parameterOf(name);
  const set = (now: Draft, text: string) => setParameter(now, name, text);
  const apply = name === 'model' ? (now: Draft, text: string) => fitLimit(set(now, text)) : set;
  return open(name, draft.parameters[name] ?? '', apply, {
    isOneLine: kind !== 'json',
  });
}

/** A single line that is asked for, and does not stand in the draft. */
export const editLine = (title: string, text: string): Editing =>
  open(title, text, (draft) => draft, { isOneLine: true });

/** What a key does to the text; the same where it means nothing there. */
export function typeKey(editing: Editing, key: string, width: number, rows: number): Editing {
  const by = { up: -1, down: 1, pageup: -rows, pagedown: rows }[key];
  if (by !== undefined && !editing.isOneLine) {
    const { text, cursor } = editing.editor.present;
    const moved = moveRows(text, cursor, by, width, editing.goalCells);
    const editor = edit(editing.editor, { type: 'place', cursor: moved.cursor });
    return { ...editing, editor, goalCells: moved.goalCells };
  }
  const change = textEditOf(key);
  return change ? { ...editing, editor: edit(editing.editor, change), goalCells: null } : editing;
}

/** Text put in at once; in one line its line ends become spaces. */
export function insertText(editing: Editing, text: string): Editing {
  const inserted = editing.isOneLine ? text.trim().replace(/\s*[\r\n]+\s*/g, ' ') : text;
  return { ...editing, editor: edit(editing.editor, { type: 'insert', text: inserted }), goalCells: null };
}

const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
