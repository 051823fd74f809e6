import type { EndpointLabel } from '../run/events.ts';

/** Where requests go and with which key. The only things that differ between practice and the real API. */
export interface Endpoint extends EndpointLabel {
  /** Null where none is needed: nothing is then sent in its place. */
  readonly apiKey: string | null;
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
}

export const openaiBaseURL = 'https://api.openai.com/v1';

/** The variable with the key of OpenAI, which the official SDKs read by themselves. */
export const openaiKeyName = 'OPENAI_API_KEY';

/** What a program gives the SDK where the server takes no key: without any it refuses to send. */
export const noKey = 'unused';

/** What every key of the practice server begins with. */
export const practicePrefix = 'sk-practice';

/** The key of the practice server. Not a secret: it opens nothing. */
export const practiceKey = `${practicePrefix}-first-token`;

/** A practice endpoint at the URL that a practice server gave. */
export const practiceEndpoint = (baseURL: string): Endpoint => ({
  kind: 'practice',
  baseURL,
  apiKey: practiceKey,
});

/** The endpoint without its key, as a log may hold it. */
export const labelOf = ({ kind, baseURL }: EndpointLabel): EndpointLabel => ({ kind, baseURL });

/** Whom requests go to, in a word: `practice`, `OpenAI`, or the host of another server. */
export function hostOf({ kind, baseURL }: EndpointLabel): string {
  if (kind === 'practice') return 'practice';
  const host = URL.parse(baseURL)?.host ?? baseURL;
  return host === 'api.openai.com' ? 'OpenAI' : host;
}

/**
 * What a request does to one's purse: nothing (`free`: practice; `own`: a server on this machine), something (`paid`:
 * the learner's own key), or who knows (`unknown`: somebody else's server).
 */
export type Cost = 'free' | 'own' | 'paid' | 'unknown';

/** What a request costs, as a fact beside a name. */
export const costWords: Readonly<Record<Cost, string>> = {
  free: 'free',
  own: 'this machine',
  paid: 'costs money',
  unknown: 'may cost money',
};

/** What a request there costs, as the end of a sentence: `for free`, `on this machine` or `and costs money`. */
export function costClause(label: EndpointLabel): string {
  const cost = costOfUse(label);
  if (cost === 'free') return 'for free';
  return cost === 'own' ? 'on this machine' : `and ${costWords[cost]}`;
}

/** What a request there costs. */
export function costOfUse({ kind, baseURL }: EndpointLabel): Cost {
  if (kind === 'practice') return 'free';
  if (kind === 'openai') return 'paid';
  return isLoopback(baseURL) ? 'own' : 'unknown';
}

/** Whether a URL leads to this machine. 0.0.0.0, which a server prints that listens everywhere, does too. */
export function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(host);
}
