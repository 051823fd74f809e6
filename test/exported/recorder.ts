import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A server between programs and a practice server: it keeps each body as it came, and gives the answer that is
 * meant for the program, or else forwards everything. Each program has a base URL of its own, so that its requests
 * are known among all others.
 */
export async function startRecorder(target: string, answerOf: (program: number) => string | undefined) {
  const bodies = new Map<number, string[]>();

  const server = createServer(async (incoming, response) => {
    const [, program, path] = /^\/(\d+)\/v1(\/.*)$/.exec(incoming.url ?? '') ?? [];
    const body = await buffer(incoming);
    bodies.set(Number(program), [...(bodies.get(Number(program)) ?? []), utf8.decode(body)]);
    const answer = answerOf(Number(program));
    if (answer !== undefined) {
      const type = answer.startsWith('data:') ? 'text/event-stream' : 'application/json';
      response.writeHead(200, { 'content-type': type }).end(answer);
      return;
    }
    const { host: _host, 'transfer-encoding': _encoding, ...headers } = incoming.headers;
    const forward = request(`${target}${path}`, {
      method: incoming.method,
      headers: { ...headers, 'content-length': body.length },
    });
    forward.on('response', (answered: IncomingMessage) => {
      response.writeHead(answered.statusCode!, answered.headers);
      answered.pipe(response);
      answered.on('error', () => response.destroy());
    });
    forward.on('error', () => response.destroy());
    forward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    /** The base URL of one program. */
    urlOf: (program: number) => `http://127.0.0.1:${port}/${program}/v1`,
    /** The bodies that a program sent, in their order: several if it tried again. */
    bodiesOf: (program: number): readonly string[] => bodies.get(program) ?? [],
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
