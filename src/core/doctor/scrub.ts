import { createRedactor } from '../mask.ts';
import { maskRealKeys } from './real-keys.ts';

/**
 * The last gate for a report: in every text of it, the secrets given and whatever else looks like a key are
 * masked, should one have got there after all, such as in the name of a file.
 */
export function scrub<T>(secrets: readonly string[], report: T): T {
  const redact = createRedactor(secrets);
  const scrubValue = (value: unknown): unknown => {
    if (typeof value === 'string') return maskRealKeys(redact.text(value));
    if (Array.isArray(value)) return value.map(scrubValue);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, scrubValue(each)]));
  };
  return scrubValue(report) as T;
}
