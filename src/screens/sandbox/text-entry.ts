import { edit, openEditor } from '../../core/sandbox/text-editor.ts';
import type { Workbench } from '../../core/sandbox/workbench.ts';
import { stillRunning } from '../../core/session.ts';
import type { Host } from '../place.ts';
import { type Editing, insertText, typeKey } from './editing.ts';
import type { SandboxTools } from './sandbox-tools.ts';

/** The one text of the sandbox that is being typed, if any. What is typed is in the draft at once. */
export class TextEntry {
  readonly #host: Host;
  readonly #workbench: Workbench;
  readonly #tools: SandboxTools;
  #editing: Editing | null = null;
  #onDone: ((text: string) => void) | null = null;
  /** The text that cannot be put into the draft, once that was said: to leave it again drops it. */
  #refused: string | null = null;
  /** Cells and rows of the text, set by the view. */
  extent = { width: 40, rows: 5 };
  /** The first row of the text in its window, set by the view. */
  from = 0;

  constructor(host: Host, workbench: Workbench, tools: SandboxTools) {
    this.#host = host;
    this.#workbench = workbench;
    this.#tools = tools;
  }

  get editing(): Editing | null {
    return this.#editing;
  }

  /** Whether the text is a line that does not stand in the draft. */
  get isAside(): boolean {
    return this.#onDone !== null;
  }

  /** Opens a text; `onDone` is for a line that does not stand in the draft. */
  open(editing: Editing, onDone: ((text: string) => void) | null = null): void {
    this.#editing = editing;
    this.#onDone = onDone;
    this.#refused = null;
    this.from = 0;
    this.#host.changed();
  }

  press(key: string): void {
    if (this.#editing) this.#type(typeKey(this.#editing, key, this.extent.width, this.extent.rows));
  }

  paste(text: string): void {
    if (this.#editing) this.#type(insertText(this.#editing, text));
  }

  undo = (): void => this.#edit('undo');
  redo = (): void => this.#edit('redo');

  /** Keeps the text. False where it cannot be kept as it is; done once more, it is dropped. */
  done = (): boolean => {
    if (!this.#editing) return true;
    const { editor, apply, whyNot, before } = this.#editing;
    const { text } = editor.present;
    const problem = text === before ? null : whyNot(text);
    if (problem && this.#refused !== text) {
      this.#refused = text;
      this.#host.say(`Esc again leaves all as it was. ${problem}`);
      return false;
    }
    const draft = apply(this.#workbench.kept, text);
    if (problem || text === before || this.#onDone) this.#workbench.type(null);
    else this.#workbench.change(draft);
    const onDone = this.#onDone;
    this.#close();
    onDone?.(text);
    return problem === null;
  };

  /** Leaves the text as it was before. */
  cancel = (): void => {
    this.#workbench.type(null);
    this.#close();
  };

  /** Goes on in the learner's own editor; afterwards the text is done. */
  elsewhere = async (editing: Editing | null = this.#editing): Promise<void> => {
    if (!editing) return;
    const { running } = this.#host.session.getSnapshot();
    if (running) {
      // While an editor is open nothing is read, and the times of a run would be wrong.
      this.#host.say(stillRunning(running));
      return;
    }
    const wasOpen = this.#editing !== null;
    this.open(editing, this.#onDone);
    const result = await this.#tools.editText(editing.editor.present.text);
    if ('failure' in result) {
      this.#host.say(result.failure);
      if (!wasOpen) this.cancel();
      return;
    }
    this.#type({ ...editing, editor: openEditor(result.text.replace(/\r\n?/g, '\n')) });
    this.done();
  };

  #edit(type: 'undo' | 'redo'): void {
    if (this.#editing) this.#type({ ...this.#editing, editor: edit(this.#editing.editor, { type }) });
  }

  #type(typed: Editing): void {
    const { text: given } = typed.editor.present;
    const isTyped = given !== this.#editing?.editor.present.text;
    const text = isTyped ? this.#tools.redact(given) : given;
    if (text !== given)
      this.#host.say('That was your key. It is masked, since a draft is sent, shown and kept.');
    const editing = text === given ? typed : { ...typed, editor: openEditor(text) };
    this.#editing = editing;
    if (isTyped && !this.#onDone) this.#workbench.type(editing.apply(this.#workbench.kept, text));
    this.#host.changed();
  }

  #close(): void {
    this.#editing = null;
    this.#onDone = null;
    this.#host.changed();
  }
}
