import type { EndpointLabel } from '../run/events.ts';

/** Where requests go and with which key. The only things that differ between practice and the real API. */
export interface Endpoint {
  readonly kind: 'practice' | 'openai';
  /** Ends before `/chat/completions`, such as `https://api.openai.com/v1`. */
  readonly baseURL: string;
  readonly apiKey: string;
  readonly organization?: string | undefined;
  readonly project?: string | undefined;
}

export const openaiBaseURL = 'https://api.openai.com/v1';

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
export const labelOf = ({ kind, baseURL }: Endpoint): EndpointLabel => ({ kind, baseURL });
