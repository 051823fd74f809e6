import type { RunEventOf } from '../run/events.ts';
import type { StepSummary } from '../run/summary.ts';

/** The longest wait between two chunks, with the number of the chunk that ended it; null where there was none. */
export function largestGap(
  { knownTimes, offsetMs }: StepSummary,
  chunks: readonly RunEventOf<'chunk'>[],
): { readonly fromMs: number; readonly toMs: number; readonly index: number } | null {
  if (knownTimes !== 'all') return null;
  let largest: { fromMs: number; toMs: number; index: number } | null = null;
  for (let place = 1; place < chunks.length; place++) {
    const [fromMs, toMs] = [chunks[place - 1]!.at - offsetMs, chunks[place]!.at - offsetMs];
    if (toMs - fromMs > (largest ? largest.toMs - largest.fromMs : 0)) {
      largest = { fromMs, toMs, index: chunks[place]!.index };
    }
  }
  return largest;
}

/** Why a request has no times of its parts, in a sentence; null where it has them. */
export function untimedText({ knownTimes }: StepSummary): string | null {
  switch (knownTimes) {
    case 'all':
      return null;
    case 'ends':
      return 'When the parts of the answer came is not known.';
    case 'none':
      return 'When anything came is not known.';
  }
}
