import type { Line } from '../../components/line.ts';
import { scaleFor } from '../../components/time-line.ts';
import type { Gaps } from '../../core/inspect/gaps.ts';
import { columns, roundTop } from '../../core/inspect/plot.ts';
import { formatMs } from '../../core/run/figures.ts';
import { gutter, withAxes } from './plot-axes.ts';

/** A stretch of a run, in milliseconds since the run began. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** The marked moment. */
  readonly markMs: number | null;
  /** When the step began: what is written counts from there. */
  readonly offsetMs: number;
  /** Nothing more comes behind it. */
  readonly isOver: boolean;
}

/** How many chunks with text had come, over time. While more may come the axis is a round time long, so that it seldom changes. */
export function textPlot(
  gaps: Gaps,
  { fromMs, toMs, markMs, offsetMs, isOver }: Stretch,
  width: number,
  height: number,
): Line[] {
  const room = width - gutter;
  const knownMs = Math.max(1, toMs - fromMs);
  const lengthMs = isOver ? knownMs : scaleFor(knownMs);
  const cellOf = (ms: number) =>
    Math.max(0, Math.min(room - 1, Math.floor(((ms - fromMs) / lengthMs) * room)));
  const last = cellOf(toMs);
  const values = Array.from({ length: last + 1 }, (_, cell) =>
    gaps.textsAt(cell === last ? toMs : fromMs + ((cell + 1) / room) * lengthMs),
  );
  const top = roundTop(values.at(-1)!);
  const place = markMs === null ? null : cellOf(markMs);
  return withAxes(
    columns(values, top, height),
    {
      top: String(top),
      bottom: '0',
      mark: place === null ? null : { cell: place, text: formatMs(markMs! - offsetMs) },
      first: formatMs(fromMs - offsetMs),
      last: formatMs(fromMs + lengthMs - offsetMs),
      lastCell: room - 1,
      stalls: [],
    },
    width,
    (at) => (at === place ? 'strong' : 'assistant'),
  );
}
