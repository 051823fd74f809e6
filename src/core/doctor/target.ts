import { isLoopback } from '../api/endpoint.ts';

/** Where requests with the key in use would go. */
export interface Target {
  /** With the port, without anything else of the URL. */
  readonly host: string;
  readonly isOpenai: boolean;
  /** Whether what is sent stays on this machine. */
  readonly isLoopback: boolean;
  readonly isEncrypted: boolean;
}

/** The target of a base URL; null where it is no address for HTTP. */
export function targetOf(baseURL: string): Target | null {
  const url = URL.parse(baseURL);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const name = url.hostname;
  return {
    host: url.host,
    isOpenai: name === 'api.openai.com' || name.endsWith('.api.openai.com'),
    isLoopback: isLoopback(baseURL),
    isEncrypted: url.protocol === 'https:',
  };
}
