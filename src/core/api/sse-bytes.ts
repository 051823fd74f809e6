import { createParser } from 'eventsource-parser';

/** One server-sent event with its byte range in the body: `start` included, `end` excluded. */
export interface SseEvent {
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  /** Null where the event is plain: one line `data: ` and a blank one. `plainRange` says where it stands. */
  readonly data: string | null;
}

const field = [...'data: '].map((char) => char.charCodeAt(0));

/** The range of a plain event's text in the bytes that hold it, where the event begins at `start`. */
export const plainRange = (start: number, end: number): readonly [start: number, end: number] => [
  start + field.length,
  end - 2,
];

const LF = 10;
const CR = 13;

/**
 * Feeds the bytes of a response body to an event parser, up to one blank line at a time, so that each event is known
 * with its byte range. However the bytes are split, the events and their ranges are the same. Plain events, which are
 * nearly all of them, need no parser.
 */
export function createSseByteParser(onEvent: (event: SseEvent) => void): {
  feed: (bytes: Uint8Array) => void;
  /** Nothing more is read, though there may be more: a CR that came last was a line end by itself. */
  stop: () => void;
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

  /** Hands bytes to the parser, up to the end of a blank line, or all that is there. */
  function hand(bytes: Uint8Array): void {
    offset += bytes.length;
    parser.feed(decoder.decode(bytes, { stream: true }));
  }

  function feed(input: Uint8Array): void {
    let bytes = input;
    if (heldCR && bytes.length > 0) {
      heldCR = false;
      bytes = new Uint8Array([CR, ...bytes]);
    }
    const hasCR = bytes.includes(CR);
    let handed = 0;
    let from = 0;
    let lines = 0;
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
      const isBlank = lineLength + at === from;
      lineLength = 0;
      from = at + (at === cr && bytes[at + 1] === LF ? 2 : 1);
      lines++;
      if (!isBlank) continue;
      // The very first is left to the parser, which looks for a byte order mark in front of it.
      if (lines === 2 && start === offset && start > 0 && isPlain(bytes, handed, from)) {
        offset += from - handed;
        onEvent({ start, end: offset, data: null });
      } else hand(bytes.subarray(handed, from));
      handed = from;
      lines = 0;
      // A blank line ends an event, and also a block of nothing but comments, which is no event.
      start = offset;
    }
    lineLength += bytes.length - from;
    if (handed < bytes.length) hand(bytes.subarray(handed));
  }

  function stop(): void {
    if (!heldCR) return;
    heldCR = false;
    hand(new Uint8Array([CR]));
    // For the parser, which waits for what follows a CR; the two are one line end.
    parser.feed('\n');
  }

  /** The body is over: an event that lacks its blank line is delivered all the same, as the SDK does. */
  function end(): void {
    stop();
    parser.feed(`${decoder.decode()}\n\n`);
  }

  return { feed, stop, end };
}

/** Whether two lines, the second of them blank, are a plain event. An empty text is left to the parser. */
function isPlain(bytes: Uint8Array, from: number, to: number): boolean {
  const size = to - from;
  if (size <= field.length + 2 || bytes[to - 1] !== LF || bytes[to - 2] !== LF || bytes[to - 3] === CR)
    return false;
  return field.every((byte, at) => bytes[from + at] === byte);
}
