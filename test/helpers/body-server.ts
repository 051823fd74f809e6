import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on the loopback that answers every request as `answer` does. */
export async function serve(answer: (response: ServerResponse, attempt: number) => void | Promise<void>) {
  let attempts = 0;
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => void answer(response, attempts++));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A `fetch` whose every response streams the given pieces, one to a read. */
export const fetchOf =
  (pieces: readonly Uint8Array[], headers: Readonly<Record<string, string>> = {}): typeof fetch =>
  async () => {
    const rest = pieces.values();
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const { done, value } = rest.next();
        if (done) controller.close();
        else controller.enqueue(value.slice());
      },
    });
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream; charset=utf-8', ...headers },
    });
  };
