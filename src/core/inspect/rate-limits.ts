import type { HeaderList } from '../run/events.ts';
import { headerOf } from '../run/failure.ts';

/** One allowance of an endpoint, as the headers of an answer report it. */
export interface RateLimit {
  readonly what: 'requests' | 'tokens';
  /** At least 1. */
  readonly limit: number;
  /** 0 to `limit`. */
  readonly remaining: number;
  /** Milliseconds until the whole limit is there again; null where that was not said, or not to be understood. */
  readonly resetMs: number | null;
}

/**
 * The rate limits that an answer reports in `x-ratelimit-limit-*`, `-remaining-*` and `-reset-*`. One whose limit and
 * rest are no whole numbers that fit together is left out: no meter could show it.
 */
export function rateLimits(headers: HeaderList): readonly RateLimit[] {
  return (['requests', 'tokens'] as const).flatMap((what): RateLimit[] => {
    const limit = wholeNumber(headerOf(headers, `x-ratelimit-limit-${what}`));
    const remaining = wholeNumber(headerOf(headers, `x-ratelimit-remaining-${what}`));
    if (!limit || remaining === null || remaining > limit) return [];
    return [{ what, limit, remaining, resetMs: durationMs(headerOf(headers, `x-ratelimit-reset-${what}`)) }];
  });
}

const wholeNumber = (text: string): number | null => (/^\s*\d{1,15}\s*$/.test(text) ? Number(text) : null);

const unitMs = { h: 3_600_000, m: 60_000, s: 1000, ms: 1, µs: 1e-3, μs: 1e-3, us: 1e-3, ns: 1e-6 } as const;

/** A duration as Go prints it, such as `6m0s`, `12ms`, `1h2m3.5s`, in milliseconds; null for any other text. */
function durationMs(text: string): number | null {
  const written = text.trim();
  if (!/^(\d{1,15}(\.\d{1,15})?(h|ms|m|s|[µμun]s))+$/.test(written)) return null;
  return [...written.matchAll(/([\d.]+)([^\d.]+)/g)].reduce(
    (total, [, count, unit]) => total + Number(count) * unitMs[unit as keyof typeof unitMs],
    0,
  );
}
