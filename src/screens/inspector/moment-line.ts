import { fitLine, type Line, mergeSpans, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { tickLabels } from '../../components/tick-labels.ts';
import { scaleFor } from '../../components/time-line.ts';
import { isRefused } from '../../core/inspect/exchange-rows.ts';
import { formatMs } from '../../core/run/figures.ts';
import { type Moment, momentsOf } from '../../core/run/moments.ts';
import type { AttemptSummary, StepSummary } from '../../core/run/summary.ts';
import { endingWords } from './ending-words.ts';

/** A moment that has a mark on the line, in milliseconds since its step began. */
interface Mark {
  readonly name: string;
  /** The name where there is little room. */
  readonly short: string;
  readonly ms: number;
  /** Of marks that have no room for their names, those with the least lose them first. */
  readonly weight: number;
}

const shortNames: Readonly<Record<Moment['name'], string>> = {
  headers: 'headers',
  'first event': 'event',
  'first content': 'first',
  'last content': 'last',
  end: 'end',
};

const weights: Readonly<Record<Moment['name'], number>> = {
  headers: 3,
  'first event': 1,
  'first content': 4,
  'last content': 2,
  end: 0,
};

/** What is known so far of when things happened, but for the end: each try, and what the last of them brought. */
const marksOf = (step: StepSummary): readonly Mark[] => [
  ...step.attempts.map(({ index, startMs }) => {
    const name = index === 0 ? 'sent' : `try ${index + 1}`;
    // The tries have rows of their own elsewhere.
    return { name, short: name, ms: startMs, weight: 0 };
  }),
  ...momentsOf(step)
    .filter(({ name }) => name !== 'end')
    .map(({ name, atMs }) => ({ name, short: shortNames[name], ms: atMs, weight: weights[name] })),
];

/** From this width on a line that is over takes all of it. */
const roomy = 100;

/** Cells for the time at the right end. */
const totalCells = 10;

interface Cell {
  char: string;
  style: Style;
}

/**
 * The moments of a request on a line of `width` cells: a row of line, with the moment `markMs` marked on it,
 * and below it two with names and times. It ends at `endMs`, where its file may break off; all
 * times are milliseconds since the step began.
 */
export function momentLine(
  step: StepSummary,
  endMs: number,
  markMs: number | null,
  width: number,
  breaksOff = false,
): Line[] {
  const room = width - totalCells;
  // A second at least while it runs: most answers take about that, and the scale then never changes.
  const round = scaleFor(step.endMs ?? Math.max(endMs, 501));
  // In little room what is left of a round time is room for the names at the end.
  const scale = step.endMs !== null && width >= roomy ? Math.max(1, step.endMs) : round;
  const at = (ms: number) => Math.max(0, Math.min(room - 1, Math.round((ms / scale) * (room - 1))));
  const cells = drawn(step, at, at(endMs));
  if (markMs !== null && markMs <= endMs) cells[at(markMs)] = { char: '●', style: 'accent' };
  const labels = marksOf(step).map(({ ms, ...mark }) => ({ ...mark, time: formatMs(ms), cell: at(ms) }));
  const [names, below] = tickLabels(labels, [room, width]);
  const isWell = (step.outcome === null && !breaksOff) || step.outcome === 'complete';
  return [
    [
      ...mergeSpans(cells.map(({ char, style }) => span(char, style))),
      span(' '.repeat(room - cells.length)),
      span(formatMs(endMs).padStart(totalCells), step.outcome === null ? 'muted' : 'strong'),
    ],
    [...fitLine(names!, room), span(ending(step, breaksOff).padStart(totalCells), isWell ? 'muted' : 'warn')],
    below!,
  ];
}

function ending({ outcome }: StepSummary, breaksOff: boolean): string {
  if (outcome === null) return breaksOff ? 'breaks off' : 'so far';
  return outcome === 'complete' ? 'end' : endingWords[outcome];
}

/** The line itself: each try from its start to what came back, dots for the waits between, text in its own colour. */
function drawn(step: StepSummary, at: (ms: number) => number, last: number): Cell[] {
  const { attempts, outcome } = step;
  const cells = Array.from({ length: last + 1 }, (): Cell => ({ char: '─', style: 'muted' }));
  const cellOf = (ms: number) => Math.min(last, at(ms));
  const put = (ms: number | null, char: string, style: Style = 'muted') => {
    if (ms !== null) cells[cellOf(ms)] = { char, style };
  };
  for (const [index, attempt] of attempts.entries()) {
    const next = attempts[index + 1];
    if (next)
      cells.fill(
        { char: '·', style: 'muted' },
        cellOf(backMs(attempt) ?? next.startMs),
        cellOf(next.startMs),
      );
    // What passes before the first try is the SDK's own work: the line begins with the step.
    put(attempt.startMs, index === 0 ? '┼' : '├');
    if (index === 0) put(0, '├');
  }
  if (step.firstContentMs !== null)
    cells.fill({ char: '─', style: 'assistant' }, cellOf(step.firstContentMs));
  put(step.headersMs, '┼');
  put(step.firstEventMs, '┼');
  put(step.firstContentMs, '┼', 'assistant');
  if (outcome !== null) put(step.lastContentMs, '┼', 'assistant');
  for (const attempt of attempts) if (isRefused(attempt)) put(backMs(attempt), '✗', 'error');
  if (outcome === 'complete') put(step.endMs, '┤');
  else if (outcome !== null) put(step.endMs, '✗', 'warn');
  return cells;
}

/** When an attempt was over, as far as the next one is concerned. */
const backMs = ({ headersMs, failedMs }: AttemptSummary): number | null => headersMs ?? failedMs;

/** The same in words, a moment a line, for a screen reader. */
export function momentsInWords(step: StepSummary, endMs: number, breaksOff = false): readonly string[] {
  const end = { name: ending(step, breaksOff), ms: endMs };
  return [...marksOf(step), end].map(({ name, ms }) => `${name} ${formatMs(ms)}`);
}
