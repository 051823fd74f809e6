import { blank, cellWidth, clip, type Line, line, padEnd, span } from '../../components/line.ts';
import { type ExchangeRow, exchangeRows, type HeaderRow } from '../../core/inspect/exchange-rows.ts';
import type { AttemptSummary, StepSummary } from '../../core/run/summary.ts';
import { visible } from '../../core/visible.ts';
import { within } from '../clamp.ts';
import { counted } from './counted.ts';
import { isWaiting, markedLine, tryRows } from './try-rows.ts';

/** One side of a request and its answer, with what is marked of it. */
export interface Exchange {
  readonly step: StepSummary;
  readonly rows: readonly ExchangeRow[];
  /** The marked row; null while none is. */
  readonly marked: ExchangeRow | null;
  /** The try that is looked at: that of the marked row, or the last; null where there was none. */
  readonly attempt: AttemptSummary | null;
}

/** The rows of a side, and what is looked at. */
export function exchangeOf(step: StepSummary, side: 'sent' | 'received', selected: number | null): Exchange {
  const rows = exchangeRows(step, side);
  const marked = selected === null ? null : (rows[within(selected, rows.length - 1)] ?? null);
  return { step, rows, marked, attempt: marked?.attempt ?? step.attempts.at(-1) ?? null };
}

/** The tries, where there are several, and the headers of the one that is looked at, in at most `height` rows. */
export function exchangeList(exchange: Exchange, width: number, height: number): Line[] {
  const { step, rows, marked, attempt } = exchange;
  if (!attempt) return [];
  const headers = rows.filter((row) => row.kind === 'header').filter((row) => row.attempt === attempt);
  const { lines: tries, more } = triesIn(exchange, attempt, headers.length, width, height - 1);
  const none = step.knownTimes === 'all' ? 'no headers' : 'no headers in the file';
  const count = headers.length === 0 ? none : counted(headers.length, 'header');
  const whose = step.attempts.length > 1 ? ` of try ${attempt.index + 1}` : '';
  const rest = more === 0 ? '' : `… ${more} more ${more === 1 ? 'try' : 'tries'} · `;
  const room = Math.max(0, height - tries.length - 1);
  const at = marked?.kind === 'header' ? headers.indexOf(marked) : 0;
  const from = within(at - Math.floor(room / 2), headers.length - room);
  return [
    ...tries,
    line(rest + count + whose + (room < headers.length ? ' · ↑↓ shows each' : ''), 'muted'),
    ...headerRows(headers.slice(from, from + room), marked, nameCellsOf(headers, width), width),
  ].slice(0, height);
}

/**
 * The tries in a table, in at most `rows` rows with a few of them left to the headers, if there are enough; else those
 * around the one that is looked at, and how many more there are.
 */
function triesIn(
  { step, marked }: Exchange,
  attempt: AttemptSummary,
  headers: number,
  width: number,
  rows: number,
): { readonly lines: readonly Line[]; readonly more: number } {
  if (step.attempts.length === 1 && !isWaiting(step)) return { lines: [], more: 0 };
  const [heading, ...tries] = tryRows(step, attempt, marked?.kind === 'attempt', width);
  if (1 + tries.length < rows - Math.min(3, headers)) return { lines: [heading!, ...tries, blank], more: 0 };
  // The headers are counted, and one that is marked is seen.
  const room = rows - (marked?.kind === 'header' ? 1 : 0);
  const shown = Math.max(1, room - 1);
  const from = within(step.attempts.indexOf(attempt) - Math.floor((shown - 1) / 2), tries.length - shown);
  const lines = tries.slice(from, from + shown);
  // Behind the tries there may be a row that says that another one is to come.
  const more = step.attempts.length - Math.min(shown, step.attempts.length - from);
  return { lines: room > 1 ? [heading!, ...lines] : lines, more };
}

const nameCellsOf = (headers: readonly HeaderRow[], width: number): number =>
  Math.min(Math.max(0, ...headers.map(({ name }) => cellWidth(visible(name)))), Math.floor(width * 0.45)) + 2;

function headerRows(
  headers: readonly HeaderRow[],
  marked: ExchangeRow | null,
  nameCells: number,
  width: number,
): Line[] {
  return headers.map((row): Line => {
    const name = padEnd(clip(visible(row.name), nameCells - 1), nameCells);
    const value = clip(visible(row.value), width - 2 - nameCells);
    return row === marked ? markedLine(name + value, width) : [span('  '), span(name, 'name'), span(value)];
  });
}
