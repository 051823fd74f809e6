import type { AttemptSummary, StepSummary } from '../run/summary.ts';

/** A try as a whole. */
export interface AttemptRow {
  readonly kind: 'attempt';
  readonly attempt: AttemptSummary;
}

export interface HeaderRow {
  readonly kind: 'header';
  readonly attempt: AttemptSummary;
  readonly name: string;
  readonly value: string;
}

/** What of a request or its answer can be marked. */
export type ExchangeRow = AttemptRow | HeaderRow;

/** What can be marked of one side of a step: its headers, those of each try below the try where there were several. */
export function exchangeRows({ attempts }: StepSummary, side: 'sent' | 'received'): readonly ExchangeRow[] {
  return attempts.flatMap((attempt): ExchangeRow[] => {
    const headers = side === 'sent' ? attempt.sentHeaders : attempt.headers;
    const rows = headers.map(([name, value]): HeaderRow => ({ kind: 'header', attempt, name, value }));
    return attempts.length > 1 ? [{ kind: 'attempt', attempt }, ...rows] : rows;
  });
}

/** Whether an attempt failed, or was answered with an error: the SDK may then try again. */
export const isRefused = ({ failure, status }: AttemptSummary): boolean =>
  failure !== null || (status ?? 0) >= 400;
