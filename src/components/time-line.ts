import { formatMs } from '../core/run/figures.ts';
import { type Moment, momentsOf } from '../core/run/moments.ts';
import type { StepSummary } from '../core/run/summary.ts';
import type { Look } from './box.ts';
import { blank, type Line, line, padEnd, span } from './line.ts';

interface Mark {
  readonly name: string;
  readonly ms: number;
}

/** The moments that have a mark, by the names that have room below it. */
const markNames: Partial<Record<Moment['name'], string>> = {
  headers: 'headers',
  'first content': 'first',
  'last content': 'last',
  end: 'end',
};

/** The marks of a request that are known so far, in order. */
function marksOf(step: StepSummary): readonly Mark[] {
  const sentMs = step.attempts[0]?.startMs;
  return [
    ...(sentMs === undefined ? [] : [{ name: 'sent', ms: sentMs }]),
    ...momentsOf(step).flatMap(({ name, atMs }) => {
      const short = markNames[name];
      return short ? [{ name: short, ms: atMs }] : [];
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
 * The phases of a request on a line of `width` cells: three rows of line, names and times. While the request
 * runs the line ends at `nowMs`, milliseconds since its step began.
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
  const room = width - 9;
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
    span(padEnd('', room - drawn.length)),
    span(total.padStart(9), step.outcome ? 'strong' : 'muted'),
  ];
  return [bar, ...labels(marks, at, width)];
}

/** Names and times below their marks, none over another. */
function labels(marks: readonly Mark[], at: (ms: number) => number, width: number): Line[] {
  let names = '';
  let times = '';
  let right = width;
  const placed = [...marks].reverse().map((mark) => {
    const time = mark.name === 'sent' ? '' : formatMs(mark.ms);
    const size = Math.max(mark.name.length, time.length);
    const start = Math.max(0, Math.min(at(mark.ms) - size + 1, right - size - 1));
    right = start;
    return { name: mark.name, time, start, size };
  });
  // What was pushed to the left edge by its right neighbours starts there; the others follow it.
  let edge = 0;
  for (const { name, time, start, size } of placed.reverse()) {
    const from = Math.max(start, edge);
    names = padEnd(names, from) + name.padStart(name === 'sent' ? 0 : size);
    times = padEnd(times, from) + time.padStart(name === 'sent' ? 0 : size);
    edge = from + size + 1;
  }
  return [line(names, 'muted'), line(times)];
}

/** The same in words, for one line or for a screen reader. */
export function timesInWords(step: StepSummary): Line {
  const parts = marksOf(step)
    .filter(({ name }) => name !== 'sent')
    .map(({ name, ms }) => `${name} ${formatMs(ms)}`);
  return line(parts.join(' · ') || 'waiting for the server', 'muted');
}
