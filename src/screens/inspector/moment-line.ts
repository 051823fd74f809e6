import { type Line, line, type Span, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { scaleFor } from '../../components/time-line.ts';
import { isRefused } from '../../core/inspect/exchange-rows.ts';
import { placeLabels } from '../../core/inspect/plot.ts';
import { formatMs } from '../../core/run/figures.ts';
import { type Moment, momentsOf } from '../../core/run/moments.ts';
import type { AttemptSummary, StepSummary } from '../../core/run/summary.ts';

/** A moment that has a mark on the line, in milliseconds since its step began. */
interface Mark {
  readonly name: string;
  /** The name where there is little room. */
  readonly short: string;
  readonly ms: number;
}

const shortNames: Readonly<Record<Moment['name'], string>> = {
  headers: 'headers',
  'first event': 'event',
  'first content': 'first',
  'last content': 'last',
  end: 'end',
};

/** What is known so far of when things happened, but for the end: each further try, and what the last of them brought. */
const marksOf = (step: StepSummary): readonly Mark[] => [
  ...step.attempts.slice(1).map(({ index, startMs }) => {
    const name = `try ${index + 1}`;
    return { name, short: name, ms: startMs };
  }),
  ...momentsOf(step)
    .filter(({ name }) => name !== 'end')
    .map(({ name, atMs }) => ({ name, short: shortNames[name], ms: atMs })),
];

const endings: Readonly<Record<NonNullable<StepSummary['outcome']>, string>> = {
  complete: 'end',
  'no-done': 'no [DONE]',
  cut: 'cut',
  error: 'error',
  unsent: 'unsent',
  aborted: 'stopped',
};

/** Cells for the time at the right end. */
const totalCells = 10;

interface Cell {
  char: string;
  style: Style;
}

/**
 * The moments of a request on a line of `width` cells: three rows of line, names and times, with the moment `markMs`
 * marked on it. It ends at `endMs`; all times are milliseconds since the step began.
 */
export function momentLine(step: StepSummary, endMs: number, markMs: number | null, width: number): Line[] {
  const room = width - totalCells;
  // A second at least while it runs: most answers take about that, and the scale then never changes.
  const scale = scaleFor(step.endMs ?? Math.max(endMs, 501));
  const at = (ms: number) => Math.max(0, Math.min(room - 1, Math.round((ms / scale) * (room - 1))));
  const cells = drawn(step, at, at(endMs));
  if (markMs !== null && markMs <= endMs) cells[at(markMs)] = { char: '●', style: 'accent' };
  const marks = fitting(marksOf(step), room);
  const row = (textOf: (mark: Mark) => string) => {
    const labels = marks.map((mark) => ({
      text: textOf(mark).padStart(labelCells(mark)),
      cell: at(mark.ms),
    }));
    return placeLabels(labels, room).padEnd(room);
  };
  const isWell = step.outcome === null || step.outcome === 'complete';
  return [
    [
      ...spansOf(cells),
      span(' '.repeat(room - cells.length)),
      span(formatMs(endMs).padStart(totalCells), step.outcome === null ? 'muted' : 'strong'),
    ],
    [
      span(
        row(({ name }) => name),
        'muted',
      ),
      span(ending(step).padStart(totalCells), isWell ? 'muted' : 'warn'),
    ],
    line(row(({ ms }) => formatMs(ms))),
  ];
}

const ending = ({ outcome }: StepSummary): string => (outcome === null ? 'so far' : endings[outcome]);

/** A name and its time stand below each other, as wide as the longer of them. */
const labelCells = ({ name, ms }: Mark): number => Math.max(name.length, formatMs(ms).length);

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
    put(index === 0 ? 0 : attempt.startMs, '├');
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

function spansOf(cells: readonly Cell[]): Span[] {
  const spans: Span[] = [];
  for (const { char, style } of cells) {
    const last = spans.at(-1);
    if (last?.style === style) spans[spans.length - 1] = span(last.text + char, style);
    else spans.push(span(char, style));
  }
  return spans;
}

/** The marks with names short enough for all to stand side by side, or those of them that do. */
function fitting(marks: readonly Mark[], room: number): readonly Mark[] {
  const cells = (some: readonly Mark[]) => some.reduce((sum, mark) => sum + labelCells(mark) + 1, -1);
  if (cells(marks) <= room) return marks;
  const short = marks.map((mark) => ({ ...mark, name: mark.short }));
  // The tries have rows of their own elsewhere.
  return cells(short) <= room ? short : short.filter(({ name }) => !name.startsWith('try'));
}

/** The same in words, a moment a line, for a screen reader. */
export function momentsInWords(step: StepSummary, endMs: number): readonly string[] {
  const end = { name: ending(step), ms: endMs };
  return [...marksOf(step), end].map(({ name, ms }) => `${name} ${formatMs(ms)}`);
}
