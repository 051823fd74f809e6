import type { HeaderList } from '../run/events.ts';
import { headerOf } from '../run/failure.ts';
import { formatMs } from '../run/figures.ts';
import type { AttemptSummary, StepSummary } from '../run/summary.ts';

/** One more try that the SDK made by itself. */
export interface Retry {
  /** Which attempt of the step it is; the first retry is 1. */
  readonly attempt: number;
  /** Milliseconds from the end of the try before it to its start, measured. */
  readonly waitedMs: number;
  /** What had gone wrong, and who chose how long to wait. */
  readonly why: string;
}

/**
 * Why the SDK tried again, each time, and how long it waited by whose word. The rules are those of the `openai` SDK
 * 7.57 (`shouldRetry`, `retryRequest` in `client.ts`).
 */
export function retries({ attempts }: StepSummary): readonly Retry[] {
  return attempts.slice(1).map((attempt, index): Retry => {
    const before = attempts[index]!;
    const endMs = before.failedMs ?? before.headersMs ?? before.startMs;
    return {
      attempt: attempt.index,
      waitedMs: Math.max(0, attempt.startMs - endMs),
      why: `${causeOf(before)} ${waitOf(before, index)}`,
    };
  });
}

function causeOf({ status, failure, headers }: AttemptSummary): string {
  if (status === null) return unansweredCause(failure ?? '');
  if (headerOf(headers, 'x-should-retry') === 'true') {
    return `The server asked for another try (${status}, x-should-retry).`;
  }
  if (status === 408) return 'The server said that the request took too long (408).';
  if (status === 409) return 'The request clashed with another one (409).';
  if (status === 429) return 'Too much was asked in too short a time, or no credit is left (429).';
  if (status >= 500) return `The server failed (${status}).`;
  if (status < 300) {
    // Its try is over with its body, and only its headers have a time.
    return `The answer began (${status}) and did not come to its end in time, which counts as waiting.`;
  }
  return `The request was refused (${status}).`;
}

/** The failure is a code of the system's, or words of anybody's; only a code is repeated. */
function unansweredCause(failure: string): string {
  if (/\babort/i.test(failure)) return 'No answer came in time, so the SDK gave up on it.';
  const code = /^[A-Z][A-Z\d_]{2,40}$/.test(failure) ? ` (${failure})` : '';
  return `No answer came: the connection failed${code}.`;
}

function waitOf({ headers, status }: AttemptSummary, retry: number): string {
  const longestMs = Math.min(500 * 2 ** retry, 8000);
  const own = `the SDK chose one between ${formatMs(longestMs * 0.75)} and ${formatMs(longestMs)}`;
  const asked = askedWait(headers);
  if (asked === null) {
    const silence = status === null ? 'Nobody could name a wait' : 'The server named no wait';
    return `${silence}, so ${own}.`;
  }
  const { ms, by } = asked;
  if (ms === null) return `The server named a date to wait for (${by}).`;
  if (ms >= 0 && ms <= 60_000) return `The server asked for a wait of ${formatMs(ms)} (${by}).`;
  const fault = ms > 60_000 ? 'more than the minute that the SDK obeys' : 'which makes no sense';
  const wish = Number.isFinite(ms) ? `of ${formatMs(ms)}` : 'without end';
  return `The server asked for a wait ${wish} (${by}), ${fault}: ${own}.`;
}

/** The wait that headers ask for; `ms` is null for a date that cannot be compared with the server's own. */
function askedWait(headers: HeaderList): { readonly ms: number | null; readonly by: string } | null {
  const ms = Number.parseFloat(headerOf(headers, 'retry-after-ms'));
  if (!Number.isNaN(ms)) return { ms, by: 'retry-after-ms' };
  const after = headerOf(headers, 'retry-after');
  const seconds = Number.parseFloat(after);
  if (!Number.isNaN(seconds)) return { ms: seconds * 1000, by: 'retry-after' };
  const at = Date.parse(after);
  if (Number.isNaN(at)) return null;
  const now = Date.parse(headerOf(headers, 'date'));
  return { ms: Number.isNaN(now) ? null : at - now, by: 'retry-after' };
}
