import { practiceEndpoint } from '../core/api/endpoint.ts';
import type { EndpointName, Server } from '../core/api/endpoints.ts';
import { startPractice } from '../core/api/practice.ts';
import { model as lessonModel } from '../core/lessons/messages.ts';
import type { Experiment } from '../core/lessons/types.ts';
import type { RunEvent } from '../core/run/events.ts';
import { execute } from '../core/run/execute.ts';
import { RunLog } from '../core/run/log.ts';
import { asking } from '../core/session.ts';
import { type CommandContext, liveEndpoint } from './context.ts';

export interface RunOptions {
  readonly endpoint: EndpointName;
  /** The variable with the key of a compatible server; null for the one that it was kept with, if any. */
  readonly keyName: string | null;
  readonly pace: 'realtime' | 'fast' | 'instant';
  /** Whether events are printed as they come: all else is held where a secret may be on its way. */
  readonly isJson?: boolean;
}

/** Runs experiments one after the other against one endpoint; the practice server starts when first needed. */
export interface Runner {
  /** What lessons ask there in place of their own model. */
  readonly model: string;
  readonly run: (
    experiment: Pick<Experiment, 'id' | 'steps'>,
    onEvent: (event: RunEvent, log: RunLog) => void,
  ) => Promise<RunLog>;
  readonly close: () => Promise<void>;
}

/**
 * @param kept the servers that were kept in the app
 * @throws UsageError where the endpoint needs a key and there is none.
 */
export function createRunner(context: CommandContext, options: RunOptions, kept: readonly Server[]): Runner {
  const { clock, redact, signal, keys } = context;
  const live = options.endpoint === 'practice' ? null : liveEndpoint(keys, options, kept);
  let server: ReturnType<typeof startPractice> | null = null;

  const practice = async () => {
    server ??= startPractice({ pace: options.pace });
    return practiceEndpoint((await server).url);
  };

  return {
    model: kept.find(({ baseURL }) => baseURL === options.endpoint)?.model ?? lessonModel,
    run: async (experiment, onEvent) => {
      const log = new RunLog(clock);
      let seen = 0;
      const stop = log.subscribe(() => {
        while (seen < log.events.length) onEvent(log.events[seen++]!, log);
      });
      const endpoint = live ?? (await practice());
      const secrets = options.isJson ? keys.secrets : [];
      await execute({ experiment, endpoint, practice, log, clock, redact, secrets, signal });
      stop();
      return log;
    },
    close: async () => {
      await (await server)?.close();
    },
  };
}

/** An experiment that asks for a model of the server's own. */
export const withModel = (experiment: Experiment, { model }: Pick<Runner, 'model'>): Experiment => ({
  ...experiment,
  steps: experiment.steps.map((step) => asking(step, model)),
});

/**
 * Whether a run did what its experiment is about: every step was sent and ended complete, but for those that
 * are made to fail.
 */
export function wentWell({ steps }: Experiment, { summary }: RunLog): boolean {
  return steps.every((step, index) => {
    const isMadeToFail = (step.key ?? 'own') !== 'own' || step.fault || step.target === 'nowhere';
    return isMadeToFail || summary.steps[index]?.outcome === 'complete';
  });
}
