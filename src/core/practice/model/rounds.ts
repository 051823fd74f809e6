import type { Choice } from './complete.ts';
import { type Ending, type Part, tokensOf } from './generate.ts';

/** What the choices of an answer bring at one time. */
export interface Round {
  readonly items: readonly RoundItem[];
  /** The tokens that took the time: those of the choice that spent most. */
  readonly tokens: number;
  /** Nothing of it is seen: the model is reasoning. */
  readonly isThought: boolean;
}

export interface RoundItem {
  readonly index: number;
  /** Null where a choice begins. */
  readonly part: Part | null;
}

/**
 * Makes all choices at once, a part of each in every round. Each choice begins a round after the one before it,
 * so that their chunks interleave as captured live (2024-11). Gives how they ended, in order.
 */
export function* rounds(choices: readonly Choice[]): Generator<Round, readonly Ending[], void> {
  const endings: Ending[] = [];
  let open = choices.length;
  for (let round = 0; open > 0; round += 1) {
    const items: RoundItem[] = [];
    for (const [index, { generation }] of choices.entries()) {
      if (index > round) break;
      if (index === round) {
        items.push({ index, part: null });
        continue;
      }
      if (endings[index]) continue;
      const next = generation.next();
      if (!next.done) {
        items.push({ index, part: next.value });
        continue;
      }
      endings[index] = next.value;
      open -= 1;
    }
    const parts = items.flatMap(({ part }) => part ?? []);
    const seen = parts.filter(({ kind }) => kind !== 'thought');
    // Later choices think while earlier ones already speak: that takes no time of its own.
    const timed = seen.length > 0 ? seen : parts;
    yield {
      items,
      tokens: timed.reduce((most, part) => Math.max(most, tokensOf(part)), 0),
      isThought: parts.length > 0 && seen.length === 0,
    };
  }
  return endings;
}
