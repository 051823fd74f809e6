import type { Clock } from './clock.ts';

/** A reading for every frame that is taken anew once a second at most. */
export function onceASecond<T>(read: () => T, clock: Clock): () => T {
  let last: { readonly atMs: number; readonly value: T } | null = null;
  return () => {
    if (!last || clock.now() - last.atMs >= 1000) last = { atMs: clock.now(), value: read() };
    return last.value;
  };
}
