import { practiceEndpoint } from '../../src/core/api/endpoint.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import type { Experiment, Step } from '../../src/core/lessons/types.ts';
import { createRedactor } from '../../src/core/mask.ts';
import { execute } from '../../src/core/run/execute.ts';
import { RunLog } from '../../src/core/run/log.ts';

const stream: Step = {
  id: 'stream',
  label: 'a stream',
  request: {
    kind: 'chat',
    body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }], stream: true },
  },
};

/** An experiment of one streaming step, or of the steps given. */
export const experimentOf = (...steps: Step[]): Experiment => ({
  id: 'test',
  title: 'a test',
  intro: [],
  steps: steps.length > 0 ? steps : [stream],
  prediction: { question: '?', options: ['yes', 'no'], answer: () => null, because: () => '' },
  lookAt: () => [],
});

export interface RunOptions {
  readonly experiment?: Experiment;
  readonly secrets?: readonly string[];
  /** Stars the secrets also where they come in pieces, as for a screen. */
  readonly isSeen?: boolean;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly onLog?: (log: RunLog) => void;
}

/** Runs an experiment against a base URL and gives its log. */
export async function runAgainst(baseURL: string, options: RunOptions = {}): Promise<RunLog> {
  const { experiment = experimentOf(), secrets = [], signal, clock = systemClock, onLog } = options;
  const log = new RunLog(clock);
  onLog?.(log);
  const [key = 'sk-practice-test'] = secrets;
  const endpoint = { ...practiceEndpoint(baseURL), apiKey: key };
  await execute({
    experiment,
    endpoint,
    practice: async () => endpoint,
    log,
    clock,
    redact: createRedactor(secrets),
    ...(options.isSeen && { secrets }),
    ...(signal ? { signal } : {}),
  });
  return log;
}
