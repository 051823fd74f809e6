import type { RunLog } from '../run/log.ts';
import { firstPlace } from './body-bytes.ts';
import { perStep } from './per-step.ts';

/** Of a longer body only the beginning is made a text: nobody reads more of it on a screen. */
export const longestBody = 1_000_000;

/** A body as it was sent. */
export interface SentBody {
  readonly text: string;
  readonly bytes: number;
}

interface Known {
  /** How many events of the log have been looked at. */
  readonly seen: number;
  readonly bodies: ReadonlyMap<number, SentBody>;
}

const sentBodies = perStep((known: Known | undefined, { events }, step): Known => {
  const seen = known?.seen ?? 0;
  if (known && seen === events.length) return known;
  const bodies = new Map(known?.bodies);
  for (let at = seen; at < events.length; at++) {
    const event = events[at]!;
    if (event.type !== 'attempt' || event.step !== step || event.body === null) continue;
    bodies.set(event.attempt, { text: event.body, bytes: Buffer.byteLength(event.body) });
  }
  return { seen: events.length, bodies };
});

/** The body that an attempt sent; null where it sent none, or none was kept. */
export const sentBody = (log: RunLog, step: number, attempt: number): SentBody | null =>
  sentBodies(log, step).bodies.get(attempt) ?? null;

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
