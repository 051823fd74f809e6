import { adviceOn } from '../core/run/advice.ts';
import { shortMessage } from '../core/run/failure.ts';
import { formatMs } from '../core/run/figures.ts';
import type { StepSummary } from '../core/run/summary.ts';
import { visible } from '../core/visible.ts';
import { cellWidth, clip, type Line, line, padStart, span } from './line.ts';
import { wrapText } from './wrap.ts';

/** Each HTTP attempt of a step as a row, with the wait before it. */
export function attemptRows({ attempts, outcome }: StepSummary, width: number): Line[] {
  const last = attempts.at(-1);
  const isWaiting = outcome === null && last && (last.failedMs !== null || (last.status ?? 0) >= 400);
  return [
    line(' try        at      took   what came back', 'muted'),
    ...attempts.map((attempt, index): Line => {
      const endMs = attempt.headersMs ?? attempt.failedMs;
      const before = attempts[index - 1];
      const beforeEnd = before?.headersMs ?? before?.failedMs ?? null;
      const waited = beforeEnd === null ? '' : `   waited ${formatMs(attempt.startMs - beforeEnd)}`;
      const cells = [
        padStart(String(index + 1), 4),
        padStart(formatMs(attempt.startMs), 10),
        padStart(endMs === null ? '…' : formatMs(endMs - attempt.startMs), 10),
        '   ',
      ].join('');
      const said = attempt.status === null ? visible(attempt.failure ?? '…') : `HTTP ${attempt.status}`;
      const back = clip(said, width - cells.length);
      const isOk = attempt.status !== null && attempt.status < 400;
      const isOpen = endMs === null;
      return [
        span(cells),
        span(back, isOpen ? 'muted' : isOk ? 'ok' : 'error'),
        span(clip(waited, width - cells.length - cellWidth(back)), 'muted'),
      ];
    }),
    ...(isWaiting
      ? [line(`${padStart(String(attempts.length + 1), 4)}   waiting before the next try …`, 'muted')]
      : []),
  ];
}

/**
 * What the SDK threw, as a `catch` sees it, and what to try; of an odd end without an error only the latter.
 * With `rows` for it alone, the message takes what the others leave.
 */
export function errorCard(step: StepSummary, keptChars: number, width: number, rows?: number): Line[] {
  const { error, outcome } = step;
  const advice = adviceOn(step);
  const tries = advice === null ? [] : named('try', advice, width);
  if (!error) return tries;
  const fields: [string, string | number | null][] = [
    ['status', error.status],
    ['code', error.code],
    ['cause', error.cause],
  ];
  const known = fields.filter(([, value]) => value !== null);
  const kept =
    keptChars > 0
      ? `the ${keptChars} characters that had come`
      : outcome === 'unsent'
        ? 'nothing was sent'
        : 'nothing had come';
  const message = named('message', shortMessage(error), width);
  const others = known.length + tries.length + 2;
  return [
    [span(' thrown   ', 'muted'), span(visible(error.className), 'error')],
    ...known.map(
      ([name, value]): Line => [span(` ${name.padEnd(9)}`, 'muted'), span(visible(String(value)))],
    ),
    ...firstRows(message, rows === undefined ? mostRows : Math.max(2, rows - others)),
    ...tries,
    [span(' kept     ', 'muted'), span(kept)],
  ];
}

/** A name in the margin and a text wrapped beside it. */
const named = (name: string, text: string, width: number): Line[] =>
  wrapText(visible(text), width - 10).map(
    (part, row): Line => [span(row === 0 ? ` ${name.padEnd(9)}` : ' '.repeat(10), 'muted'), ...part],
  );

/** What a server says may be a whole page: beside an answer it gets so much. */
const mostRows = 6;

const firstRows = (rows: readonly Line[], most: number): readonly Line[] => {
  const more = rows.length - most + 1;
  return more < 2
    ? rows
    : [...rows.slice(0, most - 1), line(`${' '.repeat(10)}… ${more} more lines`, 'muted')];
};
