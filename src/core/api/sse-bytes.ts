import { createParser } from 'eventsource-parser';

/** One server-sent event with its byte range in the body: `start` included, `end` excluded. */
export interface SseEvent {
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly data: string;
}

const LF = 10;
const CR = 13;

/**
 * Feeds the bytes of a response body to an event parser, a line at a time, so that each event is known with its
 * byte range. However the bytes are split, the events and their ranges are the same.
 */
export function createSseByteParser(onEvent: (event: SseEvent) => void): {
  feed: (bytes: Uint8Array) => void;
  end: () => void;
} {
  const decoder = new TextDecoder();
  let offset = 0;
  let start = 0;
  let lineLength = 0;
  let heldCR = false;

  const parser = createParser({
    onEvent: ({ data, event }) => onEvent({ start, end: offset, ...(event ? { name: event } : {}), data }),
  });

  function feedLine(bytes: Uint8Array, terminatorLength: number): void {
    offset += bytes.length;
    const isBlank = lineLength + bytes.length === terminatorLength;
    lineLength = 0;
    parser.feed(decoder.decode(bytes, { stream: true }));
    // A blank line ends an event, and also a block of nothing but comments, which is no event.
    if (isBlank) start = offset;
  }

  function feed(input: Uint8Array): void {
    let bytes = input;
    if (heldCR && bytes.length > 0) {
      heldCR = false;
      bytes = new Uint8Array([CR, ...bytes]);
    }
    const hasCR = bytes.includes(CR);
    let from = 0;
    while (from < bytes.length) {
      const lf = bytes.indexOf(LF, from);
      const cr = hasCR ? bytes.indexOf(CR, from) : -1;
      const at = cr >= 0 && (lf < 0 || cr < lf) ? cr : lf;
      if (at < 0) break;
      // Whether a last CR stands alone or begins a CRLF only the next byte tells.
      if (at === cr && at === bytes.length - 1) {
        heldCR = true;
        bytes = bytes.subarray(0, at);
        break;
      }
      const length = at === cr && bytes[at + 1] === LF ? 2 : 1;
      feedLine(bytes.subarray(from, at + length), length);
      from = at + length;
    }
    if (from < bytes.length) {
      const rest = bytes.subarray(from);
      offset += rest.length;
      lineLength += rest.length;
      parser.feed(decoder.decode(rest, { stream: true }));
    }
  }

  /** The body is over: an event that lacks its blank line is delivered all the same, as the SDK does. */
  function end(): void {
    if (heldCR) feedLine(new Uint8Array([CR]), 1);
    heldCR = false;
    parser.feed(`${decoder.decode()}\n\n`);
  }

  return { feed, end };
}
