import { type ApiError, incorrectKey, missingBearer, missingKey } from './errors.ts';

/** What every key begins with that is accepted where no other is asked for. */
export const acceptedPrefix = 'sk-practice';

/** Says what is wrong with an `Authorization` header, or null if its key is accepted: the one asked for, or any practice key. */
export function checkAuthorization(header: string | undefined, accepted: string | null): ApiError | null {
  if (header === undefined) return missingKey();
  const key = keyIn(header);
  if (key === null) return missingBearer();
  if (key === '') return missingKey();
  const isAccepted = accepted === null ? key.startsWith(acceptedPrefix) : key === accepted;
  return isAccepted ? null : incorrectKey(echoKey(key));
}

/**
 * The key in an `Authorization` header, empty if there is none; null where the header is of another kind. As with
 * the real endpoint the key may also be a password without a user name.
 */
export function keyIn(header = ''): string | null {
  const [, scheme, credentials = ''] = /^(bearer|basic)(?:\s+(.*))?$/is.exec(header.trim()) ?? [];
  if (!scheme) return null;
  return scheme.toLowerCase() === 'bearer' ? credentials.trim() : password(credentials);
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
