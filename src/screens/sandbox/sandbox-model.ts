import { findBinding, inForce, type Shown } from '../../components/binding.ts';
import { languages } from '../../components/code-box.ts';
import { snippet } from '../../core/export/snippet.ts';
import type { EndpointLabel } from '../../core/run/events.ts';
import type { ChatBody } from '../../core/run/request.ts';
import { fitLimit } from '../../core/sandbox/answer-limit.ts';
import { bodyOf, type Draft, draftOf } from '../../core/sandbox/draft.ts';
import { addMessage, moveMessage, removeMessage, setParameter, turnRole } from '../../core/sandbox/edits.ts';
import { type ParameterName, parameterOf } from '../../core/sandbox/parameters.ts';
import { Workbench } from '../../core/sandbox/workbench.ts';
import { within } from '../clamp.ts';
import { keyNameAt } from '../endpoints/endpoints-state.ts';
import type { Host, Place } from '../place.ts';
import { type Editing, editFields, editMessage, editParameter } from './editing.ts';
import { Offers } from './offers.ts';
import { type SandboxAction, type SandboxContext, sandboxKeys } from './sandbox-keys.ts';
import { comparedRun, SandboxRuns, sandboxRun } from './sandbox-runs.ts';
import { type Row, rowAt, rowsOf } from './sandbox-state.ts';
import type { SandboxTools } from './sandbox-tools.ts';
import { Sheets } from './sheets.ts';
import { TextEntry } from './text-entry.ts';

/** Columns that code keeps to where it is copied and saved. */
const codeWidth = 80;

/** The sandbox: the learner's own request, row by row, and what each key does to it. */
export class SandboxModel implements Place {
  readonly workbench: Workbench;
  readonly runs: SandboxRuns;
  readonly entry: TextEntry;
  readonly sheets: Sheets;
  readonly #host: Host;
  readonly #tools: SandboxTools;
  readonly #offers: Offers;
  /** The row that is marked, and the side that ↑ and ↓ move in. */
  selected = 0;
  side: 'request' | 'live' = 'request';
  /** The marked row of the panel; null follows the newest. */
  cursor: number | null = null;
  /** How many rows of the panel can be marked, and a screen of rows, set by the view. */
  extent = { markable: 0, page: 10, isNarrow: false };

  constructor(host: Host, tools: SandboxTools) {
    this.#host = host;
    this.#tools = tools;
    this.workbench = new Workbench(tools.clock, tools.store, host.changed);
    this.runs = new SandboxRuns(host, this.workbench);
    this.entry = new TextEntry(host, this.workbench, tools);
    this.sheets = new Sheets(host);
    this.#offers = new Offers(host, this);
  }

  get isTyping(): boolean {
    return this.entry.editing !== null;
  }

  get isRunning(): boolean {
    return this.runs.isRunning;
  }

  /** The model that the draft asks. */
  get shownModel(): string {
    return this.#draft.parameters.model ?? '';
  }

  get shownRun(): string {
    return this.sheets.sheet?.kind === 'compared' ? comparedRun : sandboxRun;
  }

  enter(): void {
    const { sheet } = this.sheets;
    // Another endpoint may be in use than the one that it names.
    if (sheet?.kind === 'compared' && sheet.comparison.endpoint) this.sheets.close();
    const notice = this.#tools.store.notice();
    if (notice) this.#host.say(notice);
    void this.#host.session.warmUp();
    void this.workbench.count();
  }

  /** Puts another request in place of the one there. */
  load(draft: Draft): void {
    this.workbench.load(draft);
    this.sheets.close();
    this.look(0);
  }

  /** Takes over the request of a lesson. */
  take(body: ChatBody): void {
    this.load(draftOf(body));
  }

  bindings = (): readonly Shown<SandboxAction>[] => inForce(sandboxKeys, this.#context());

  press(key: string): void {
    const binding = findBinding(key, this.bindings());
    if (binding) this.#acts[binding.id]();
    else this.entry.press(key);
  }

  paste(text: string): void {
    this.entry.paste(text);
  }

  get endpoint(): EndpointLabel {
    return this.#host.session.getSnapshot().endpoint;
  }

  /** The variable from which the program takes the key; null where the server takes none. */
  get codeKeyName(): string | null {
    return keyNameAt(this.#host.session, this.endpoint);
  }

  /** The request as a program in the chosen language; null where it cannot be sent. */
  code(width = codeWidth): string | null {
    const read = bodyOf(this.#draft);
    if ('unreadable' in read) return null;
    const { language } = this.#host.session.progress.getSnapshot();
    const step = { request: { kind: 'chat' as const, body: read.body } };
    const place = { baseURL: this.runs.codeURL, keyName: this.codeKeyName };
    return this.#tools.redact(snippet(step, 'plain', language, place, width));
  }

  get #draft(): Draft {
    return this.workbench.draft;
  }

  /** The row that keys mean now. */
  get row(): Row {
    return rowAt(this.#draft, this.selected);
  }

  #context(): SandboxContext {
    const { editing } = this.entry;
    const { row } = this;
    const parameter = row.kind === 'parameter' ? parameterOf(row.name) : null;
    return {
      mode: editing ? (editing.isOneLine ? 'field' : 'text') : (this.sheets.sheet?.kind ?? 'list'),
      isAside: this.entry.isAside,
      side: this.side,
      row: row.kind,
      hasChoices: parameter?.kind === 'switch' || parameter?.choices !== undefined,
      isModel: parameter?.name === 'model',
      isRunningHere: this.isRunning,
      hasRun: this.#host.session.runOf(sandboxRun) !== null,
      hasAnswer: this.runs.answers().length > 0,
      hasMarkable: this.extent.markable > 0,
      canUndo: this.workbench.canUndo,
      canRedo: this.workbench.canRedo,
    };
  }

  readonly #acts: Readonly<Record<SandboxAction, () => void>> = {
    send: () => this.#send(),
    stop: () => this.#host.session.abort(),
    edit: () => this.entry.open(this.#editing),
    editor: () => void this.entry.elsewhere(this.#editing),
    fields: () => this.#onMessage((index) => this.entry.open(editFields(this.#draft, index))),
    turn: () => this.#turn(1),
    'turn-back': () => this.#turn(-1),
    add: () => this.#add(),
    delete: () => this.#onMessage((index) => this.workbench.change(removeMessage(this.#draft, index))),
    clear: () => this.#onParameter((name) => this.#setParameter(name, '')),
    role: () =>
      this.#onMessage((index) => this.workbench.change(turnRole(this.#draft, index), `role ${index}`)),
    'move-up': () => this.#moveMessage(-1),
    'move-down': () => this.#moveMessage(1),
    take: () => this.#offers.answers(),
    'switch-side': () => {
      this.side = this.side === 'request' ? 'live' : 'request';
      this.#host.changed();
    },
    stream: () => {
      const isOn = this.#draft.parameters.stream === 'true';
      this.#setParameter('stream', isOn ? 'false' : 'true');
      this.#host.say(
        isOn ? 'Streaming is off: it all comes at once.' : 'Streaming is on: it comes in chunks.',
      );
    },
    undo: () => this.workbench.undo(),
    redo: () => this.workbench.redo(),
    up: () => this.#move(-1),
    down: () => this.#move(1),
    'page-up': () => this.#move(-this.#page),
    'page-down': () => this.#move(this.#page),
    top: () => this.#move(Number.NEGATIVE_INFINITY),
    bottom: () => this.#move(Number.POSITIVE_INFINITY),

    done: () => void this.entry.done(),
    cancel: () => this.entry.cancel(),
    'send-text': () => {
      if (this.entry.done()) this.#send();
    },
    'editor-text': () => void this.entry.elsewhere(),
    'undo-text': () => this.entry.undo(),
    'redo-text': () => this.entry.redo(),

    inspect: () => {
      const run = this.#host.session.runOf(sandboxRun);
      if (run) this.#host.inspect({ id: sandboxRun, log: run.log }, 0);
    },
    code: () => this.sheets.code(),
    tokens: () => {
      this.sheets.tokens();
      void this.workbench.cut();
    },
    compare: () => this.#offers.comparisons(),
    presets: () => this.#offers.presets(),
    models: () => void this.#offers.models(),
    language: () => {
      const { progress } = this.#host.session;
      const at = languages.indexOf(progress.getSnapshot().language);
      progress.chooseLanguage(languages[(at + 1) % languages.length]!);
    },
    copy: () => {
      const code = this.code();
      if (code !== null) void this.#tools.copy(code).then(this.#host.say);
    },
    'new-line': () => this.entry.press('enter'),
    save: () => {
      const { language } = this.#host.session.progress.getSnapshot();
      const code = this.code();
      if (code !== null) this.#host.say(this.#tools.save(code, language));
    },
    choose: () => this.sheets.choose(),
    again: () => {
      const { sheet } = this.sheets;
      if (sheet?.kind === 'compared') void this.#offers.compare(sheet.comparison);
    },
    close: () => this.sheets.close(),
  };

  /** The text of the marked row, opened. */
  get #editing(): Editing {
    const { row } = this;
    return row.kind === 'message'
      ? editMessage(this.#draft, row.index)
      : editParameter(this.#draft, row.name);
  }

  get #page(): number {
    return Math.max(1, (this.sheets.sheet ? this.sheets.extent.window : this.extent.page) - 1);
  }

  #onMessage(act: (index: number) => void): void {
    if (this.row.kind === 'message') act(this.row.index);
  }

  #onParameter(act: (name: ParameterName) => void): void {
    if (this.row.kind === 'parameter') act(this.row.name);
  }

  #setParameter(name: ParameterName, text: string): void {
    const draft = setParameter(this.#draft, name, text);
    this.workbench.change(name === 'model' ? fitLimit(draft) : draft, `parameter ${name}`);
  }

  /** The next of the few values of a parameter; behind the last one it is not sent. */
  #turn(by: number): void {
    this.#onParameter((name) => {
      const { kind, choices = [] } = parameterOf(name);
      const values = ['', ...(kind === 'switch' ? ['true', 'false'] : choices)];
      const at = values.indexOf(this.#draft.parameters[name] ?? '');
      this.#setParameter(name, values[(at + by + values.length) % values.length]!);
    });
  }

  #add(): void {
    const at = this.row.kind === 'message' ? this.row.index + 1 : this.#draft.messages.length;
    this.workbench.change(addMessage(this.#draft, at));
    this.look(at);
    this.entry.open(editMessage(this.#draft, at));
  }

  #moveMessage(by: number): void {
    this.#onMessage((index) => {
      const moved = moveMessage(this.#draft, index, by);
      if (moved === this.#draft) return;
      this.workbench.change(moved);
      this.look(index + by);
    });
  }

  #send(): void {
    if (!this.runs.send()) return;
    // Side by side both are seen, and the keys of the request stay at hand.
    if (this.extent.isNarrow) this.side = 'live';
    this.cursor = null;
    this.#host.changed();
  }

  #move(by: number): void {
    if (this.sheets.sheet) this.sheets.move(by);
    else if (this.side === 'request') this.look(this.selected + by);
    else {
      const last = this.extent.markable - 1;
      this.cursor = within((this.cursor ?? last + (by < 0 ? 1 : 0)) + by, last);
      this.#host.changed();
    }
  }

  /** Marks a row of the request. */
  look(row: number): void {
    this.selected = within(row, rowsOf(this.#draft).length - 1);
    this.side = 'request';
    this.#host.changed();
  }
}
