import { refusedKeyAdvice, unreachedAdvice } from './causes.ts';
import { type Endpoint, hostOf } from './endpoint.ts';
import { describeError } from './sdk-error.ts';
import { failureIn } from './tap.ts';

/**
 * Why a server could not be asked, and what to try, in a sentence or two, from what the SDK threw. What the server
 * said, the key too, may be part of it.
 */
export function troubleWith(endpoint: Endpoint, error: unknown, sdk: typeof import('openai')): string {
  const { status, cause, message } = describeError(error, sdk);
  const host = hostOf(endpoint);
  const url = URL.parse(endpoint.baseURL);
  if (status === null && url && (cause !== null || error instanceof sdk.APIConnectionError)) {
    return unreachedAdvice(url, failureIn(error), error instanceof sdk.APIConnectionTimeoutError);
  }
  switch (status) {
    case null:
      return `${host} could not be asked: ${oneLine(failureIn(error))}`;
    case 401:
      return refusedKeyAdvice({
        host,
        isOpenaiKey: endpoint.kind === 'openai',
        wasSent: endpoint.apiKey !== null,
      });
    case 404:
      return `${host} has nothing at this address (404): check the path of its base URL.`;
    default:
      // The SDK puts the status before what the server said.
      return `${host} answered ${status}: ${oneLine(message.replace(/^\d+ /, ''))}`;
  }
}

/** A message may be a whole page. */
const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
};
