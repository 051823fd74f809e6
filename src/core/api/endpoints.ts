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

/**
 * The name of an endpoint, as it is shown and kept: without what only a request needs, and without any password.
 * The URL of the practice server is known once it runs.
 */
export function endpointLabel(name: EndpointName, { baseURL }: Pick<KeyReport, 'baseURL'>): EndpointLabel {
  if (name === 'practice') return { kind: 'practice', baseURL: '' };
  if (name === 'openai') {
    return { kind: 'openai', baseURL: baseURL ? withoutLogin(baseURL.value) : openaiBaseURL };
  }
  return { kind: 'compatible', baseURL: name };
}

/** A URL without a name and a password; of what is none, what stands behind the last place for them. */
function withoutLogin(text: string): string {
  const url = URL.parse(text);
  if (!url?.host) return text.slice(text.lastIndexOf('@') + 1);
  return url.username || url.password ? Object.assign(url, { username: '', password: '' }).href : text;
}

/** Why nothing can be sent to a base URL, in words that follow the name of its variable; null if it can. */
export function baseURLFault(text: string): string | null {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    return 'is no address: it should look like https://api.openai.com/v1.';
  }
  // `fetch` refuses such a URL, with a message that quotes it whole.
  return url.username || url.password
    ? 'has a name or a password in it, with which nothing can be sent: take it out.'
    : null;
}

/**
 * The endpoint of a name other than `practice`, with its key.
 *
 * @throws EndpointProblem where its key is missing, or its address is none.
 */
export function findEndpoint(name: EndpointName, keys: KeyReport, servers: readonly Server[]): Endpoint {
  const label = endpointLabel(name, keys);
  if (name === 'openai') {
    const { key, baseURL, organization, project, problems } = keys;
    if (!key) throw new EndpointProblem([noKey, ...problems].join(' '));
    const fault = baseURL && baseURLFault(baseURL.value);
    if (fault) throw new EndpointProblem(`OPENAI_BASE_URL ${fault}`);
    return { ...label, apiKey: key.value, organization: organization?.value, project: project?.value };
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

/**
 * Names of variables that hold a key. Only these are looked for, and their values are masked everywhere, but for those
 * under 8 characters, and those under 16 that are letters alone: these may be ordinary words.
 */
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
