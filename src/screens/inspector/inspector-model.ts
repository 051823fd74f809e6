import { findBinding, inForce, type Shown } from '../../components/binding.ts';
import { onceASecond } from '../../core/once-a-second.ts';
import type { RunLog } from '../../core/run/log.ts';
import type { Recording } from '../../core/run/recording.ts';
import { mostPast, type PastRun } from '../../core/session.ts';
import type { AskedInFile, Host, Place } from '../place.ts';
import { Asking } from './asking.ts';
import { Inspection } from './inspection.ts';
import { isMove, isRunAction, moves, type RunAction, runActs } from './inspection-acts.ts';
import { type InspectorAction, type InspectorContext, inspectorKeys } from './inspector-keys.ts';
import type { InspectorTools } from './inspector-tools.ts';
import { KnownRuns } from './known-runs.ts';
import type { MemoryUse } from './memory-line.ts';
import { askedIn, fileSaysOf } from './opened-run.ts';
import { requestLabel, runLabel } from './request-of-run.ts';

/** The inspector: the run that it takes apart, what it asks, and what its keys do. */
export class InspectorModel implements Place {
  readonly #host: Host;
  readonly #tools: InspectorTools;
  readonly #runs: KnownRuns;
  readonly #programBytes: () => number;
  readonly asking = new Asking();
  /** Null while no run is chosen. */
  inspection: Inspection | null = null;
  isHex = false;

  constructor(host: Host, tools: InspectorTools) {
    this.#host = host;
    this.#tools = tools;
    this.#runs = new KnownRuns(host.session);
    this.#programBytes = onceASecond(tools.residentBytes, tools.clock);
  }

  /** Looks at a run, also at one that is still going on. */
  inspect(run: PastRun, step = 0): void {
    this.inspection?.leave();
    this.inspection = new Inspection(run, step, this.#tools.clock, this.#host.changed);
    this.asking.close();
    this.#host.changed();
  }

  enter(): void {
    if (!this.inspection) this.#offerRuns();
  }

  /** Whether more of the run may come; of a file nothing does. */
  get isLive(): boolean {
    return this.inspection !== null && this.#runs.isLive(this.inspection.run);
  }

  /** What the run holds and the program takes. */
  memory = (): MemoryUse => ({
    wireBytes: (this.shownLog?.summary.steps ?? []).reduce((sum, { bytes }) => sum + bytes, 0),
    programBytes: this.#programBytes(),
    keptRuns: mostPast,
  });

  get isTyping(): boolean {
    return this.asking.field !== null;
  }

  get shownLog(): RunLog | null {
    return this.inspection?.run.log ?? null;
  }

  get shownFile(): AskedInFile | null {
    const { run, step } = this.inspection ?? {};
    return run && step !== undefined && fileSaysOf(run) ? askedIn(run.log.summary, step) : null;
  }

  bindings = (): readonly Shown<InspectorAction>[] => inForce(inspectorKeys, this.#context());

  press(key: string): void {
    const binding = findBinding(key, this.bindings());
    if (binding) this.#act(binding.id, key);
    else this.asking.type(key);
    this.#host.changed();
  }

  paste(text: string): void {
    this.asking.paste(text);
    this.#host.changed();
  }

  #context(): InspectorContext {
    const { inspection, asking } = this;
    const { tab, extent } = inspection ?? { tab: 'chunks', extent: { markable: 0, content: 0, window: 0 } };
    return {
      mode: asking.field ? 'field' : asking.choices ? 'choice' : 'run',
      tab,
      hasRun: inspection !== null,
      hasChoices: (asking.choices?.labels.length ?? 0) > 0,
      isPlaying: inspection?.replay.isPlaying ?? false,
      isInPast: inspection !== null && !inspection.replay.isFollowing && !inspection.isWhole,
      hasTime: inspection?.hasTime ?? false,
      hasSteps: (inspection?.requests.length ?? 0) > 1,
      hasEvents: (inspection?.rows.events.length ?? 0) > 0 && (tab === 'chunks' || tab === 'wire'),
      hasHits: (inspection?.hits.length ?? 0) > 0,
      hasRows: extent.markable > 0,
      hasBytes: (inspection?.rows.reads.length ?? 0) > 0,
      isScrollable: extent.content > extent.window,
    };
  }

  #act(action: InspectorAction, key: string): void {
    const { inspection, asking } = this;
    if (isMove(action) && asking.choices) asking.move(moves[action]);
    else if (isRunAction(action)) {
      if (inspection) runActs[action](inspection, key);
    } else this.#acts[action]();
  }

  readonly #acts: Readonly<Record<Exclude<InspectorAction, RunAction>, () => void>> = {
    search: () => this.#onRun((inspection) => this.#askSearch(inspection)),
    hex: () => {
      this.isHex = !this.isHex;
      if (this.inspection) this.inspection.scroll = null;
    },
    save: () => this.#onRun(({ run }) => this.#host.say(this.#tools.saveRun(run.log, run.id))),
    export: () => this.#onRun((inspection) => this.#offerReport(inspection)),
    runs: () => this.#offerRuns(),
    diff: () => this.#onRun((inspection) => this.#offerDiff(inspection)),
    'open-file': () => this.#askFile(''),
    choose: () => this.asking.choose(),
    close: () => {
      this.asking.close();
      if (!this.inspection) this.#host.leave();
    },
    done: () => this.asking.done(),
    cancel: () => this.asking.cancel(),
  };

  #askFile(path: string): void {
    this.asking.ask('the file of a recording', path, (typed) => void this.#openFile(typed));
  }

  /** Brings back a file, and says what of it could not be read; its name is kept where that is all of it. */
  async #openFile(path: string): Promise<void> {
    const name = path.trim();
    if (name === '') return;
    const recording = await this.#tools.openRun(name);
    const isFree = this.asking.field === null && this.asking.choices === null;
    if (recording.events.length === 0 && isFree) this.#askFile(path);
    this.show(name, recording);
  }

  /** Shows what came from a file; where nothing could be read, what is open stays. */
  show(name: string, recording: Recording): void {
    const { events, problems, notes } = recording;
    if (events.length > 0) this.inspect(this.#runs.add(name, recording));
    // The rest is said in the tabs, as long as the file is open.
    const [said] = [...problems, ...notes];
    if (said) this.#host.say(events.length > 0 ? firstSentence(said) : said);
    this.#host.changed();
  }

  #onRun(act: (inspection: Inspection) => void): void {
    if (this.inspection) act(this.inspection);
  }

  #askSearch(inspection: Inspection): void {
    const { finding } = inspection;
    this.asking.ask('search', '', async (query) => {
      if (query === '') {
        inspection.dropSearch();
        return;
      }
      const isFound = await inspection.look(query, this.#host.changed);
      const kind = finding.filter ? `${finding.filter} ` : '';
      if (isFound === false) this.#host.say(`No ${kind}event has ${query}.`);
    });
  }

  #offerReport({ run, step }: Inspection): void {
    this.asking.offer('Write a report of this request', ['as Markdown', 'the time line as SVG'], (index) =>
      this.#host.say(this.#tools.saveReport(run.log, step, run.id, index === 0 ? 'markdown' : 'svg')),
    );
  }

  #offerRuns(): void {
    const runs = this.#runs.all;
    const isOpen = ({ log }: PastRun) => log === this.shownLog;
    const labels = runs.map((run) => runLabel(run) + (isOpen(run) ? ' · open' : ''));
    this.asking.offer('Runs of this sitting', labels, (index) => this.inspect(runs[index]!));
  }

  #offerDiff(inspection: Inspection): void {
    const requests = this.#runs.requestsBut(inspection);
    if (requests.length === 0) {
      this.#host.say('There is no other run to compare with yet: run a lesson, or open a recording with O.');
      return;
    }
    this.asking.offer('Diff with which run?', requests.map(requestLabel), (index) => {
      inspection.other = requests[index]!;
      inspection.open('diff');
    });
  }
}

/** What a sentence or several begin with; a point in a name or a number ends none. */
const firstSentence = (text: string): string => /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
