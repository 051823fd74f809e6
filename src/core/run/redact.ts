import { maskHeaders, maskUrl, type Redactor } from '../mask.ts';
import { EventInBytes } from './event-in-bytes.ts';
import type { EndpointLabel, RunEvent, RunEventOf } from './events.ts';

/**
 * The choke point of a run: nothing enters a log before every secret in it is masked, whoever put it there (we
 * in a header, or a server that echoes it). What goes over the wire is not changed. `execute` leaves out only what is
 * read from bytes that were masked here and had nothing to mask.
 */
export function redactEvent(event: RunEventOf<'read'>, redact: Redactor): RunEventOf<'read'>;
export function redactEvent(event: RunEventOf<'chunk'>, redact: Redactor): RunEventOf<'chunk'>;
export function redactEvent(event: RunEvent, redact: Redactor): RunEvent;
export function redactEvent(event: RunEvent, redact: Redactor): RunEvent {
  switch (event.type) {
    case 'run-start':
      return redactDeep({ ...event, endpoint: withoutLogin(event.endpoint) }, redact);
    case 'step-start':
      return redactDeep({ ...event, target: withoutLogin(event.target) }, redact);
    case 'attempt':
      return {
        ...event,
        url: redact.text(maskUrl(event.url)),
        headers: maskHeaders(event.headers, redact),
        body: event.body === null ? null : redact.text(event.body),
      };
    case 'headers':
      return {
        ...event,
        headers: maskHeaders(event.headers, redact),
        ...(event.redirectedTo !== undefined && { redirectedTo: redact.text(maskUrl(event.redirectedTo)) }),
      };
    case 'read': {
      const bytes = redact.bytes(event.bytes);
      return bytes === event.bytes ? event : { ...event, bytes };
    }
    case 'event': {
      const { data } = event;
      const masked = redact.text(data);
      return masked === data && !(event instanceof EventInBytes) ? event : { ...event, data: masked };
    }
    case 'chunk':
    case 'response':
      return redactDeep(event, redact);
    case 'error':
      return redactDeep(
        { ...event, error: { ...event.error, message: withoutLogins(event.error.message) } },
        redact,
      );
    case 'attempt-failed':
      return redactDeep({ ...event, message: withoutLogins(event.message) }, redact);
    default:
      return event;
  }
}

const withoutLogin = <T extends Pick<EndpointLabel, 'baseURL'>>(label: T): T => ({
  ...label,
  baseURL: maskUrl(label.baseURL),
});

/** `fetch` quotes a URL that it refuses, with the name and the password in it. */
const withoutLogins = (message: string): string => message.replace(/(?<=:\/\/)[^\s/?#@]*@/g, '...@');

function redactDeep<T extends RunEvent>(event: T, redact: Redactor): T {
  const json = JSON.stringify(event);
  const redacted = redact.text(json);
  return redacted === json ? event : (JSON.parse(redacted) as T);
}
