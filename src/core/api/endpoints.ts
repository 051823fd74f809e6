import type { EndpointLabel } from '../run/events.ts';
import { type Endpoint, isLoopback, openaiBaseURL } from './endpoint.ts';
import type { KeyReport } from './keys.ts';

/**
 * What can be chosen to answer: `practice`, `openai` (the key and the address of the environment), or the base URL
 * of a compatible server.
 */
export type EndpointName = string;

/** A compatible server that the learner named. */
export interface Server {
  readonly baseURL: string;
  /** The variable, in the environment or `.env`, that holds its key; null where it needs none. */
  readonly keyName: string | null;
  /** The model that lessons ask there, in place of their own. */
  readonly model: string | null;
}

/** A reader's sentence that says why something cannot be used, and what to do. */
export class EndpointProblem extends Error {}

/** The name of an endpoint without what only a request needs. The URL of the practice server is known once it runs. */
export function endpointLabel(name: EndpointName, { baseURL }: Pick<KeyReport, 'baseURL'>): EndpointLabel {
  if (name === 'practice') return { kind: 'practice', baseURL: '' };
  if (name === 'openai') return { kind: 'openai', baseURL: baseURL?.value ?? openaiBaseURL };
  return { kind: 'compatible', baseURL: name };
}

/**
 * The endpoint of a name other than `practice`, with its key.
 *
 * @throws EndpointProblem where its key is missing.
 */
export function findEndpoint(name: EndpointName, keys: KeyReport, servers: readonly Server[]): Endpoint {
  const label = endpointLabel(name, keys);
  if (name === 'openai') {
    if (keys.key)
      return {
        ...label,
        apiKey: keys.key.value,
        organization: keys.organization?.value,
        project: keys.project?.value,
      };
    throw new EndpointProblem([noKey, ...keys.problems].join(' '));
  }
  const keyName = servers.find(({ baseURL }) => baseURL === name)?.keyName ?? null;
  if (keyName === null) return { ...label, apiKey: null };
  const key = keys.named[keyName];
  if (key) return { ...label, apiKey: key.value };
  throw new EndpointProblem(
    `${keyName} is set neither in the environment nor in .env: put the key of ${name} there.`,
  );
}

const noKey = 'No key was found: set OPENAI_API_KEY in the environment or in .env.';

/** Names of variables that hold a key. Only these are looked for, and all of them are masked everywhere. */
export const keyNamePattern = /^[A-Za-z_]\w*(KEY|TOKEN|SECRET)$/;

/**
 * A base URL as it was typed or pasted, put right: without the path of a request, a query or a slash at its end, and
 * with `/v1` where there was no path at all. Without a scheme it is http for this machine, for addresses in
 * numbers and for names without a dot, as a local network has them; https for all others.
 *
 * @throws EndpointProblem where it is no address of the web.
 */
export function readBaseURL(text: string): string {
  const typed = text.trim().replace(/^["'<]+|[">']+$/g, '');
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(typed) ? typed : `${schemeFor(typed)}://${typed}`);
  if (typed === '' || !url || !/^https?:$/.test(url.protocol) || /\s/.test(typed)) {
    throw new EndpointProblem(
      'That is no address: a base URL looks like http://127.0.0.1:11434/v1 or https://example.com/v1.',
    );
  }
  if (url.username || url.password) {
    throw new EndpointProblem(
      'A base URL carries no name or password: name a variable with the key instead.',
    );
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(chat\/completions|completions|models)$/, '');
  return `${url.origin}${path === '' ? '/v1' : path}`;
}

function schemeFor(address: string): 'http' | 'https' {
  const url = `http://${address}`;
  const host = URL.parse(url)?.hostname ?? '';
  return isLoopback(url) || !host.includes('.') || /^\d+(\.\d+){3}$/.test(host) ? 'http' : 'https';
}
