import { clip, type Line, line, padEnd, padStart, span } from '../../components/line.ts';
import { isRefused } from '../../core/inspect/exchange-rows.ts';
import { retries } from '../../core/inspect/retries.ts';
import { formatMs } from '../../core/run/figures.ts';
import type { AttemptSummary, StepSummary } from '../../core/run/summary.ts';
import { visible } from '../../core/visible.ts';

/** Whether the SDK waits before it tries again, or is about to give up. */
export const isWaiting = ({ outcome, attempts }: StepSummary): boolean =>
  outcome === null && attempts.length > 0 && isRefused(attempts.at(-1)!);

/**
 * Each try in a row below a heading: how long the SDK had waited before it, when it was, and what came back.
 *
 * @param here the try that is looked at
 * @param isMarked whether its row is the marked one
 */
export function tryRows(step: StepSummary, here: AttemptSummary, isMarked: boolean, width: number): Line[] {
  const waits = new Map(retries(step).map(({ attempt, waitedMs }) => [attempt, formatMs(waitedMs)]));
  return [
    line(clip(`  ${cells('try', 'waited', 'at', 'took')}what came back`, width), 'muted'),
    ...step.attempts.map((attempt): Line => {
      const { index, startMs, status, failure } = attempt;
      const endMs = attempt.headersMs ?? attempt.failedMs;
      const isBack = status !== null || failure !== null;
      const took = endMs === null ? (isBack ? '–' : '…') : formatMs(endMs - startMs);
      const head = cells(String(index + 1), waits.get(index) ?? '–', formatMs(startMs), took);
      const back = clip(
        status === null ? visible(failure ?? '…') : `HTTP ${status}`,
        width - 2 - head.length,
      );
      if (isMarked && attempt === here) return markedLine(head + back, width);
      const style = !isBack ? 'muted' : isRefused(attempt) ? 'error' : 'ok';
      return [span(attempt === here ? '› ' : '  ', 'accent'), span(head), span(back, style)];
    }),
    ...(isWaiting(step) ? [line('  waiting before the next try …', 'muted')] : []),
  ];
}

const cells = (number: string, ...times: readonly string[]): string =>
  `${padStart(number, 3)}${times.map((time) => padStart(time, 10)).join('')}   `;

/** A row that is marked, over the whole width. */
export const markedLine = (text: string, width: number): Line => [
  span('› ', 'accent'),
  span(padEnd(clip(text, width - 2), width - 2), 'selected'),
];
