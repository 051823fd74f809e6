import type { FoundServer } from '../../src/core/api/discover.ts';
import { EndpointProblem } from '../../src/core/api/endpoints.ts';
import { findKeys } from '../../src/core/api/keys.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { DoctorReport } from '../../src/core/doctor/examine.ts';
import type { Experiment, Step } from '../../src/core/lessons/types.ts';
import { createRedactor } from '../../src/core/mask.ts';
import type { Progress, ProgressSnapshot } from '../../src/core/progress.ts';
import type { RunEvent } from '../../src/core/run/events.ts';
import type { ChatBody } from '../../src/core/run/request.ts';
import { type KeptRun, Session } from '../../src/core/session.ts';
import { AppModel } from '../../src/screens/app-model.ts';
import type { InspectorTools } from '../../src/screens/inspector/inspector-tools.ts';
import { placesIn } from '../../src/screens/places.ts';
import type { SandboxTools } from '../../src/screens/sandbox/sandbox-tools.ts';
import { logOf, stillClock } from '../helpers/logs.ts';

export const fresh: ProgressSnapshot = {
  done: {},
  predictions: {},
  figures: {},
  last: null,
  endpoint: 'practice',
  servers: [],
  language: 'typescript',
  notice: null,
};

/** Progress that lasts as long as the test. */
function memoryProgress(given: Partial<ProgressSnapshot> = {}): Progress {
  const listeners = new Set<() => void>();
  let snapshot: ProgressSnapshot = { ...fresh, ...given };
  const change = (part: Partial<ProgressSnapshot>) => {
    snapshot = { ...snapshot, ...part };
    for (const listener of listeners) listener();
  };
  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    addDone: (id, steps) => change({ done: { ...snapshot.done, [id]: steps } }),
    keepPrediction: (id, kept) => change({ predictions: { ...snapshot.predictions, [id]: kept } }),
    keepFigures: (id, figures) => change({ figures: { ...snapshot.figures, [id]: figures } }),
    visit: (last) => change({ last }),
    chooseEndpoint: (endpoint) => change({ endpoint }),
    keepServers: (servers) => change({ servers }),
    chooseLanguage: (language) => change({ language }),
    reset: () => change(fresh),
  };
}

/** A clock that stands still and lets nobody wait. */
const promptClock: Clock = {
  ...stillClock,
  after: (_, callback) => {
    queueMicrotask(callback);
    return () => {};
  },
};

/** A session whose runs are made by hand; what is asked of it is written down. */
class HandMadeSession extends Session {
  readonly asked: string[] = [];
  readonly #runs = new Map<string, KeptRun>();

  /** Gives an experiment a run, over or going on. */
  give(
    id: string,
    events: readonly RunEvent[],
    { guess = null as string | null, isRunning = false, now = promptClock.now } = {},
  ): this {
    this.#runs.set(id, { log: logOf(events, { ...promptClock, now }), guess });
    if (isRunning) {
      const snapshot = { ...this.getSnapshot(), running: id };
      this.getSnapshot = () => snapshot;
    }
    return this;
  }

  /** What endpoints answer when they are asked for their models, by name; without a word of theirs, none does. */
  readonly models: Record<string, readonly string[] | string> = {};

  override modelsOf = async (name: string): Promise<readonly string[]> => {
    this.asked.push(`models of ${name}`);
    const models = this.models[name] ?? `${name} does not answer.`;
    if (typeof models === 'string') throw new EndpointProblem(models);
    return models;
  };
  override runOf = (id: string): KeptRun | null => this.#runs.get(id) ?? null;
  override warmUp = async (): Promise<void> => {};
  override abort = (): void => {
    this.asked.push('abort');
  };
  readonly sent: ChatBody[] = [];
  override run = async (id: string, steps: readonly Step[]): Promise<boolean> => {
    this.asked.push(`run ${id}: ${steps.map((step) => step.id).join(', ')}`);
    for (const { request } of steps) {
      if (typeof request === 'object' && request.kind === 'chat') this.sent.push(request.body);
    }
    return true;
  };
  override start = async ({ id }: Experiment, guess: string | null): Promise<void> => {
    this.asked.push(`start ${id}, guess ${guess}`);
  };
}

/** The world of a sandbox in which nothing is kept, and nothing leads out. */
export const stillTools = (more: Partial<SandboxTools> = {}): SandboxTools => ({
  clock: stillClock,
  redact: (text) => text,
  store: { read: () => ({ draft: null, earlier: [] }), write: () => {}, notice: () => null },
  editText: async () => ({ failure: 'There is no editor here.' }),
  copy: async () => 'Copied.',
  save: () => 'Saved.',
  ...more,
});

export const stillInspector = (more: Partial<InspectorTools> = {}): InspectorTools => ({
  clock: stillClock,
  residentBytes: () => 84_200_000,
  saveRun: () => 'Saved.',
  saveReport: () => 'Saved.',
  openRun: async () => ({ events: [], problems: ['There is no such file.'], notes: [] }),
  ...more,
});

const healthy: DoctorReport = {
  folder: '/project',
  host: 'api.openai.com',
  isAsked: false,
  isHealthy: true,
  candidates: [],
  findings: [],
};

interface Given {
  readonly progress?: Partial<ProgressSnapshot>;
  readonly env?: Record<string, string>;
  /** What listens on this machine. */
  readonly findServers?: () => Promise<readonly FoundServer[]>;
}

/** A session and a model over it, as the app has them. */
export function world({ progress = {}, env = {}, findServers = async () => [] }: Given = {}) {
  const keys = findKeys({ env, cwd: '/project', readFile: () => '' });
  const kept = memoryProgress(progress);
  const session = new HandMadeSession({
    clock: stillClock,
    keys,
    progress: kept,
    redact: createRedactor(keys.secrets),
    startPractice: () => Promise.reject(new Error('not here')),
  });
  const quits: string[] = [];
  const model = new AppModel(
    session,
    () => quits.push('quit'),
    placesIn({
      sandbox: stillTools(),
      inspector: stillInspector(),
      findServers,
      examine: async () => healthy,
    }),
  );
  return {
    session,
    model,
    keys,
    progress: kept,
    quits,
    press: (...names: readonly string[]) => {
      for (const name of names) model.press(name);
    },
    state: () => model.getSnapshot(),
  };
}
