import type { ServerResponse } from 'node:http';
import { waitUntil } from '../clock.ts';
import { type Fault, faultNamed } from '../faults/parse.ts';
import type { Delivery } from './send.ts';

/** Sends text to a client that may be slow, gone, or served badly on purpose. */
export interface EventWriter {
  /** Sends one event; resolves when the next one may come. */
  readonly write: (event: string) => Promise<void>;
  /** Sends what is held back; resolves when it is on its way. */
  readonly flush: () => Promise<void>;
}

/** A writer that does to the bytes of a stream what its faults say. */
export function eventWriter(
  { response, clock, signal }: Pick<Delivery, 'response' | 'clock' | 'signal'>,
  faults: readonly Fault[],
): EventWriter {
  const has = (name: Fault['name']) => faultNamed(faults, name) !== undefined;
  const cut = has('split') ? everyByte : has('split-utf8') ? withinCharacters : null;
  // A reader that is slower than the writes would find their bytes joined again. Of single bytes there are too many.
  const pauseMs = has('split') ? 0 : 5;
  const batchSize = faultNamed(faults, 'batch')?.value ?? 1;
  let held: string[] = [];
  let blank = '';

  /** The blank line that ends an event comes with the next one, if it is the last one's that shall be missing. */
  function ended(event: string): string {
    if (!has('no-blank')) return event;
    const text = blank + event.trimEnd();
    blank = '\n\n';
    return text;
  }

  async function send(text: string): Promise<void> {
    const bytes = Buffer.from(has('crlf') ? text.replaceAll('\n', '\r\n') : text);
    const pieces = cut ? cut(bytes) : [bytes];
    for (const piece of pieces) {
      if (signal.aborted) return;
      await write(response, piece, signal);
      if (pieces.length > 1) await waitUntil(clock, clock.now() + pauseMs, signal);
    }
  }

  async function flush(): Promise<void> {
    const text = held.join('');
    held = [];
    if (text !== '') await send(text);
  }

  return {
    write: async (event) => {
      held.push(ended(has('comments') ? `: keep-alive\n\n${event}` : event));
      if (held.length >= batchSize) await flush();
    },
    flush,
  };
}

const everyByte = (bytes: Buffer): readonly Buffer[] =>
  Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1));

/** Cut after the first byte of each character that has more than one. */
function withinCharacters(bytes: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const [at, byte] of bytes.entries()) {
    if (byte < 0xc0) continue;
    pieces.push(bytes.subarray(from, at + 1));
    from = at + 1;
  }
  return [...pieces, bytes.subarray(from)];
}

/** Writes, and waits while the reader is behind, so that a slow one holds no more than a buffer of memory. */
async function write(response: ServerResponse, bytes: Buffer, signal: AbortSignal): Promise<void> {
  if (response.write(bytes)) return;
  await new Promise<void>((resolve) => {
    response.once('drain', done);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      response.off('drain', done);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
