import { costOfUse, costWords, type Endpoint, hostOf } from './api/endpoint.ts';
import {
  type EndpointName,
  EndpointProblem,
  endpointLabel,
  findEndpoint,
  type Server,
} from './api/endpoints.ts';
import type { KeyReport } from './api/keys.ts';
import { listModels } from './api/model-list.ts';
import { countTokens } from './api/tokens.ts';
import type { Clock } from './clock.ts';
import { keepProgress } from './keep-progress.ts';
import { model as lessonModel } from './lessons/messages.ts';
import type { Experiment, Step } from './lessons/types.ts';
import type { Redactor } from './mask.ts';
import type { Progress } from './progress.ts';
import type { EndpointLabel } from './run/events.ts';
import { execute, loadSdk } from './run/execute.ts';
import { RunLog } from './run/log.ts';
import type { StepRequest } from './run/request.ts';

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

/** A run of this sitting, for whoever wants to look at it later. */
export interface PastRun {
  /** The experiment, or another place it ran from. */
  readonly id: string;
  readonly log: RunLog;
}

/** So many runs of a sitting are kept. */
export const mostPast = 50;

/** Why something has to wait for the end of a run. */
export const stillRunning = (id: string): string => `${id} is still running. Ctrl+C stops it.`;

/** What a session shows of itself: a new object whenever something in it changes. */
export interface SessionSnapshot {
  /** The endpoint in use, as it was chosen and as it is. */
  readonly name: EndpointName;
  readonly endpoint: EndpointLabel;
  /** The model that lessons ask there. */
  readonly model: string;
  /** What is running now: the id of an experiment, or that of another place to run from. */
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
  readonly #history: PastRun[] = [];
  readonly #costsSaid = new Set<string>();
  #practice: Promise<Endpoint> | null = null;
  #abort: AbortController | null = null;
  #snapshot: SessionSnapshot;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.progress = options.progress;
    this.keys = options.keys;
    const { endpoint } = options.progress.getSnapshot();
    this.#snapshot = {
      ...this.#inUse(this.whyNot(endpoint) === null ? endpoint : 'practice'),
      running: null,
      failure: null,
    };
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

  /** The runs of this sitting, newest first. */
  get history(): readonly PastRun[] {
    return this.#history;
  }

  /** Loads what a run needs, best while its lesson is being read: the run then starts at once. */
  async warmUp(): Promise<void> {
    if (this.#snapshot.name === 'practice') await this.#startPractice().catch(() => {});
    await loadSdk();
    // Node loads its HTTP client with it.
    new Response();
    await countTokens('');
  }

  /** Why an endpoint cannot be used now, in a sentence; null if it can. */
  whyNot(name: EndpointName): string | null {
    try {
      if (name !== 'practice') findEndpoint(name, this.keys, this.#servers);
      return null;
    } catch (error) {
      if (error instanceof EndpointProblem) return error.message;
      throw error;
    }
  }

  /** Uses another endpoint from the next run on; what is missing for it is the sentence that comes back. */
  chooseEndpoint(name: EndpointName): string | null {
    if (this.#snapshot.running) return stillRunning(this.#snapshot.running);
    const why = this.whyNot(name);
    if (why) return why;
    this.#change(this.#inUse(name));
    this.progress.chooseEndpoint(name);
    return null;
  }

  /** Keeps a compatible server, in place of what was known of it. */
  keepServer(server: Server): void {
    const others = this.#servers.filter(({ baseURL }) => baseURL !== server.baseURL);
    this.progress.keepServers([...others, server]);
    if (this.#snapshot.name === server.baseURL) this.#change(this.#inUse(server.baseURL));
  }

  /** Forgets a compatible server; where it was in use, practice is again. While it is asked it stays: a sentence. */
  forgetServer(baseURL: string): string | null {
    const why = this.#snapshot.name === baseURL ? this.chooseEndpoint('practice') : null;
    if (why) return why;
    this.progress.keepServers(this.#servers.filter((server) => server.baseURL !== baseURL));
    return null;
  }

  /**
   * The names of the models that an endpoint has, asked for now.
   *
   * @throws Error with one sentence that says why there are none to be had.
   */
  async modelsOf(name: EndpointName): Promise<readonly string[]> {
    const { redact } = this.#options;
    try {
      const models = await listModels(await this.endpointOf(name), { sdk: await loadSdk() });
      // A server may send back what it was sent.
      return models.map(redact.text);
    } catch (error) {
      throw new EndpointProblem(redact.text(error instanceof Error ? error.message : String(error)));
    }
  }

  /**
   * What is to be said before a request that costs money, or may: once a sitting for each endpoint, after which the
   * request may go out. Null where there is nothing to say, or no longer.
   */
  costNotice(label: EndpointLabel = this.#snapshot.endpoint): string | null {
    const cost = costOfUse(label);
    if (cost === 'free' || cost === 'own' || this.#costsSaid.has(label.baseURL)) return null;
    this.#costsSaid.add(label.baseURL);
    return `${hostOf(label)} ${costWords[cost]}. Enter again sends it.`;
  }

  /** Runs an experiment, unless another run is going on. Resolves when it is over. */
  async start(experiment: Experiment, guess: string | null): Promise<void> {
    const { name, model } = this.#snapshot;
    const steps =
      name === 'practice' ? experiment.steps : experiment.steps.map((step) => asking(step, model));
    const isOver = await this.run(experiment.id, steps, guess);
    const run = this.#runs.get(experiment.id);
    if (isOver && run) keepProgress(this.progress, experiment, run);
  }

  /**
   * Runs steps under an id of their own, unless another run is going on, and keeps the log. Resolves when it is over,
   * with false where nothing could be sent.
   */
  async run(id: string, steps: readonly Step[], guess: string | null = null): Promise<boolean> {
    if (this.#snapshot.running) return false;
    const { clock, redact } = this.#options;
    const log = new RunLog(clock);
    const before = this.#runs.get(id);
    this.#runs.set(id, { log, guess });
    this.#history.unshift({ id, log });
    this.#history.splice(mostPast);
    this.#abort = new AbortController();
    this.#change({ running: id, failure: null });
    try {
      const endpoint = await this.endpointOf(this.#snapshot.name);
      // What is still being loaded would take its time from the first request, and look like the server's.
      await this.warmUp();
      await execute({
        experiment: { id, steps },
        endpoint,
        practice: this.#startPractice,
        log,
        clock,
        redact,
        secrets: this.keys.secrets,
        signal: this.#abort.signal,
      });
      return true;
    } catch (error) {
      // Nothing was sent: what was seen before stays in view.
      if (log.events.length === 0 && before) this.#runs.set(id, before);
      else if (log.events.length === 0) this.#runs.delete(id);
      if (log.events.length === 0) this.#history.shift();
      this.#change({ failure: redact.text(error instanceof Error ? error.message : String(error)) });
      return false;
    } finally {
      this.#abort = null;
      this.#change({ running: null });
    }
  }

  /**
   * An endpoint ready for requests, with the practice server running if it is that one.
   *
   * @throws EndpointProblem where its key is missing.
   */
  async endpointOf(name: EndpointName): Promise<Endpoint> {
    return name === 'practice' ? this.#startPractice() : findEndpoint(name, this.keys, this.#servers);
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

  get #servers(): readonly Server[] {
    return this.progress.getSnapshot().servers;
  }

  #inUse(name: EndpointName): Pick<SessionSnapshot, 'name' | 'endpoint' | 'model'> {
    const server = this.#servers.find(({ baseURL }) => baseURL === name);
    return { name, endpoint: endpointLabel(name, this.keys), model: server?.model ?? lessonModel };
  }

  #change(change: Partial<SessionSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** A step of a lesson at a server that has models of its own. */
export function asking(step: Step, model: string): Step {
  const { request } = step;
  if (model === lessonModel || (step.target ?? 'endpoint') !== 'endpoint') return step;
  const ask = (asked: StepRequest): StepRequest =>
    asked.kind === 'model' ? { ...asked, model } : { ...asked, body: { ...asked.body, model } };
  return {
    ...step,
    request: typeof request === 'function' ? (earlier) => ask(request(earlier)) : ask(request),
  };
}
