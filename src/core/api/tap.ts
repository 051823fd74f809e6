import { eventRow } from '../run/event-in-bytes.ts';
import type { HeaderList, RunEvent, RunEventOf } from '../run/events.ts';
import { createSseByteParser } from './sse-bytes.ts';

type Fetch = typeof globalThis.fetch;

/** The wire of one step as it is seen. */
export type WireEvent = Extract<
  RunEvent,
  { type: 'attempt' | 'attempt-failed' | 'headers' | 'read' | 'event' }
>;

/** Where the events of a step belong. */
export interface TapPlace {
  readonly step: number;
  /** The time that an event of now gets. */
  readonly now: () => number;
}

/**
 * A `fetch` for the SDK that looks on: each HTTP attempt, its headers, each socket read of the body and each
 * server-sent event in it. What the SDK gets is untouched, and the socket closes when the SDK lets go of it.
 */
export function tapFetch(fetch: Fetch, place: TapPlace, emit: (event: WireEvent) => void): Fetch {
  const { step, now } = place;
  let attempts = 0;

  return async (input, init) => {
    const attempt = attempts++;
    emit({
      type: 'attempt',
      at: now(),
      step,
      attempt,
      method: init?.method?.toUpperCase() ?? 'GET',
      url: String(input instanceof Request ? input.url : input),
      headers: listHeaders(new Headers(init?.headers)),
      body: typeof init?.body === 'string' ? init.body : null,
    });
    let response: Response;
    try {
      response = await fetch(input, init);
    } catch (error) {
      emit({
        type: 'attempt-failed',
        at: now(),
        step,
        attempt,
        message: messageOf(error),
        code: systemCode(error),
      });
      throw error;
    }
    emit({
      type: 'headers',
      at: now(),
      step,
      attempt,
      status: response.status,
      headers: listHeaders(response.headers),
      ...(response.redirected && { redirectedTo: response.url }),
    });
    if (!response.body) return response;
    return new Response(watchBody(response.body, attempt, place, emit), response);
  };
}

function watchBody(
  body: ReadableStream<Uint8Array>,
  attempt: number,
  { step, now }: TapPlace,
  emit: (event: WireEvent) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const copy = createCopier();
  let reads = 0;
  let events = 0;
  let offset = 0;
  let read: RunEventOf<'read'> | null = null;
  // Whatever the content type says: the SDK does not ask it either, and other bodies have no lines that begin so.
  // What the end of the body makes an event became one then, and not with the read that had its bytes.
  let endedAt: number | null = null;
  const parser = createSseByteParser((event) =>
    emit(eventRow({ at: endedAt ?? read!.at, step, index: events++ }, event, read!)),
  );

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) {
          endedAt = now();
          parser.end();
          controller.close();
          return;
        }
        const end = offset + value.length;
        const bytes = copy(value);
        read = { type: 'read', at: now(), step, attempt, index: reads++, start: offset, end, bytes };
        offset = end;
        emit(read);
        parser.feed(value);
        controller.enqueue(value);
      },
      cancel: (reason) => {
        endedAt = now();
        parser.stop();
        return reader.cancel(reason);
      },
    },
    // No read-ahead: a read happens when the SDK asks for it.
    { highWaterMark: 0 },
  );
}

const slabBytes = 65_536;

/**
 * Copies bytes, which the SDK owns once it has them. A buffer of its own for each small read would take more than what
 * is in it, so many of them share one.
 */
function createCopier(): (bytes: Uint8Array) => Uint8Array {
  let slab = new Uint8Array(0);
  let used = 0;
  return (bytes) => {
    if (bytes.length > slabBytes / 8) return bytes.slice();
    if (used + bytes.length > slab.length) {
      slab = new Uint8Array(slabBytes);
      used = 0;
    }
    slab.set(bytes, used);
    const copied = slab.subarray(used, used + bytes.length);
    used += bytes.length;
    return copied;
  };
}

const listHeaders = (headers: Headers): HeaderList => [...headers.entries()];

/** What is said at the end of a chain of causes: fetch itself only says that it failed. */
function messageOf(error: unknown): string {
  let cause = error;
  for (let depth = 0; cause instanceof Error && cause.cause instanceof Error && depth < 5; depth++) {
    cause = cause.cause;
  }
  return cause instanceof Error ? cause.message : String(cause);
}

/** What a fetch failed with: the system's code, or where there is none the words at the end of the causes. */
export const failureIn = (error: unknown): string => systemCode(error) ?? messageOf(error);

/** The system's code behind a failed fetch, such as `ECONNREFUSED`: it hides in a chain of causes. */
export function systemCode(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    // A host with several addresses fails with one error for each.
    if (cause instanceof AggregateError) return systemCode(cause.errors[0]);
  }
  return null;
}
