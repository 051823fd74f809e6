import { type ApiError, incorrectKey, missingBearer, missingKey } from './errors.ts';

const acceptedPrefix = 'sk-practice';

/**
 * Says what is wrong with an `Authorization` header, or null if its key is accepted: the one that is asked for,
 * or any that begins with `sk-practice`. As with the real endpoint the key may also be a password without a
 * user name.
 */
export function checkAuthorization(header: string | undefined, accepted: string | null): ApiError | null {
  if (header === undefined) return missingKey();
  const [, scheme, credentials = ''] = /^(bearer|basic)(?:\s+(.*))?$/is.exec(header.trim()) ?? [];
  if (!scheme) return missingBearer();
  const key = scheme.toLowerCase() === 'bearer' ? credentials.trim() : password(credentials);
  if (!key) return missingKey();
  const isAccepted = accepted === null ? key.startsWith(acceptedPrefix) : key === accepted;
  return isAccepted ? null : incorrectKey(echoKey(key));
}

function password(credentials: string): string {
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  return text.startsWith(':') ? text.slice(1) : '';
}

/**
 * A key as the 401 echoes it: the first eight characters, a star for each hidden one, the last four; short
 * keys whole (nine public samples; nine to twelve characters unconfirmed).
 */
export function echoKey(key: string): string {
  if (key.length <= 12) return key;
  return `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;
}
