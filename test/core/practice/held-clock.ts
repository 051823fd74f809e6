import type { PracticeClock } from '../../../src/core/practice/clock.ts';

/** A clock that moves only when told to, and says when somebody begins or calls off a wait. */
export function heldClock() {
  const waits = new Map<object, { atMs: number; callback: () => void }>();
  let time = 0;
  let onWait: (() => void) | null = null;
  let onCancel: (() => void) | null = null;

  const clock: PracticeClock = {
    now: () => time,
    wallMs: () => time,
    after: (ms, callback) => {
      const id = {};
      waits.set(id, { atMs: time + ms, callback });
      onWait?.();
      return () => {
        if (waits.delete(id)) onCancel?.();
      };
    },
  };

  const nextWait = async (): Promise<void> => {
    if (waits.size === 0) await new Promise<void>((resolve) => (onWait = resolve));
    onWait = null;
  };

  return {
    ...clock,
    waiting: () => waits.size,
    /** Resolves once somebody waits. */
    nextWait,
    /** Resolves once nobody waits any more. */
    nextCancel: async (): Promise<void> => {
      if (waits.size > 0) await new Promise<void>((resolve) => (onCancel = resolve));
      onCancel = null;
    },
    advance: (ms: number): void => {
      time += ms;
    },
    /** Calls back whoever's time has come. */
    fireDue: (): void => {
      for (const [id, wait] of waits) {
        if (wait.atMs > time) continue;
        waits.delete(id);
        wait.callback();
      }
    },
    /** Waits for somebody to wait, and moves to the time that is waited for. */
    advanceToNext: async (): Promise<void> => {
      await nextWait();
      const [[id, wait]] = [...waits] as [[object, { atMs: number; callback: () => void }]];
      waits.delete(id);
      time = Math.max(time, wait.atMs);
      wait.callback();
    },
  };
}
