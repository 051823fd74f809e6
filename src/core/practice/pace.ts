import type { Random } from './random.ts';

/** How fast the practice server answers: as a model does, ten times as fast, or without any wait. */
export type Pace = 'realtime' | 'fast' | 'instant';

export const isPace = (value: unknown): value is Pace =>
  value === 'realtime' || value === 'fast' || value === 'instant';

const firstContentMs = 550;
const tokenMs = 1000 / 54;
const roleLeadMs = 40;
const scale: Record<Pace, number> = { realtime: 1, fast: 0.1, instant: 0 };

/** When the parts of one answer are due, in milliseconds since its request came in. */
export interface Timeline {
  readonly headersMs: number;
  readonly roleMs: number;
  /** When each piece is due, in order. */
  readonly pieceMs: readonly number[];
  readonly endMs: number;
}

/**
 * A seeded timeline for pieces of the given token counts. At realtime the first is due after about 0.55 s
 * and they follow at about 54 tokens a second, unevenly, as models answer.
 */
export function timeline(pace: Pace, random: Random, tokenCounts: readonly number[]): Timeline {
  const factor = scale[pace];
  const first = firstContentMs * (0.9 + 0.2 * random()) * factor;
  const pieceMs: number[] = [];
  let at = first;
  for (const [index, tokens] of tokenCounts.entries()) {
    if (index > 0) at += tokenMs * tokens * (0.4 + 1.2 * random()) * factor;
    pieceMs.push(at);
  }
  return { headersMs: first * 0.85, roleMs: first - roleLeadMs * factor, pieceMs, endMs: at + factor };
}
