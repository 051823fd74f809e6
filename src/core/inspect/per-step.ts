import type { RunLog } from '../run/log.ts';

/**
 * Remembers one value for each step of each log, for as long as the log lives. `renew` gets what was remembered, and
 * gives it back if it still holds.
 */
export function perStep<T, Rest extends readonly unknown[]>(
  renew: (known: T | undefined, log: RunLog, step: number, ...rest: Rest) => T,
): (log: RunLog, step: number, ...rest: Rest) => T {
  const byLog = new WeakMap<RunLog, Map<number, T>>();
  return (log, step, ...rest) => {
    const steps = byLog.get(log) ?? new Map<number, T>();
    byLog.set(log, steps);
    const value = renew(steps.get(step), log, step, ...rest);
    steps.set(step, value);
    return value;
  };
}
