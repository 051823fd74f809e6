import { type ApiError, incorrectKey, missingKey } from './errors.ts';

const acceptedPrefix = 'sk-practice';

/** Says what is wrong with an `Authorization` header, or null if its key is accepted. */
export function checkAuthorization(header: string | undefined): ApiError | null {
  const key = /^Bearer\s+(.+)$/i.exec(header ?? '')?.[1]?.trim();
  if (!key) return missingKey();
  return key.startsWith(acceptedPrefix) ? null : incorrectKey(echoKey(key));
}

/**
 * A key as the 401 echoes it: the first eight characters, a star for each hidden one, the last four; short
 * keys whole (nine public samples; nine to twelve characters unconfirmed).
 */
function echoKey(key: string): string {
  if (key.length <= 12) return key;
  return `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;
}
