import { findBinding, inForce, type Shown } from '../../components/binding.ts';
import { stillClock } from '../../core/clock.ts';
import { type EventKind, eventKinds, eventsOfKind } from '../../core/inspect/kinds.ts';
import { Search } from '../../core/inspect/search.ts';
import type { RunLog, StepRows } from '../../core/run/log.ts';
import { moments } from '../../core/run/moments.ts';
import { logOf, type Recording } from '../../core/run/recording.ts';
import { Replay, speeds } from '../../core/run/replay.ts';
import { edit, openEditor, type TextEditor } from '../../core/sandbox/text-editor.ts';
import type { PastRun } from '../../core/session.ts';
import { within } from '../clamp.ts';
import type { Host, Place } from '../place.ts';
import { textEditOf } from '../text-keys.ts';
import { type InspectorAction, type InspectorContext, inspectorKeys } from './inspector-keys.ts';
import type { InspectorTools } from './inspector-tools.ts';
import type { OpenedRun } from './opened-run.ts';
import { type RequestOfRun, requestLabel, runLabel } from './request-of-run.ts';
import type { TabName } from './tab.ts';

export const tabNames: readonly TabName[] = [
  'chunks',
  'wire',
  'time',
  'request',
  'response',
  'assembly',
  'diff',
];

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

/** What the rows of a tab are. */
type Listed = 'events' | 'request' | 'response' | 'diff';

function listedIn(tab: TabName): Listed {
  return tab === 'request' || tab === 'response' || tab === 'diff' ? tab : 'events';
}

/** One run taken apart: which tab, which event, which moment. */
export class InspectorModel implements Place {
  readonly #host: Host;
  readonly #tools: InspectorTools;
  #stopListening = () => {};
  run: PastRun | null = null;
  /** What the request is diffed with. */
  other: RequestOfRun | null = null;
  /** What came from files, the newest first. */
  #opened: readonly PastRun[] = [];
  replay: Replay | null = null;
  tab: TabName = 'chunks';
  step = 0;
  /** What is marked, by what the tabs list: events in most of them, headers and differences in the others. */
  #marks: Partial<Record<Listed, number | null>> = {};
  filter: EventKind | null = null;
  search: Search | null = null;
  isHex = false;
  scroll = 0;
  field: Field | null = null;
  choices: Choices | null = null;
  /** Set by the view: what can be marked, lines of the detail and of its window. */
  extent = { markable: 0, content: 0, window: 0 };

  constructor(host: Host, tools: InspectorTools) {
    this.#host = host;
    this.#tools = tools;
  }

  /** Looks at a run, also at one that is still going on. */
  inspect(run: PastRun, step = 0): void {
    this.#stopListening();
    this.run = run;
    this.replay = new Replay(run.log, this.#tools.clock);
    const { replay } = this;
    const stop = replay.subscribe(this.#host.changed);
    this.#stopListening = () => {
      replay.pause();
      stop();
    };
    this.step = step;
    this.tab = 'chunks';
    this.other = null;
    this.#forget();
    this.#host.changed();
  }

  enter(): void {
    if (!this.run) this.#offerRuns('Runs of this sitting', (run) => this.inspect(run));
  }

  /** Whether more of the run may come; of a file nothing does. */
  get isLive(): boolean {
    return this.run?.log.summary.outcome === null && !this.#opened.includes(this.run);
  }

  get isTyping(): boolean {
    return this.field !== null;
  }

  /** The marked row of the open tab, an event in most of them; null follows the newest. */
  get selected(): number | null {
    return this.#marks[listedIn(this.tab)] ?? null;
  }

  set selected(row: number | null) {
    this.#marks = { ...this.#marks, [listedIn(this.tab)]: row };
  }

  get shownLog(): RunLog | null {
    return this.run?.log ?? null;
  }

  /** The run as it was at the moment that is looked at. */
  get log(): RunLog | null {
    return this.replay?.log ?? null;
  }

  get rows(): StepRows | null {
    return this.log?.rows(this.step) ?? null;
  }

  /** The events that a filter leaves; null: all of them. */
  get shown(): readonly number[] | null {
    return this.filter && this.rows ? eventsOfKind(this.rows, this.filter) : null;
  }

  bindings = (): readonly Shown<InspectorAction>[] => inForce(inspectorKeys, this.#context());

  press(key: string): void {
    const binding = findBinding(key, this.bindings());
    if (binding) this.#acts[binding.id](key);
    else if (this.field) {
      const change = textEditOf(key);
      if (change && !(change.type === 'insert' && /[\n\t]/.test(change.text))) {
        this.field = { ...this.field, editor: edit(this.field.editor, change) };
      }
    }
    this.#host.changed();
  }

  paste(text: string): void {
    if (!this.field) return;
    const insert = { type: 'insert', text: text.trim().replace(/\s*[\r\n]+\s*/g, ' ') } as const;
    this.field = { ...this.field, editor: edit(this.field.editor, insert) };
    this.#host.changed();
  }

  #context(): InspectorContext {
    const { rows } = this;
    return {
      mode: this.field ? 'field' : this.choices ? 'choice' : 'run',
      tab: this.tab,
      hasRun: this.run !== null,
      isPlaying: this.replay?.isPlaying ?? false,
      hasSteps: (this.log?.summary.steps.length ?? 0) > 1,
      hasEvents: (rows?.events.length ?? 0) > 0 && (this.tab === 'chunks' || this.tab === 'wire'),
      hasSearch: this.search !== null,
      isScrollable: this.extent.content > this.extent.window,
    };
  }

  readonly #acts: Readonly<Record<InspectorAction, (key: string) => void>> = {
    'tab-right': () => this.#turnTab(1),
    'tab-left': () => this.#turnTab(-1),
    'go-tab': (key) => this.#be(tabNames[Number(key) - 1]!),
    up: () => this.#move(-1),
    down: () => this.#move(1),
    'page-up': () => this.#move(-10),
    'page-down': () => this.#move(10),
    top: () => this.#move(Number.NEGATIVE_INFINITY),
    bottom: () => {
      if (this.choices) this.#move(Number.POSITIVE_INFINITY);
      else {
        this.selected = null;
        this.replay?.seek(this.replay.endMs);
      }
    },
    'detail-down': () => this.#scroll(1),
    'detail-up': () => this.#scroll(-1),
    search: () =>
      this.#ask('search', this.search?.query ?? '', (text) => {
        this.search = text === '' ? null : new Search(text);
        void this.#searchOn();
      }),
    'next-hit': () => this.#hit(1),
    'previous-hit': () => this.#hit(-1),
    filter: () => this.#turnFilter(),
    hex: () => {
      this.isHex = !this.isHex;
      this.scroll = 0;
    },
    play: () => {
      if (this.replay?.isPlaying) this.replay.pause();
      else this.replay?.play();
    },
    'step-back': () => this.#goStep(-1),
    'step-on': () => this.#goStep(1),
    slower: () => this.#turnSpeed(-1),
    faster: () => this.#turnSpeed(1),
    moment: () => this.#nextMoment(),
    request: () => {
      this.step = (this.step + 1) % Math.max(1, this.log?.summary.steps.length ?? 1);
      this.#forget();
    },
    runs: () => this.#offerRuns('Runs of this sitting', (run) => this.inspect(run)),
    diff: () => this.#offerDiff(),
    save: () => {
      if (this.run) this.#host.say(this.#tools.saveRun(this.run.log, this.run.id));
    },
    export: () =>
      this.#offer('Write a report of this request', ['as Markdown', 'the time line as SVG'], (index) => {
        const { log, id } = this.run!;
        this.#host.say(this.#tools.saveReport(log, this.step, id, index === 0 ? 'markdown' : 'svg'));
      }),
    'open-file': () => this.#ask('the file of a recording', '', (path) => void this.openFile(path)),
    choose: () => {
      const { choices } = this;
      this.choices = null;
      if (choices && choices.labels.length > 0) choices.onChoose(choices.selected);
    },
    close: () => {
      this.choices = null;
      if (!this.run) this.#host.leave();
    },
    done: () => {
      const { field } = this;
      this.field = null;
      field?.onDone(field.editor.present.text);
    },
    cancel: () => {
      this.field = null;
    },
  };

  /** Brings back a file, and says what of it could not be read. */
  async openFile(path: string): Promise<void> {
    const name = path.trim();
    if (name !== '') this.show(name, await this.#tools.openRun(name));
  }

  /** Shows what came from a file; where nothing could be read, what is open stays. */
  show(name: string, { events, problems, notes }: Recording): void {
    if (events.length > 0) {
      this.choices = null;
      // Its clock stands still: a recording that was cut off does not go on.
      const opened: OpenedRun = {
        id: name,
        log: logOf({ events }, stillClock),
        file: { problems, notes },
      };
      this.#opened = [opened, ...this.#opened];
      this.inspect(opened);
    }
    const said = [...problems, ...notes].slice(0, 2).join(' ');
    if (said) this.#host.say(said);
    this.#host.changed();
  }

  #be(tab: TabName): void {
    this.tab = tab;
    this.scroll = 0;
  }

  #turnTab(by: number): void {
    const at = tabNames.indexOf(this.tab);
    this.#be(tabNames[(at + by + tabNames.length) % tabNames.length]!);
  }

  /** What was marked in another request, or another run, means nothing here. */
  #forget(): void {
    this.#marks = {};
    this.filter = null;
    this.search = null;
    this.scroll = 0;
    this.choices = null;
  }

  #move(by: number): void {
    if (this.choices) {
      const { labels, selected } = this.choices;
      this.choices = { ...this.choices, selected: within(selected + by, labels.length - 1) };
      return;
    }
    this.scroll = 0;
    const shown = listedIn(this.tab) === 'events' ? this.shown : null;
    const last = this.extent.markable - 1;
    if (!shown) {
      // Events are followed from their end, what else is listed is read from its beginning.
      const unmarked = listedIn(this.tab) === 'events' ? last + (by < 0 ? 1 : 0) : -1;
      this.selected = within((this.selected ?? unmarked) + by, last);
      return;
    }
    const at = this.selected === null ? shown.length : shown.findIndex((index) => index >= this.selected!);
    this.selected = shown[within((at < 0 ? shown.length : at) + by, shown.length - 1)] ?? null;
  }

  #scroll(by: number): void {
    this.scroll = within(this.scroll + by, this.extent.content - this.extent.window);
  }

  #turnFilter(): void {
    const { rows } = this;
    if (!rows) return;
    // Kinds of which there are none are passed over.
    const kinds = eventKinds.filter((kind) => eventsOfKind(rows, kind).length > 0);
    const at = this.filter === null ? -1 : kinds.indexOf(this.filter);
    this.filter = kinds[at + 1] ?? null;
    this.selected = this.shown?.[0] ?? null;
    this.scroll = 0;
  }

  /** Looks on in bites, so that a long stream does not hold up the keys. */
  async #searchOn(): Promise<void> {
    const { search } = this;
    while (search && search === this.search && this.rows) {
      const isDone = search.go(this.rows);
      if (this.selected === null && search.hits.length > 0) this.#hit(1);
      this.#host.changed();
      if (isDone) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (search && search === this.search && search.hits.length === 0) {
      this.#host.say(`Nothing in these events is ${search.query}.`);
    }
  }

  #hit(by: 1 | -1): void {
    if (!this.search || !this.rows) return;
    this.search.go(this.rows);
    this.selected = this.search.next(this.selected ?? -1, by) ?? this.selected;
    this.scroll = 0;
  }

  #goStep(by: 1 | -1): void {
    this.replay?.pause();
    this.replay?.step(by, 'chunk');
    this.selected = null;
  }

  #turnSpeed(by: number): void {
    if (!this.replay) return;
    const at = speeds.indexOf(this.replay.speed);
    this.replay.setSpeed(speeds[within(at + by, speeds.length - 1)]!);
  }

  #nextMoment(): void {
    if (!this.replay || !this.run) return;
    const all = moments(this.run.log, this.step);
    const { atMs } = this.replay;
    const next = all.find((moment) => moment.atMs > atMs + 0.001) ?? all[0];
    if (!next) return;
    this.replay.pause();
    this.replay.seek(next.atMs);
    this.selected = null;
  }

  #ask(title: string, text: string, onDone: (text: string) => void): void {
    this.field = { title, editor: openEditor(text), onDone };
  }

  #offer(title: string, labels: readonly string[], onChoose: (index: number) => void): void {
    this.choices = { title, labels, selected: 0, onChoose };
  }

  #offerRuns(title: string, onChoose: (run: PastRun) => void): void {
    const runs = this.#runs;
    this.#offer(title, runs.map(runLabel), (index) => onChoose(runs[index]!));
  }

  /** Offers every other request, those of the same run too. */
  #offerDiff(): void {
    const requests = this.#runs
      .flatMap((run) => run.log.summary.steps.map((_, step) => ({ run, step })))
      .filter(({ run, step }) => run.log !== this.run?.log || step !== this.step);
    this.#offer('Diff with which run?', requests.map(requestLabel), (index) => {
      this.other = requests[index]!;
      this.#be('diff');
    });
  }

  get #runs(): readonly PastRun[] {
    return [...this.#opened, ...this.#host.session.history];
  }
}
