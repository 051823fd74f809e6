import type { EndpointLabel } from '../run/events.ts';
import { hostOf } from './endpoint.ts';
import { describeError } from './sdk-error.ts';

/**
 * Why a server could not be asked, and what to try, in one sentence, from what the SDK threw. What the server said,
 * the key too, may be part of it.
 */
export function troubleWith(label: EndpointLabel, error: unknown, sdk: typeof import('openai')): string {
  const { status, cause, message } = describeError(error, sdk);
  const what =
    status === null
      ? (causeWords(cause ?? '') ?? `could not be asked: ${oneLine(innermost(error))}`)
      : statusWords(status, message);
  return `${hostOf(label)} ${what}`;
}

/** What is behind an error that says no more than that there was one. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : innermost(error.cause);
}

function statusWords(status: number, message: string): string {
  // The SDK puts the status before what the server said.
  const said = oneLine(message.replace(/^\d+ /, ''));
  switch (status) {
    case 401:
      return 'wants a key that it knows (401): name the variable that holds one.';
    case 404:
      return 'has nothing at this address (404): check the path of its base URL.';
    default:
      return `answered ${status}: ${said}`;
  }
}

/** By the codes of the system, of Node's `fetch` and of OpenSSL. */
function causeWords(code: string): string | null {
  switch (code) {
    case 'ECONNREFUSED':
      return 'does not answer: is the server running, and on this port?';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'was not found: check the name, and the network.';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return `cannot be reached (${code}): check the address, and the network.`;
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'closed the connection without an answer: does it want https instead of http?';
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return 'does not speak https: try http.';
  }
  if (code.startsWith('HPE_')) return 'does not speak HTTP: try https, or another port.';
  if (/CERT|SIGNED|SIGNATURE/.test(code)) return `has a certificate that is not trusted here (${code}).`;
  return null;
}

/** A message may be a whole page. */
const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
};
