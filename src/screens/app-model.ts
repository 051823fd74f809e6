import { findBinding, overlay, type Shown } from '../components/binding.ts';
import { languages } from '../components/code-box.ts';
import { type Action, bindingsFor, type KeyContext } from '../components/keymap.ts';
import { experiments, findExperiment } from '../core/lessons/index.ts';
import type { Experiment } from '../core/lessons/types.ts';
import type { RunLog } from '../core/run/log.ts';
import type { Recording } from '../core/run/recording.ts';
import { type PastRun, type Session, stillRunning } from '../core/session.ts';
import type { AppState, Extent, LessonState, Screen } from './app-state.ts';
import { within } from './clamp.ts';
import { homeItems, walk } from './home.ts';
import { HomeModel } from './home-model.ts';
import { LessonsModel } from './lessons-model.ts';
import type { AskedInFile, Host, Place, PlaceName } from './place.ts';

/** The screens with keys of their own, as many as there are. */
type Places = Partial<Readonly<Record<PlaceName, Place>>>;

/**
 * What the screens show besides the runs, and what each key does to it. Keys are handled one after the other, each
 * in the state that the one before left, however fast they come.
 */
export class AppModel<P extends Places = Places> {
  readonly #session: Session;
  readonly #quit: () => void;
  readonly #home: HomeModel;
  readonly #lessons: LessonsModel;
  readonly places: P;
  readonly #listeners = new Set<() => void>();
  #state: AppState;
  /** Set by the screen when it is laid out. */
  extent: Extent = { isNarrow: false, content: 0, window: 0, from: 0 };

  constructor(session: Session, quit: () => void, placesIn: (host: Host) => P) {
    this.#session = session;
    this.#quit = quit;
    this.#home = new HomeModel(
      () => this.#state,
      (change) => this.#set(change),
    );
    this.#lessons = new LessonsModel(
      session,
      () => this.#state.lessons,
      (lessons) => this.#set({ lessons }),
    );
    const { last } = session.progress.getSnapshot();
    const place = last === null ? -1 : walk.indexOf(last);
    this.#state = {
      screen: { name: 'home' },
      trail: [],
      isHelp: false,
      selected: Math.max(0, place),
      query: null,
      isTyping: false,
      isResetAsked: false,
      scroll: 0,
      lessons: {},
      notice: null,
    };
    // Said until the next key, it would have Ctrl+C quit once there is nothing to stop.
    let { running } = session.getSnapshot();
    session.subscribe(() => {
      const was = running;
      ({ running } = session.getSnapshot());
      if (was && !running && this.#state.notice === stillRunning(was)) this.#set({ notice: null });
    });
    this.places = placesIn({
      session,
      say: (notice) => this.#set({ notice }),
      changed: () => this.#set({}),
      go: (screen) => this.#go(screen),
      inspect: (run, step) => this.#inspect(run, step),
      leave: () => this.#leave(),
    });
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): AppState => this.#state;

  lessonState(id: string): LessonState {
    return this.#lessons.stateOf(id);
  }

  /** The id of the run that is on screen, if there is room for one. */
  get shownRun(): string | null {
    const { screen } = this.#state;
    return screen.name === 'lesson' ? screen.id : (this.#openPlace?.shownRun ?? null);
  }

  /** The log that is on screen, if there is one. */
  get shownLog(): RunLog | null {
    const id = this.shownRun;
    return this.#openPlace?.shownLog ?? (id === null ? null : (this.#session.runOf(id)?.log ?? null));
  }

  /** The model that the place on screen asks, where it has one of its own. */
  get shownModel(): string | null {
    return this.#openPlace?.shownModel ?? null;
  }

  /** Whom the run on screen asked, where that came from a file. */
  get shownFile(): AskedInFile | null {
    return this.#openPlace?.shownFile ?? null;
  }

  /** The step of an experiment that is shown: the chosen one, or else the newest. */
  shownStep(id: string): number {
    return this.#lessons.shownStep(id);
  }

  #keyContext(): KeyContext {
    const { screen, isHelp, isTyping, query } = this.#state;
    const { running } = this.#session.getSnapshot();
    const id = screen.name === 'lesson' ? screen.id : null;
    const experiment = id ? findExperiment(id) : undefined;
    const run = id ? this.#session.runOf(id) : null;
    const place = screen.name === 'home' ? -1 : walk.indexOf(screen.id);
    return {
      screen: screen.name,
      isHelp,
      isSearching: isTyping,
      hasQuery: query !== null,
      isRunning: running !== null,
      isRunningHere: running !== null && running === this.shownRun,
      hasRun: run !== null,
      isNarrow: this.extent.isNarrow,
      side: id ? this.lessonState(id).side : 'lesson',
      options: experiment?.prediction.options.length ?? 0,
      hasRequest: experiment !== undefined && this.#lessons.shownRequest(experiment)?.kind === 'chat',
      hasSteps: (experiment?.steps.length ?? 0) > 1,
      hasMarkable: experiment !== undefined && this.#lessons.markable(experiment) > 0,
      isScrollable: this.extent.content > this.extent.window,
      hasTrail: this.#state.trail.length > 0,
      hasNext: place >= 0 && place < walk.length - 1,
      hasPrevious: place > 0,
    };
  }

  /** The keys in force. Those of a place come before the others; while it is typed into, they are the only ones. */
  bindings(): readonly Shown[] {
    const all = bindingsFor(this.#keyContext());
    const place = this.#shownPlace();
    if (!place) return all;
    return overlay(place.bindings(), place.isTyping ? all.filter(({ id }) => id === 'interrupt') : all);
  }

  /** Begins with a run from a file, in the inspector. */
  openRecording(name: string, recording: Recording): void {
    (this.places as Places).inspector?.show?.(name, recording);
    this.#go({ name: 'place', id: 'inspector' });
  }

  /** Takes a text that was pasted in one piece. */
  paste(text: string): void {
    const place = this.#shownPlace();
    if (place) place.paste(text);
    else if (this.#state.isTyping) this.#home.paste(text);
  }

  /** Does what a key means now. */
  press(key: string): void {
    const { isTyping, isResetAsked } = this.#state;
    const place = this.#shownPlace();
    if (place && (findBinding(key, place.bindings()) || (place.isTyping && key !== 'ctrl+c'))) {
      this.#set({ notice: null });
      place.press(key);
      return;
    }
    const binding = findBinding(key, bindingsFor(this.#keyContext()));
    if (isTyping && !binding) {
      this.#home.type(key);
      return;
    }
    // A question stands only until the next key.
    this.#set({ notice: null, isResetAsked: false });
    if (binding) this.#acts[binding.id](key, isResetAsked);
  }

  readonly #acts: Readonly<Record<Action, (key: string, isResetAsked: boolean) => void>> = {
    interrupt: () => {
      if (!this.#session.getSnapshot().running) {
        this.#quit();
        return;
      }
      this.#session.abort();
      // A screen that shows another moment would not change.
      this.#set({ notice: 'Stopped. What had come is kept.' });
    },
    quit: () => this.#quit(),
    help: () => this.#set({ isHelp: true, scroll: 0 }),
    'close-help': () => this.#set({ isHelp: false, scroll: 0 }),
    up: () => this.#move(-1),
    down: () => this.#move(1),
    'page-up': () => this.#move(-Math.max(1, this.extent.window - 1)),
    'page-down': () => this.#move(Math.max(1, this.extent.window - 1)),
    top: () => this.#move(Number.NEGATIVE_INFINITY),
    bottom: () => this.#move(Number.POSITIVE_INFINITY),
    search: () => this.#home.search(),
    'search-keep': () => this.#home.keepSearch(),
    'search-leave': () => this.#home.leaveSearch(),
    open: () => this.#open(this.#home.chosen),
    back: () => {
      if (this.#state.screen.name === 'home') this.#home.leaveSearch();
      else this.#leave();
    },
    next: () => this.#open(walk[this.#place() + 1]),
    previous: () => this.#open(walk[this.#place() - 1]),
    endpoint: () => this.#go({ name: 'place', id: 'endpoints' }),
    reset: (_, isAsked) => this.#reset(isAsked),
    language: () => {
      const { progress } = this.#session;
      const at = languages.indexOf(progress.getSnapshot().language);
      progress.chooseLanguage(languages[(at + 1) % languages.length]!);
      this.#inLesson(({ id }) => this.#lessons.showCode(id, this.extent));
    },
    inspect: () =>
      this.#inLesson(({ id }) => {
        const run = this.#session.runOf(id);
        if (run) this.#inspect({ id, log: run.log }, this.shownStep(id));
      }),
    edit: () =>
      this.#inLesson((experiment) => {
        const request = this.#lessons.shownRequest(experiment);
        const sandbox = (this.places as Places).sandbox;
        if (request?.kind !== 'chat' || !sandbox) return;
        sandbox.take?.(request.body);
        this.#go({ name: 'place', id: 'sandbox' });
      }),
    run: () => this.#inLesson((experiment) => this.#run(experiment)),
    stop: () => this.#session.abort(),
    predict: (key) => this.#inLesson(({ id }) => this.#lessons.change(id, { choice: Number(key) - 1 })),
    'switch-side': () => this.#inLesson(({ id }) => this.#lessons.switchSide(id)),
    'step-left': () => this.#inLesson((experiment) => this.#lessons.chooseStep(experiment, -1)),
    'step-right': () => this.#inLesson((experiment) => this.#lessons.chooseStep(experiment, 1)),
  };

  #inLesson(act: (experiment: Experiment) => void): void {
    const { screen } = this.#state;
    const experiment = screen.name === 'lesson' ? findExperiment(screen.id) : undefined;
    if (experiment) act(experiment);
  }

  #run(experiment: Experiment): void {
    const { running } = this.#session.getSnapshot();
    if (running) {
      this.#set({ notice: stillRunning(running) });
      return;
    }
    const news = this.#session.costNotice();
    if (news) {
      this.#set({ notice: news });
      return;
    }
    this.#lessons.start(experiment);
  }

  #move(by: number): void {
    const { screen, isHelp, scroll } = this.#state;
    const { content, window } = this.extent;
    if (isHelp || screen.name === 'page') this.#set({ scroll: within(scroll + by, content - window) });
    else if (screen.name === 'home') this.#home.move(by);
    else this.#inLesson((experiment) => this.#lessons.move(experiment, by, this.extent));
  }

  #open(id: string | undefined): void {
    if (id === undefined) return;
    this.#home.mark(id);
    if (homeItems.find((item) => item.id === id)?.isPlace) {
      this.#go({ name: 'place', id: id as PlaceName });
      return;
    }
    this.#session.progress.visit(id);
    const isPage = id === 'when' || id === 'takeaways';
    this.#set({ screen: isPage ? { name: 'page', id } : { name: 'lesson', id }, trail: [], scroll: 0 });
  }

  /** Shows another screen, from which one comes back to this one. */
  #go(screen: Screen): void {
    const { screen: here, trail } = this.#state;
    this.#set({ screen, trail: here.name === 'home' ? [] : [...trail, here], scroll: 0 });
    this.#shownPlace()?.enter?.();
  }

  /** Takes a run apart. */
  #inspect(run: PastRun, step: number): void {
    const { inspector } = this.places as Places;
    if (!inspector?.inspect) return;
    inspector.inspect(run, step);
    this.#go({ name: 'place', id: 'inspector' });
  }

  #leave(): void {
    const { trail } = this.#state;
    this.#set({ screen: trail.at(-1) ?? { name: 'home' }, trail: trail.slice(0, -1), scroll: 0 });
    this.#shownPlace()?.enter?.();
  }

  /** The place that is open, also below the keys. */
  get #openPlace(): Place | undefined {
    const { screen } = this.#state;
    return screen.name === 'place' ? (this.places as Places)[screen.id] : undefined;
  }

  /** The place that gets the keys. */
  #shownPlace(): Place | null {
    return this.#state.isHelp ? null : (this.#openPlace ?? null);
  }

  #reset(isAsked: boolean): void {
    if (!isAsked) {
      this.#set({
        isResetAsked: true,
        notice: 'Forget all progress? R again forgets, any other key keeps it.',
      });
      return;
    }
    const { name } = this.#session.getSnapshot();
    this.#session.progress.reset();
    // The endpoint in use is on screen: it does not change behind one's back.
    this.#session.progress.chooseEndpoint(name);
    this.#set({ notice: 'All progress is forgotten.' });
  }

  #place(): number {
    const { screen } = this.#state;
    return screen.name === 'home' ? -1 : walk.indexOf(screen.id);
  }

  #set(change: Partial<AppState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** How many experiments are done, of all. */
export const doneCount = (done: Readonly<Record<string, readonly string[]>>): number =>
  experiments.filter(({ id, steps }) => steps.every((step) => done[id]?.includes(step.id))).length;
