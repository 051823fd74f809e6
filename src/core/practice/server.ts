import { randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PracticeClock, realClock } from './clock.ts';
import { serverError } from './errors.ts';
import { fingerprint, requestId } from './ids.ts';
import type { Pace } from './pace.ts';
import { type IncomingRequest, plan } from './plan.ts';
import { seededRandom } from './random.ts';
import { RateLimiter } from './rate-limits.ts';
import { send } from './send.ts';

interface PracticeServerOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default `realtime`; a request may ask for another with the header `x-practice-pace`. */
  readonly pace?: Pace;
  /** The same seed gives the same ids, padding and jitter. Drawn if left out. */
  readonly seed?: number;
  readonly clock?: PracticeClock;
}

export interface PracticeServer {
  /** The base URL for an SDK, such as `http://127.0.0.1:41234/v1`. */
  readonly url: string;
  /** Stops listening and breaks what is still open. */
  readonly close: () => Promise<void>;
}

/** Starts a practice server; rejects with the system's error if it cannot listen. */
export async function startPracticeServer(options: PracticeServerOptions = {}): Promise<PracticeServer> {
  const { port = 0, host = '127.0.0.1', pace = 'realtime', clock = realClock } = options;
  const seed = options.seed ?? randomInt(2 ** 32);
  const shared = { pace, limiter: new RateLimiter(), fingerprint: fingerprint(seededRandom(seed)) };
  let requests = 0;

  const server = createServer((request, response) => {
    requests += 1;
    void handle(request, response, requests);
  });

  async function handle(request: IncomingMessage, response: ServerResponse, stream: number): Promise<void> {
    const startMs = clock.now();
    const random = seededRandom(seed, stream);
    const id = requestId(random);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const delivery = { response, requestId: id, startMs, clock, random, signal: gone.signal };
    try {
      const context = { ...shared, random, nowMs: startMs, wallMs: clock.wallMs() };
      await send(await plan(await read(request, id), context), delivery);
    } catch {
      if (gone.signal.aborted) return;
      if (response.headersSent) response.destroy();
      else await send({ kind: 'error', error: serverError(id) }, delivery);
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage, id: string): Promise<IncomingRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const { method = 'GET', url = '/' } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  const path = url.split('?')[0]!;
  return { id, method, path, headers, body: Buffer.concat(parts).toString('utf8') };
}
