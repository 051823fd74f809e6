import { type Line, span, spread } from '../components/line.ts';
import type { KeyReport } from '../core/api/keys.ts';
import { visible } from '../core/visible.ts';

export interface HeaderView {
  /** Where one is, such as `Streaming › 3b what a chunk is`; empty at home. */
  readonly place: string;
  readonly endpoint: 'practice' | 'openai';
  readonly keys: KeyReport;
  readonly model: string;
  readonly done: number;
  readonly total: number;
  readonly width: number;
}

/** The first row: where one is, and what is in use. */
export function header({ place, endpoint, keys, model, done, total, width }: HeaderView): Line {
  const isLive = endpoint === 'openai';
  const host = keys.baseURL ? hostOf(keys.baseURL.value) : 'OpenAI';
  const where = isLive ? `${host}, costs money` : 'practice';
  const count = width >= 76 ? ` · ${done} of ${total}` : '';
  return spread(
    [span(' First Token', 'title'), span(place ? `   ${place}` : '')],
    [span(where, isLive ? 'warn' : 'ok'), span(` · ${model}${count} `, 'muted')],
    width,
  );
}

function hostOf(url: string): string {
  const host = URL.canParse(url) ? new URL(url).host : url;
  return host === 'api.openai.com' ? 'OpenAI' : visible(host);
}
