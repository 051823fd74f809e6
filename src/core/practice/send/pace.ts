import type { Random } from '../random.ts';

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
  /** When what comes next is due, given the tokens that it took; asked in order. */
  readonly next: (tokens: number) => number;
  /** Passes the time of tokens that nobody sees. */
  readonly pass: (tokens: number) => void;
  /** When the end is due, now that nothing more comes. */
  readonly endMs: () => number;
}

/**
 * A seeded timeline. At realtime the first content is due after about 0.55 s and the rest follows at about
 * 54 tokens a second, unevenly, as models answer.
 */
export function timeline(pace: Pace, random: Random): Timeline {
  const factor = scale[pace];
  const first = firstContentMs * (0.9 + 0.2 * random()) * factor;
  let at = first;
  let isFirst = true;
  return {
    headersMs: first * 0.85,
    roleMs: first - roleLeadMs * factor,
    next: (tokens) => {
      if (!isFirst) at += tokenMs * tokens * (0.4 + 1.2 * random()) * factor;
      isFirst = false;
      return at;
    },
    pass: (tokens) => {
      at += tokenMs * tokens * factor;
    },
    endMs: () => at + factor,
  };
}
