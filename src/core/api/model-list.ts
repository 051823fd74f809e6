import { createClient } from './client.ts';
import { type Endpoint, hostOf } from './endpoint.ts';
import { EndpointProblem } from './endpoints.ts';
import { modelNames, readJson } from './model-names.ts';
import { troubleWith } from './trouble.ts';

export interface ModelListOptions {
  readonly sdk: typeof import('openai');
  readonly fetch?: typeof globalThis.fetch;
  /** Ends the wait; default: after ten seconds. */
  readonly signal?: AbortSignal;
}

/**
 * The names of the models that an endpoint lists at `/models`, in the order of the alphabet. They are the server's
 * words and untrusted. Asked once, without the SDK's retries; costs nothing.
 *
 * @throws EndpointProblem with one sentence that says why there is no list.
 */
export async function listModels(
  endpoint: Endpoint,
  { sdk, fetch = globalThis.fetch, signal = AbortSignal.timeout(10_000) }: ModelListOptions,
): Promise<readonly string[]> {
  let response: Response;
  let body: unknown;
  try {
    const client = createClient(sdk, endpoint, 'own', fetch);
    // The response itself: the SDK would look for `data` alone.
    response = await client.models.list({ maxRetries: 0, signal }).asResponse();
    body = await readJson(response);
  } catch (error) {
    throw new EndpointProblem(
      signal.aborted
        ? `${hostOf(endpoint)} did not send its models in time: is it busy?`
        : troubleWith(endpoint, error, sdk),
    );
  }
  const names = modelNames(body);
  if (names) return names;
  throw new EndpointProblem(`${hostOf(endpoint)} answered with ${otherThanList(response)}`);
}

function otherThanList({ headers, redirected, url }: Response): string {
  if (redirected)
    return `a redirect to ${URL.parse(url)?.host ?? url}, and no list of models: try that address.`;
  return headers.get('content-type')?.includes('html')
    ? 'a web page, not with a list of models: check the path of its base URL, which often ends in /v1.'
    : 'something that is no list of models: check the path of its base URL.';
}
