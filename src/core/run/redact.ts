import { maskHeaders, type Redactor } from '../mask.ts';
import type { RunEvent } from './events.ts';

/**
 * The choke point of a run: nothing enters a log before every secret in it is masked, whoever put it there (we
 * in a header, or a server that echoes it). What goes over the wire is not changed.
 */
export function redactEvent(event: RunEvent, redact: Redactor): RunEvent {
  switch (event.type) {
    case 'attempt':
      return {
        ...event,
        url: redact.text(event.url),
        headers: maskHeaders(event.headers, redact),
        body: event.body === null ? null : redact.text(event.body),
      };
    case 'headers':
      return {
        ...event,
        headers: maskHeaders(event.headers, redact),
        ...(event.redirectedTo !== undefined && { redirectedTo: redact.text(event.redirectedTo) }),
      };
    case 'read': {
      const bytes = redact.bytes(event.bytes);
      return bytes === event.bytes ? event : { ...event, bytes };
    }
    case 'event': {
      const data = redact.text(event.data);
      return data === event.data ? event : { ...event, data };
    }
    case 'chunk':
    case 'step-start':
    case 'response':
    case 'error':
    case 'attempt-failed':
      return redactDeep(event, redact);
    default:
      return event;
  }
}

function redactDeep<T extends RunEvent>(event: T, redact: Redactor): T {
  const json = JSON.stringify(event);
  const redacted = redact.text(json);
  return redacted === json ? event : (JSON.parse(redacted) as T);
}
