import { type ApiError, invalid, overloaded, rateLimited, serverError } from './errors.ts';

/**
 * A misbehaviour ordered with the header `x-practice-fault`.
 *
 * - `429`, `500`, `503`: that status, on every attempt; `429*1` on the first attempt only
 * - `error@chunk=7`: an error event after seven chunks, and the end
 * - `cut@chunk=7`: the connection breaks after seven chunks
 * - `end@chunk=7`: the stream ends after seven chunks without `[DONE]`
 *
 * A stream with fewer chunks meets its fault after its last one.
 */
export type Fault =
  | { readonly kind: 'status'; readonly status: StatusFault; readonly attempts: number }
  | { readonly kind: StreamFault; readonly chunk: number };

type StatusFault = '429' | '500' | '503';
type StreamFault = 'error' | 'cut' | 'end';

/** Reads the header; null without one, an error that says what is known for one that cannot be read. */
export function parseFault(header: string | undefined): Fault | null | { readonly invalid: ApiError } {
  if (header === undefined) return null;
  const status = /^(429|500|503)(?:\*(\d+))?$/.exec(header);
  if (status) {
    const attempts = status[2] ? Number(status[2]) : Number.POSITIVE_INFINITY;
    return { kind: 'status', status: status[1] as StatusFault, attempts };
  }
  const stream = /^(error|cut|end)@chunk=(\d+)$/.exec(header);
  if (stream) return { kind: stream[1] as StreamFault, chunk: Number(stream[2]) };
  return {
    invalid: invalid(
      `The practice server does not know the fault '${header}': it knows 429, 500 and 503, each also with *N for the first N attempts, and error, cut and end, each with @chunk=N.`,
      'x-practice-fault',
      'unknown_practice_fault',
    ),
  };
}

/** The error that a fault answers this attempt with (counted from 0), or null if the attempt goes through. */
export function statusError(
  fault: Fault,
  attempt: number,
  model: string,
  requestId: string,
): ApiError | null {
  if (fault.kind !== 'status' || attempt >= fault.attempts) return null;
  if (fault.status === '429') return rateLimited(model);
  return fault.status === '500' ? serverError(requestId) : overloaded(requestId);
}

/** What is wrong with ordering this fault for a request that is not streamed, or null. */
export const misplacedFault = (fault: Fault, isStream: boolean): ApiError | null =>
  fault.kind === 'status' || isStream
    ? null
    : invalid(
        `The practice fault '${fault.kind}@chunk' happens in a stream: send "stream": true with it.`,
        'x-practice-fault',
        'misplaced_practice_fault',
      );
