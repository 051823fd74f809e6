import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ApiError, badRequest, errorBody, wrongMethod } from './errors.ts';
import { label } from './headers.ts';

/** Answers what never becomes a request, with an error of the same form as all others. */
export function answerStrangers(server: Server, isBusy: (socket: Duplex) => boolean): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // In the midst of an answer, an error would be taken for a part of it.
    if (error.code === 'ECONNRESET' || !socket.writable || isBusy(socket)) socket.destroy();
    else end(socket, strange(error));
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => {});
    end(socket, wrongMethod('CONNECT', request.url ?? '/', 'GET, POST'));
  });
}

function strange({ code }: NodeJS.ErrnoException): ApiError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return badRequest(431, 'The headers of the request are too large.');
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return badRequest(413, 'The chunk extensions of the request are too large.');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return badRequest(408, 'The request did not arrive in time.');
    default:
      return badRequest(400, 'This is no HTTP request that the practice server can read.');
  }
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Payload Too Large',
  431: 'Request Header Fields Too Large',
};

/** There is no response object to write to, so the bytes are written as they are. */
function end(socket: Duplex, error: ApiError): void {
  const body = errorBody(error);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    ...label,
    connection: 'close',
    ...error.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${error.status} ${reasons[error.status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
