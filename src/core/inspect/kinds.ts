import { readingOf } from '../run/chunk-in-bytes.ts';
import type { StepRows } from '../run/log.ts';
import { firstOf } from '../run/reading.ts';

/** What an event of a stream brings, by the most telling thing in it. */
export type EventKind = 'role' | 'content' | 'tool call' | 'finish' | 'usage' | 'error' | 'done' | 'other';

/** The kinds in the order in which a filter goes through them. */
export const eventKinds: readonly EventKind[] = [
  'role',
  'content',
  'tool call',
  'finish',
  'usage',
  'error',
  'done',
  'other',
];

/** The kind of one event; what the SDK made of it, where it made a chunk. */
function kindOf({ events, chunks }: StepRows, index: number): EventKind {
  const event = events[index];
  if (event?.data === '[DONE]') return 'done';
  if (event?.name === 'error' || (event && /^\s*\{\s*"error"/.test(event.data))) return 'error';
  const chunk = chunks[index];
  if (!chunk) return 'other';
  const { finishReason, toolCalls, content, refusal, usage, choices, role } = firstOf(readingOf(chunk));
  if (finishReason !== null) return 'finish';
  if (toolCalls.length > 0) return 'tool call';
  if (content || refusal) return 'content';
  if (usage && choices === 0) return 'usage';
  return role === null ? 'other' : 'role';
}

interface Sorted {
  seen: number;
  readonly byKind: Map<EventKind, number[]>;
}

const sortedOf = new WeakMap<readonly unknown[], Sorted>();

/**
 * The events of one kind, by their numbers. Each event is looked at once, however often this is asked while a stream
 * goes on.
 */
export function eventsOfKind(rows: StepRows, kind: EventKind): readonly number[] {
  const sorted = sortedOf.get(rows.events) ?? { seen: 0, byKind: new Map<EventKind, number[]>() };
  sortedOf.set(rows.events, sorted);
  // An event is there a moment before the chunk that the SDK makes of it.
  const known = Math.min(rows.events.length, rows.chunks.length + 1);
  for (; sorted.seen < known; sorted.seen++) {
    if (sorted.seen >= rows.chunks.length && kindOf(rows, sorted.seen) === 'other') break;
    const found = kindOf(rows, sorted.seen);
    const list = sorted.byKind.get(found);
    if (list) list.push(sorted.seen);
    else sorted.byKind.set(found, [sorted.seen]);
  }
  return sorted.byKind.get(kind) ?? [];
}
