import type { ApiError } from './errors.ts';
import { organization, project } from './ids.ts';
import type { RateLimits } from './rate-limits.ts';

export type Headers = Readonly<Record<string, string>>;

/** On every answer, so that practice can always be told from the real endpoint. */
export const label: Headers = { 'x-practice-server': 'first-token' };

export interface AnswerFacts {
  readonly requestId: string;
  readonly processingMs: number;
  readonly rateLimits?: RateLimits | undefined;
}

/** The headers of an answer, in the order they were captured live (2025-08), without those of the CDN. */
export function answerHeaders(contentType: string, facts: AnswerFacts): Headers {
  return {
    'content-type': contentType,
    'access-control-expose-headers': 'X-Request-ID',
    'openai-organization': organization,
    'openai-processing-ms': String(Math.round(facts.processingMs)),
    'openai-project': project,
    'openai-version': '2020-10-01',
    'x-request-id': facts.requestId,
    ...(facts.rateLimits && rateLimitHeaders(facts.rateLimits)),
    'x-content-type-options': 'nosniff',
    ...label,
  };
}

/** The headers of an error: a gateway's errors never reached the model and carry less (captured 2025-08). */
export function errorHeaders(error: ApiError, body: string, facts: AnswerFacts): Headers {
  const length = { 'content-length': String(Buffer.byteLength(body)) };
  if (error.layout === 'validation') {
    return { ...answerHeaders('application/json', facts), ...error.headers, ...length };
  }
  return {
    'content-type': 'application/json; charset=utf-8',
    vary: 'Origin',
    'x-request-id': facts.requestId,
    ...(facts.rateLimits && rateLimitHeaders(facts.rateLimits)),
    ...label,
    ...error.headers,
    ...length,
  };
}

/** The headers of a page that comes from something between client and server. */
export const pageHeaders = (contentType: string): Headers => ({ 'content-type': contentType, ...label });

function rateLimitHeaders({ requests, tokens }: RateLimits): Headers {
  return {
    'x-ratelimit-limit-requests': String(requests.limit),
    'x-ratelimit-limit-tokens': String(tokens.limit),
    'x-ratelimit-remaining-requests': String(requests.remaining),
    'x-ratelimit-remaining-tokens': String(tokens.remaining),
    'x-ratelimit-reset-requests': goDuration(requests.resetMs),
    'x-ratelimit-reset-tokens': goDuration(tokens.resetMs),
  };
}

/** Whole milliseconds as Go prints a duration: `0s`, `120ms`, `8.64s`, `1m6.499s`. */
export function goDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = `${(ms % 60_000) / 1000}s`;
  return minutes === 0 ? seconds : `${minutes}m${seconds}`;
}
