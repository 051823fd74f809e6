import { formatMs } from '../core/run/figures.ts';
import { type Moment, momentsOf } from '../core/run/moments.ts';
import type { StepSummary } from '../core/run/summary.ts';
import type { Look } from './box.ts';
import { blank, type Line, line, span } from './line.ts';
import { tickLabels } from './tick-labels.ts';

interface Mark {
  readonly name: string;
  readonly ms: number;
  /** Of marks that have no room for their names, those with the least lose them first. */
  readonly weight: number;
}

/** The moments that have a mark, by the names that have room below it. */
const markNames: Partial<Record<Moment['name'], Omit<Mark, 'ms'>>> = {
  headers: { name: 'headers', weight: 2 },
  'first content': { name: 'first', weight: 3 },
  'last content': { name: 'last', weight: 1 },
  end: { name: 'end', weight: 0 },
};

/** The marks of a request that are known so far, in order. */
function marksOf(step: StepSummary): readonly Mark[] {
  const sentMs = step.attempts[0]?.startMs;
  return [
    ...(sentMs === undefined ? [] : [{ name: 'sent', ms: sentMs, weight: 0 }]),
    ...momentsOf(step).flatMap(({ name, atMs }) => {
      const mark = markNames[name];
      return mark ? [{ ...mark, ms: atMs }] : [];
    }),
  ];
}

const scales = [
  10, 20, 50, 100, 200, 500, 1000, 1500, 2000, 3000, 5000, 8000, 12_000, 20_000, 30_000, 60_000,
];

/** A round length of time that holds `ms`, so that the marks stay in their places while a run goes on. */
export const scaleFor = (ms: number): number =>
  scales.find((scale) => ms <= scale) ?? Math.ceil(ms / 60_000) * 60_000;

/**
 * The phases of a request on a line of `width` cells: a row of line, and below it two with
 * names and times. While the request runs the line ends at `nowMs`, milliseconds since its step began.
 */
export function timeLine(step: StepSummary | null, nowMs: number | null, width: number, look: Look): Line[] {
  if (!step || step.attempts.length === 0) {
    const text = step?.outcome === 'unsent' ? 'nothing was sent' : 'not sent yet';
    return look.isPlain
      ? [line(text, 'muted')]
      : [line('·'.repeat(width), 'muted'), line(text, 'muted'), blank];
  }
  const endMs = step.endMs ?? Math.max(nowMs ?? 0, step.lastChunkMs ?? 0, step.headersMs ?? 0);
  if (look.isPlain) return [timesInWords(step)];
  const total = formatMs(endMs);
  const room = width - lastCells;
  // A second at least while it runs: most answers take about that, and the scale then never changes.
  const scale = scaleFor(step.endMs ?? Math.max(endMs, 501));
  const at = (ms: number) => Math.min(room - 1, Math.round((ms / scale) * (room - 1)));
  const cells = Array.from({ length: at(endMs) + 1 }, () => '─');
  const marks = marksOf(step).filter(({ name }) => name !== 'end');
  for (const { ms } of marks) cells[at(ms)] = '┼';
  cells[0] = '├';
  if (step.outcome) cells[cells.length - 1] = '┤';
  const drawn = cells.join('');
  const firstCell = step.firstContentMs === null ? drawn.length : at(step.firstContentMs);
  const bar: Line = [
    span(drawn.slice(0, firstCell), 'muted'),
    span(drawn.slice(firstCell), 'assistant'),
    span(total.padStart(width - drawn.length), step.outcome ? 'strong' : 'muted'),
  ];
  const labels = marks.map(({ name, ms, weight }) => {
    const cell = at(ms);
    // At the beginning of the line the place says when.
    const time = name === 'sent' && cell === 0 ? '' : formatMs(ms);
    return { name, short: name, time, cell, weight };
  });
  return [bar, ...tickLabels(labels, [width, width])];
}

/** Behind the line there is room for the name of its last mark and for what it took in all. */
const lastCells = 14;

/** The same in words, for one line or for a screen reader. */
export function timesInWords(step: StepSummary): Line {
  const parts = marksOf(step)
    .filter(({ name }) => name !== 'sent')
    .map(({ name, ms }) => `${name} ${formatMs(ms)}`);
  return line(parts.join(' · ') || 'waiting for the server', 'muted');
}
