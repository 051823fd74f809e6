import { edit, openEditor, type TextEditor } from '../../core/sandbox/text-editor.ts';
import { within } from '../clamp.ts';
import { textEditOf } from '../text-keys.ts';

/** A line that is typed: what for, and what is done with it. */
export interface Field {
  readonly title: string;
  readonly editor: TextEditor;
  readonly onDone: (text: string) => void;
}

/** A list that lies over the run. */
export interface Choices {
  readonly title: string;
  readonly labels: readonly string[];
  readonly selected: number;
  readonly onChoose: (index: number) => void;
}

/** What is asked over a run: a line to type, or one thing of a list. */
export class Asking {
  field: Field | null = null;
  choices: Choices | null = null;

  ask(title: string, text: string, onDone: (text: string) => void): void {
    this.field = { title, editor: openEditor(text), onDone };
  }

  offer(title: string, labels: readonly string[], onChoose: (index: number) => void): void {
    this.choices = { title, labels, selected: 0, onChoose };
  }

  /** Types a key into the open line, if it means something there. */
  type(key: string): void {
    const change = textEditOf(key);
    if (!this.field || !change || (change.type === 'insert' && /[\n\t]/.test(change.text))) return;
    this.field = { ...this.field, editor: edit(this.field.editor, change) };
  }

  paste(text: string): void {
    if (!this.field) return;
    const insert = { type: 'insert', text: text.trim().replace(/\s*[\r\n]+\s*/g, ' ') } as const;
    this.field = { ...this.field, editor: edit(this.field.editor, insert) };
  }

  /** Takes what was typed. */
  done(): void {
    const { field } = this;
    this.field = null;
    field?.onDone(field.editor.present.text);
  }

  cancel(): void {
    this.field = null;
  }

  move(by: number): void {
    if (!this.choices) return;
    const { labels, selected } = this.choices;
    this.choices = { ...this.choices, selected: within(selected + by, labels.length - 1) };
  }

  /** Takes what is marked of the list. */
  choose(): void {
    const { choices } = this;
    this.choices = null;
    if (choices && choices.labels.length > 0) choices.onChoose(choices.selected);
  }

  close(): void {
    this.field = null;
    this.choices = null;
  }
}
