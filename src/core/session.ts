import { type Endpoint, openaiBaseURL } from './api/endpoint.ts';
import type { KeyReport } from './api/keys.ts';
import { countTokens } from './api/tokens.ts';
import type { Clock } from './clock.ts';
import { takeaways } from './lessons/closing.ts';
import type { Experiment, Step } from './lessons/types.ts';
import type { Redactor } from './mask.ts';
import type { Progress } from './progress.ts';
import type { StepOutcome } from './run/events.ts';
import { execute, loadSdk } from './run/execute.ts';
import { RunLog } from './run/log.ts';

export interface SessionOptions {
  readonly clock: Clock;
  readonly keys: KeyReport;
  readonly progress: Progress;
  readonly redact: Redactor;
  /** Starts the practice server; asked when the first request goes there, and again once the one before has ended. */
  readonly startPractice: (onEnd: () => void) => Promise<Endpoint>;
}

/** A learner's last run of an experiment, with what was guessed before it. */
export interface KeptRun {
  readonly log: RunLog;
  readonly guess: string | null;
}

/** What a session shows of itself: a new object whenever something in it changes. */
export interface SessionSnapshot {
  readonly endpoint: Endpoint['kind'];
  /** The experiment that is running now. */
  readonly running: string | null;
  /** A failure of the session itself, such as a practice server that does not start. */
  readonly failure: string | null;
}

/**
 * One sitting: the endpoint in use, the runs so far, and at most one run going on. It outlives screens: a run goes
 * on while its reader looks elsewhere.
 */
export class Session {
  readonly progress: Progress;
  readonly keys: KeyReport;
  readonly #options: SessionOptions;
  readonly #runs = new Map<string, KeptRun>();
  readonly #listeners = new Set<() => void>();
  #practice: Promise<Endpoint> | null = null;
  #abort: AbortController | null = null;
  #snapshot: SessionSnapshot;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.progress = options.progress;
    this.keys = options.keys;
    const isLive = options.progress.getSnapshot().endpoint === 'openai' && options.keys.key !== null;
    this.#snapshot = { endpoint: isLive ? 'openai' : 'practice', running: null, failure: null };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): SessionSnapshot => this.#snapshot;

  /** The last run of an experiment in this sitting. */
  runOf(experiment: string): KeptRun | null {
    return this.#runs.get(experiment) ?? null;
  }

  /** Loads what a first run needs, while its lesson is being read: a run then starts at once. */
  async warmUp(): Promise<void> {
    if (this.#snapshot.endpoint === 'practice') await this.#startPractice().catch(() => {});
    await loadSdk();
    await countTokens('');
  }

  /** Switches between practice and OpenAI. False where there is no key to go live with. */
  switchEndpoint(): boolean {
    if (this.#snapshot.running || !this.keys.key) return false;
    const endpoint = this.#snapshot.endpoint === 'practice' ? 'openai' : 'practice';
    this.#change({ endpoint });
    this.progress.chooseEndpoint(endpoint);
    return true;
  }

  /** Runs an experiment, unless another run is going on. Resolves when it is over. */
  async start(experiment: Experiment, guess: string | null): Promise<void> {
    if (this.#snapshot.running) return;
    const { clock, redact } = this.#options;
    const log = new RunLog(clock);
    const before = this.#runs.get(experiment.id);
    this.#runs.set(experiment.id, { log, guess });
    this.#abort = new AbortController();
    this.#change({ running: experiment.id, failure: null });
    try {
      await execute({
        experiment,
        endpoint: await this.#endpoint(),
        practice: this.#startPractice,
        log,
        clock,
        redact,
        signal: this.#abort.signal,
      });
      keepProgress(this.progress, experiment, { log, guess });
    } catch (error) {
      // Nothing was sent: what was seen before stays in view.
      if (log.events.length === 0 && before) this.#runs.set(experiment.id, before);
      else if (log.events.length === 0) this.#runs.delete(experiment.id);
      this.#change({ failure: redact.text(error instanceof Error ? error.message : String(error)) });
    } finally {
      this.#abort = null;
      this.#change({ running: null });
    }
  }

  /** Stops the run that is going on. What has arrived stays. */
  abort(): void {
    this.#abort?.abort();
  }

  #startPractice = (): Promise<Endpoint> => {
    const forget = () => {
      this.#practice = null;
    };
    this.#practice ??= this.#options.startPractice(forget).catch((error: unknown) => {
      // Asked again at the next run: what was in the way may be gone.
      forget();
      throw error;
    });
    return this.#practice;
  };

  async #endpoint(): Promise<Endpoint> {
    const { key } = this.keys;
    return this.#snapshot.endpoint === 'openai' && key
      ? openaiEndpoint(this.keys, key.value)
      : this.#startPractice();
  }

  #change(change: Partial<SessionSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** The endpoint of the learner's own key: OpenAI's, or what `OPENAI_BASE_URL` says. */
export const openaiEndpoint = (keys: KeyReport, apiKey: string): Endpoint => ({
  kind: 'openai',
  baseURL: keys.baseURL?.value ?? openaiBaseURL,
  apiKey,
  organization: keys.organization?.value,
  project: keys.project?.value,
});

/** Whether a step showed what it is there to show: an answer, or where trouble is ordered, that trouble. */
function isDone(step: Step | undefined, outcome: StepOutcome | null): boolean {
  const isTroubled = (step?.key ?? 'own') !== 'own' || (step?.target ?? 'endpoint') !== 'endpoint';
  if (outcome === 'complete' || outcome === 'no-done') return true;
  return isTroubled && outcome !== null && outcome !== 'aborted';
}

/** Keeps what a run has shown: the steps that came to their end, how the guess did, and figures for the takeaways. */
export function keepProgress(progress: Progress, experiment: Experiment, { log, guess }: KeptRun): void {
  const ended = log.summary.steps.filter(({ index, outcome }) => isDone(experiment.steps[index], outcome));
  if (ended.length > 0)
    progress.addDone(
      experiment.id,
      ended.map(({ id }) => id),
    );
  const answer = experiment.prediction.answer(log);
  if (guess !== null && answer !== null) {
    progress.keepPrediction(experiment.id, { chosen: guess, isRight: guess === answer });
  }
  for (const { concept, experiment: from, figure } of takeaways) {
    if (from !== experiment.id) continue;
    const text = figure(log);
    if (text) progress.keepFigures(experiment.id, { [concept]: text });
  }
}
