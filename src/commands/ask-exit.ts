import type { Failure } from '../core/run/failure.ts';

/** How `ask` ends for each kind of failure: the code, and what it means in the help. */
export const askExit: Readonly<Record<Failure, { readonly code: number; readonly means: string }>> = {
  other: { code: 1, means: 'another failure, such as a page of HTML instead of an answer' },
  key: { code: 3, means: 'the key was refused (401, 403)' },
  limit: { code: 4, means: 'a rate limit, or no credit left (429)' },
  request: { code: 5, means: 'the request was refused (any other 4xx)' },
  server: { code: 6, means: 'the server failed (5xx)' },
  unreached: { code: 7, means: 'nobody was reached: no connection, a certificate, a timeout' },
  broken: { code: 8, means: 'the answer broke off: cut, an error in it, or no [DONE]' },
};
