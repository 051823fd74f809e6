import type { OpenAI } from 'openai';
import type { StepKey } from '../lessons/types.ts';
import type { Endpoint } from './endpoint.ts';

const silent = () => {};
const silentLogger = { error: silent, warn: silent, info: silent, debug: silent };

/** A key of the right look that no server knows. Not a secret. */
export const fakeKey = 'sk-fake-key-12345';

/**
 * The unmodified SDK's client for an endpoint.
 *
 * Everything the SDK would otherwise read from the environment is given, so that a key for one endpoint never
 * reaches another and `OPENAI_LOG` never writes over the screen.
 *
 * @throws OpenAIError for `key: 'none'`, as the SDK does when it finds no credentials.
 */
export function createClient(
  sdk: typeof import('openai'),
  endpoint: Endpoint,
  key: StepKey,
  fetch: typeof globalThis.fetch,
): OpenAI {
  const isKeyless = key === 'own' && endpoint.apiKey === null;
  return new sdk.OpenAI({
    // null, since undefined would make the SDK look into the environment; and a word where it insists on one.
    apiKey: (key === 'none' ? null : key === 'fake' ? fakeKey : (endpoint.apiKey ?? 'none')) as string,
    adminAPIKey: null,
    baseURL: endpoint.baseURL,
    organization: endpoint.organization ?? null,
    project: endpoint.project ?? null,
    logLevel: 'off',
    logger: silentLogger,
    fetch,
    ...(key === 'no-header' || isKeyless ? { defaultHeaders: { authorization: null } } : {}),
  });
}
