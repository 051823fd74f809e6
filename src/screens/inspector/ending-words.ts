import type { StepOutcome } from '../../core/run/events.ts';

/** How a request ended, in a word or two. */
export const endingWords: Readonly<Record<StepOutcome, string>> = {
  complete: 'complete',
  'no-done': 'no [DONE]',
  cut: 'cut',
  error: 'error',
  unsent: 'unsent',
  aborted: 'stopped',
};
