import type { SdkError } from './events.ts';
import type { AttemptSummary, StepSummary } from './summary.ts';

/**
 * What kind of thing went wrong with a request.
 *
 * - `unreached`: no server answered: no connection, a wrong certificate, a timeout
 * - `key`: the key was refused (401, 403)
 * - `limit`: a rate limit or the end of a quota (429)
 * - `request`: the request was refused (another 4xx)
 * - `server`: the server failed (5xx)
 * - `broken`: an answer began and broke off: cut, without `[DONE]`, or with an error in it
 * - `other`: anything else, such as a page of HTML in place of an answer
 */
export type Failure = 'unreached' | 'key' | 'limit' | 'request' | 'server' | 'broken' | 'other';

/** What went wrong with a step that is over; null where it was answered, or stopped by the learner. */
export function failureOf(step: StepSummary): Failure | null {
  const { outcome, status, error, events, choices, request } = step;
  if (outcome === null || outcome === 'aborted') return null;
  if (outcome === 'unsent') return 'other';
  if (status === null) return 'unreached';
  if (status >= 300) return failureOfStatus(status);
  const isStream = events > 0 || contentType(step).includes('event-stream');
  if (error) return isStream || error.cause !== null ? 'broken' : 'other';
  if (outcome === 'no-done') return isStream ? 'broken' : 'other';
  return request.kind === 'chat' && choices === 0 ? 'other' : null;
}

function failureOfStatus(status: number): Failure {
  if (status >= 500) return 'server';
  if (status === 401 || status === 403) return 'key';
  if (status === 429) return 'limit';
  return status >= 400 ? 'request' : 'other';
}

/**
 * The message of an error, cut where it is long: the SDK puts all that a server sent into it, whole pages too. Their
 * line ends are those of this program, or each would show a carriage return, and there is no empty line at the end.
 */
export const shortMessage = ({ message }: SdkError): string => {
  const text = message.slice(0, 2000).replaceAll('\r\n', '\n').trimEnd();
  return message.length > 2000 || text.length > 500 ? `${text.slice(0, 499)}…` : text;
};

/** The content type of the answer in lower case; empty where none was said. */
export const contentType = ({ attempts }: StepSummary): string =>
  headerOf(attempts.at(-1)?.headers, 'content-type').toLowerCase();

/** The value of a header, by its name in lower case; empty where it is not there. */
export const headerOf = (headers: AttemptSummary['headers'] | undefined, name: string): string =>
  headers?.find(([known]) => known.toLowerCase() === name)?.[1] ?? '';
