import { modelNames, readJson } from './model-names.ts';

export interface UsualServer {
  readonly name: string;
  readonly port: number;
}

/** Servers that people run on their own machines, and the ports that each listens on unless told otherwise. */
export const usualServers: readonly UsualServer[] = [
  { name: 'LM Studio', port: 1234 },
  { name: 'Jan', port: 1337 },
  { name: 'LiteLLM', port: 4000 },
  { name: 'first-token serve', port: 4010 },
  { name: 'text-generation-webui', port: 5000 },
  { name: 'KoboldCpp', port: 5001 },
  { name: 'vLLM', port: 8000 },
  { name: 'llama.cpp', port: 8080 },
  { name: 'LocalAI', port: 8080 },
  { name: 'Ollama', port: 11434 },
];

/** A server that answered on a usual port. */
export interface FoundServer {
  /** Whose usual port it is. Who really listens there it did not say. */
  readonly names: readonly string[];
  readonly baseURL: string;
  readonly models: readonly string[];
  /** It said no more than that it wants a key. */
  readonly wantsKey: boolean;
}

export interface FindOptions {
  readonly fetch?: typeof globalThis.fetch;
  /** Ends the wait for those that do not answer; default: after a second. */
  readonly signal?: AbortSignal;
  readonly servers?: readonly UsualServer[];
}

/**
 * Asks the usual ports of this machine for `/v1/models`, all at once and without any key. What answers anything
 * else, or nothing in time, is not in the result. Never throws.
 */
export async function findServers({
  fetch = globalThis.fetch,
  signal = AbortSignal.timeout(1_000),
  servers = usualServers,
}: FindOptions = {}): Promise<readonly FoundServer[]> {
  const ports = [...new Set(servers.map(({ port }) => port))];
  const answers = await Promise.all(
    ports.map(async (port): Promise<FoundServer | null> => {
      const baseURL = `http://127.0.0.1:${port}/v1`;
      const names = servers.filter((server) => server.port === port).map(({ name }) => name);
      const answer = await ask(`${baseURL}/models`, fetch, signal);
      return answer && { names, baseURL, ...answer };
    }),
  );
  return answers.filter((answer) => answer !== null);
}

async function ask(
  url: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Pick<FoundServer, 'models' | 'wantsKey'> | null> {
  try {
    // A redirect could lead off this machine.
    const response = await fetch(url, { signal, redirect: 'error' });
    const body = await readJson(response);
    if (response.status === 401) return isError(body) ? { models: [], wantsKey: true } : null;
    const models = response.ok ? modelNames(body) : null;
    return models && { models, wantsKey: false };
  } catch {
    return null;
  }
}

/** The protocol's own way to say no: anything else behind a password is some other server. */
const isError = (body: unknown): boolean => typeof body === 'object' && body !== null && 'error' in body;
