import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PracticeClock, realClock } from './clock.ts';
import { serverError } from './errors.ts';
import { type Fault, parseFaults } from './faults/parse.ts';
import { AttemptCounter } from './faults/plan.ts';
import { fingerprint, requestId } from './ids.ts';
import { answerStrangers } from './malformed.ts';
import { PromptCache } from './model/prompt-cache.ts';
import { type IncomingRequest, longestBody, plan } from './plan.ts';
import { seededRandom } from './random.ts';
import { type RateLimit, RateLimiter } from './rate-limits.ts';
import { noNotes, type RequestLogEntry, type RequestNotes } from './request-log.ts';
import type { Pace } from './send/pace.ts';
import { send } from './send/send.ts';

export interface PracticeServerOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Default `realtime`; a request may ask for another with the header `x-practice-pace`. */
  readonly pace?: Pace;
  /** The same seed gives the same ids, padding, jitter and samples. Drawn if left out. */
  readonly seed?: number;
  /** The only key that is accepted; default: any that begins with `sk-practice`. */
  readonly key?: string;
  /** Faults that happen to every request, or `refuse`: the port is found, and nobody listens. */
  readonly fault?: string;
  /** Limits in place of those of each model. */
  readonly rateLimit?: RateLimit;
  readonly clock?: PracticeClock;
  /** Told of every request once it is over. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
}

export interface PracticeServer {
  /** The base URL for an SDK, such as `http://127.0.0.1:41234/v1`. */
  readonly url: string;
  /** Stops listening; what is still open has so many milliseconds to finish (default: none), then it is broken. */
  readonly close: (graceMs?: number) => Promise<void>;
}

/** Starts a practice server; rejects with the system's error if it cannot listen, and for faults it does not know. */
export async function startPracticeServer(options: PracticeServerOptions = {}): Promise<PracticeServer> {
  const { port = 0, host = '127.0.0.1', pace = 'realtime', key = null, clock = realClock } = options;
  const seed = options.seed ?? randomInt(2 ** 32);
  const isRefusing = options.fault === 'refuse';
  const shared = {
    pace,
    key,
    faults: isRefusing ? [] : faultsOf(options.fault),
    attempts: new AttemptCounter(),
    limiter: new RateLimiter(options.rateLimit),
    cache: new PromptCache(),
    fingerprint: fingerprint(seededRandom(seed)),
  };
  let requests = 0;
  let isClosing = false;
  const unfinished = new Set<ServerResponse>();

  // Without a host header Node would answer by itself, without a body.
  const server = createServer({ requireHostHeader: false }, onRequest);
  // Whatever else a request expects is no reason to refuse it.
  server.on('checkExpectation', onRequest);
  answerStrangers(server, (socket) => [...unfinished].some(({ req }) => req.socket === socket));

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    requests += 1;
    void handle(request, response, requests);
  }

  async function handle(request: IncomingMessage, response: ServerResponse, stream: number): Promise<void> {
    const startMs = clock.now();
    const wallMs = clock.wallMs();
    const random = seededRandom(seed, stream);
    const id = requestId(random);
    const gone = new AbortController();
    const { method = 'GET', url = '/' } = request;
    const path = pathOf(url);
    let notes: RequestNotes = noNotes;
    let isBroken = false;
    const note = (more: Partial<RequestNotes>) => {
      notes = { ...notes, ...more };
    };
    unfinished.add(response);
    response.once('close', () => {
      gone.abort();
      unfinished.delete(response);
      // A connection that is kept alive would keep a closing server open.
      if (isClosing) setImmediate(() => server.closeIdleConnections());
      options.onRequest?.({
        ...notes,
        requestId: id,
        atMs: wallMs,
        method,
        path,
        status: response.headersSent ? response.statusCode : null,
        durationMs: clock.now() - startMs,
        outcome: response.writableFinished ? 'done' : isBroken ? 'broken' : 'gone',
      });
    });
    const breakOff = () => {
      isBroken = true;
      // While an earlier answer on this connection is under way, the response has no socket yet.
      if (response.headersSent) response.destroy();
      else request.socket.resetAndDestroy();
    };
    const delivery = { response, requestId: id, startMs, clock, random, signal: gone.signal, note, breakOff };
    try {
      const incoming = { id, method, path, headers: headersOf(request), body: await bodyOf(request) };
      const planned = await plan(incoming, { ...shared, random, now: clock.now, wallMs, note });
      await send(planned, delivery);
    } catch (error) {
      if (gone.signal.aborted) return;
      note({ failure: error instanceof Error ? error.message : String(error) });
      if (response.headersSent) breakOff();
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
  const address = server.address() as AddressInfo;
  if (isRefusing) server.close();

  return {
    url: `http://${shownHost(host)}:${address.port}/v1`,
    close: async (graceMs = 0) => {
      isClosing = true;
      const closed = new Promise((resolve) => server.close(resolve));
      const cancel = graceMs > 0 ? clock.after(graceMs, () => server.closeAllConnections()) : () => {};
      if (graceMs === 0) server.closeAllConnections();
      await closed;
      cancel();
      // What was cut off just now has still to be told of.
      await Promise.all([...unfinished].map((response) => once(response, 'close')));
    },
  };
}

/** Where a server that listens everywhere is found on its own machine, and an address as a URL has it. */
function shownHost(host: string): string {
  const own = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return own.includes(':') ? `[${own}]` : own;
}

function faultsOf(text: string | undefined): readonly Fault[] {
  if (text === undefined) return [];
  const parsed = parseFaults(text);
  if ('problem' in parsed) throw Object.assign(new Error(parsed.problem), { code: 'UNKNOWN_FAULT' });
  return parsed.faults;
}

/** The path of a request; a client that takes this for a proxy sends the whole address. */
const pathOf = (url: string): string =>
  (/^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).pathname : url).split('?')[0]!;

const headersOf = (request: IncomingMessage): IncomingRequest['headers'] =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );

/**
 * The body as text, or null if it is too long: the rest of such a one is read and dropped, so that its sender hears
 * why, unless it does not end at all.
 */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= longestBody) parts.push(part);
    else parts.length = 0;
    if (length > 10 * longestBody) return null;
  }
  return length > longestBody ? null : Buffer.concat(parts).toString('utf8');
}
