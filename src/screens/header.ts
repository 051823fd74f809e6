import { type Line, span, spread } from '../components/line.ts';
import { costOfUse, costWords, hostOf } from '../core/api/endpoint.ts';
import type { EndpointLabel } from '../core/run/events.ts';
import { visible } from '../core/visible.ts';

export interface HeaderView {
  /** Where one is, such as `Streaming › 3b what a chunk is`; empty at home. */
  readonly place: string;
  readonly endpoint: EndpointLabel;
  readonly model: string;
  readonly done: number;
  readonly total: number;
  readonly width: number;
}

/** The first row: where one is, and what is in use. */
export function header({ place, endpoint, model, done, total, width }: HeaderView): Line {
  const cost = costOfUse(endpoint);
  const where = visible(hostOf(endpoint)) + (cost === 'free' ? '' : `, ${costWords[cost]}`);
  const count = width >= 76 ? ` · ${done} of ${total}` : '';
  return spread(
    [span(' First Token', 'title'), span(place ? `   ${place}` : '')],
    [
      span(where, cost === 'free' || cost === 'own' ? 'ok' : 'warn'),
      span(` · ${visible(model)}${count} `, 'muted'),
    ],
    width,
  );
}
