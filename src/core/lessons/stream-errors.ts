import type { RunLog } from '../run/log.ts';
import type { StepRequest } from '../run/request.ts';
import { notes, stepOf, undecided } from './evidence.ts';
import { model, user } from './messages.ts';
import type { Experiment } from './types.ts';

const python: StepRequest = {
  kind: 'chat',
  body: { model, messages: [user('What is Python? One sentence.')], max_tokens: 100, stream: true },
};

/** Where in the list of steps each kind of trouble stands. */
const at = { passing: 1, lasting: 2, refused: 3, apiError: 4, cut: 5 } as const;

function thrownByCut(run: RunLog): string | null {
  const step = stepOf(run, at.cut);
  if (!step?.outcome || step.outcome === 'aborted') return null;
  return step.error?.className ?? 'nothing';
}

/** 3d: a stream refused, limited, failing and cut, and what the SDK makes of each (as run against the SDK, 7.57). */
export const streamErrors: Experiment = {
  id: '3d',
  title: 'when a stream goes wrong',
  intro: [
    'A stream can fail before it starts or in the middle. Before, the SDK tries again by itself, twice; each try is a row. In the middle it cannot, and what had arrived is yours to keep.',
    'Six requests, four of which fail. The first goes out as usual; the trouble of the others is made to order, on this machine.',
  ],
  steps: [
    { id: 'calm', label: 'no trouble', request: python },
    {
      id: 'limit-passes',
      label: 'a passing rate limit',
      request: python,
      target: 'practice',
      fault: '429*1',
    },
    {
      id: 'limit-lasts',
      label: 'a lasting rate limit',
      request: python,
      target: 'practice',
      fault: '429',
    },
    { id: 'refused', label: 'connection refused', request: python, target: 'nowhere' },
    {
      id: 'api-error',
      label: 'an error mid-stream',
      request: python,
      target: 'practice',
      fault: 'error@chunk=6',
    },
    { id: 'cut', label: 'cut off mid-stream', request: python, target: 'practice', fault: 'cut@chunk=6' },
  ],
  code: 'safe',
  compare: 'outcome',
  prediction: {
    question: 'The connection breaks in mid-stream. What will the SDK throw?',
    options: ['APIConnectionError', 'APIError', 'TypeError', 'nothing'],
    answer: thrownByCut,
    because: (run) => {
      const thrown = thrownByCut(run);
      if (!thrown) return undecided;
      return thrown === 'TypeError'
        ? 'The last row says TypeError: once a stream runs, the SDK passes on what `fetch` throws. A catch for its own classes misses it.'
        : `The last row says ${thrown}.`;
    },
  },
  lookAt: (run) => {
    const [passing, lasting, refused, apiError] = [at.passing, at.lasting, at.refused, at.apiError].map(
      (index) => stepOf(run, index),
    );
    const cut = stepOf(run, at.cut);
    const kept = run.text(at.cut).length;
    return notes(run, [
      passing?.outcome === 'complete' &&
        lasting?.error &&
        `Limited once: ${passing.attempts.length} tries, and your code notices only the wait. Limited for longer: ${lasting.attempts.length} tries, then ${lasting.error.className}.`,
      refused?.error &&
        apiError?.error &&
        apiError.status !== null &&
        `Nobody listening: ${refused.error.className}. An error sent in the stream: ${apiError.error.className}, though the status was ${apiError.status}.`,
      cut?.error &&
        `Cut off: ${cut.error.className}, with ${kept} characters kept. The catch ladder needs a last branch for it.`,
    ]);
  },
};
