import type { Choice } from './complete.ts';
import type { Ending, Part } from './generate.ts';

/** What one choice of an answer brings next. */
export interface Turn {
  readonly index: number;
  /** Null where the choice begins. */
  readonly part: Part | null;
  /** All choices bring a part in each round, at the same time. */
  readonly round: number;
}

/**
 * Makes all choices side by side, a part of each in every round. Each choice begins a round after the one before
 * it, so that their chunks interleave as captured live (2024-11). Gives how they ended, in order.
 */
export function* takeTurns(choices: readonly Choice[]): Generator<Turn, readonly Ending[], void> {
  const endings: Ending[] = [];
  let open = choices.length;
  for (let round = 0; open > 0; round += 1) {
    for (const [index, { generation }] of choices.entries()) {
      if (index > round) break;
      if (index === round) yield { index, part: null, round };
      else if (!endings[index]) {
        const next = generation.next();
        if (!next.done) yield { index, part: next.value, round };
        else {
          endings[index] = next.value;
          open -= 1;
        }
      }
    }
  }
  return endings;
}
