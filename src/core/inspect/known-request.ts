import type { RunLog } from '../run/log.ts';
import { unknownEndpoint } from '../run/recording-order.ts';
import { sentBody } from './bodies.ts';

/** How much is known of what a request asked: all of it, only where it went, or nothing. A file may lack it. */
export function knownRequest(log: RunLog, step: number): 'all' | 'address' | 'nothing' {
  const { request, attempts, outcome } = log.summary.steps[step]!;
  const isNamed = request.kind === 'model' || request.body.model !== '' || request.body.messages.length > 0;
  const last = attempts.at(-1);
  if (isNamed || outcome === 'unsent' || (last && sentBody(log, step, last.index))) return 'all';
  return !last || last.url === '' || last.url.startsWith(unknownEndpoint.baseURL) ? 'nothing' : 'address';
}
