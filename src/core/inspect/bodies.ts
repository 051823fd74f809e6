import type { RunEvent, RunEventOf } from '../run/events.ts';
import type { RunLog } from '../run/log.ts';
import { firstPlace } from './body-bytes.ts';
import { perStep } from './per-step.ts';

/** Of a longer body only the beginning is made a text: nobody reads more of it on a screen. */
export const longestBody = 1_000_000;

interface Attempts {
  /** How many events of the log have been looked at. */
  seen: number;
  readonly bySteps: Map<number, RunEventOf<'attempt'>[]>;
}

const attemptsOf = new WeakMap<RunLog, Attempts>();

/** The body that an attempt sent; null where it sent none, or none was kept. Looks at each event of a log only once. */
export function sentBody(log: RunLog, step: number, attempt: number): string | null {
  const known: Attempts = attemptsOf.get(log) ?? { seen: 0, bySteps: new Map() };
  attemptsOf.set(log, known);
  const events: readonly RunEvent[] = log.events;
  for (; known.seen < events.length; known.seen++) {
    const event = events[known.seen]!;
    if (event.type !== 'attempt') continue;
    known.bySteps.set(event.step, [...(known.bySteps.get(event.step) ?? []), event]);
  }
  return known.bySteps.get(step)?.find((event) => event.attempt === attempt)?.body ?? null;
}

/** A body as far as it came. */
export interface ReceivedBody {
  /** Its text, or the beginning of it. */
  readonly text: string;
  /** All its bytes. */
  readonly bytes: number;
  readonly reads: number;
}

/** The body that an attempt was answered with. */
export const receivedBody = perStep(
  (known: (ReceivedBody & { attempt: number }) | undefined, log, step, attempt: number) => {
    const { reads } = log.rows(step);
    const from = firstPlace(reads.length, (at) => reads[at]!.attempt >= attempt);
    const to = firstPlace(reads.length, (at) => reads[at]!.attempt > attempt, from);
    if (known?.attempt === attempt && known.reads === to - from) return known;
    const pieces: Uint8Array[] = [];
    for (let at = from, size = 0; at < to && size < longestBody; at++) {
      const piece = reads[at]!.bytes;
      pieces.push(piece.subarray(0, longestBody - size));
      size += piece.length;
    }
    const bytes = to > from ? reads[to - 1]!.end : 0;
    return { attempt, text: Buffer.concat(pieces).toString(), bytes, reads: to - from };
  },
);
