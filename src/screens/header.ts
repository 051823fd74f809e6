import { type Line, span, spread } from '../components/line.ts';
import { costOfUse, costWords, hostOf } from '../core/api/endpoint.ts';
import type { EndpointLabel } from '../core/run/events.ts';
import { visible } from '../core/visible.ts';
import type { AskedInFile } from './place.ts';

export interface HeaderView {
  /** Where one is, such as `Streaming › 3b what a chunk is`; empty at home. */
  readonly place: string;
  readonly endpoint: EndpointLabel;
  readonly model: string;
  /** Whom the run of a file asked that is looked at: it says nothing of what is in use. */
  readonly file?: AskedInFile | null;
  readonly done: number;
  readonly total: number;
  readonly width: number;
}

/** The first row: where one is, and what is in use. */
export function header({ place, endpoint, model, file, done, total, width }: HeaderView): Line {
  const count = width >= 76 ? `${done} of ${total}` : '';
  const right = file ? askedInFile(file, count) : inUse(endpoint, model, count);
  return spread([span(' First Token', 'title'), span(place ? `   ${place}` : '')], right, width);
}

function inUse(endpoint: EndpointLabel, model: string, count: string): Line {
  const cost = costOfUse(endpoint);
  const where = visible(hostOf(endpoint)) + (cost === 'free' ? '' : `, ${costWords[cost]}`);
  return [
    span(where, cost === 'free' || cost === 'own' ? 'ok' : 'warn'),
    span(` · ${[visible(model), count].filter(Boolean).join(' · ')} `, 'muted'),
  ];
}

const askedInFile = ({ endpoint, model }: AskedInFile, count: string): Line => [
  span(
    `${[visible(endpoint ? hostOf(endpoint) : ''), visible(model ?? ''), count].filter(Boolean).join(' · ')} `,
    'muted',
  ),
];
