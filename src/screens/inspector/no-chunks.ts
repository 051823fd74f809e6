import type { StepSummary } from '../../core/run/summary.ts';

/** What there is in place of chunks, where nothing of an answer can be shown, and the tab that tells more. */
export function whyNothing(step: StepSummary | null, breaksOff = false): string {
  if (breaksOff) return 'The file breaks off before a chunk came.';
  const attempt = step?.attempts.at(-1);
  if (step?.outcome === 'unsent') return 'Nothing was sent, so there are no chunks. Response says why.';
  if (!step || !attempt) return 'Nothing has been sent yet.';
  const { outcome, status } = step;
  if (isError(status)) {
    const soFar = outcome === null ? ' so far' : '';
    return `The server answered with HTTP ${status}, an error: there are no chunks${soFar}. Response shows it.`;
  }
  switch (outcome) {
    case null:
      if (attempt.failure !== null)
        return 'Nobody answered, so there are no chunks so far. Response says why.';
      return status === null ? 'Nothing has come yet.' : 'The headers are here; no chunk has come yet.';
    case 'aborted':
      return 'You stopped it before a chunk came.';
    case 'complete':
      return 'Nothing of the answer is here but its headers, which Response shows.';
    case 'no-done':
      return 'The stream ended before a chunk came.';
    case 'cut':
      return 'The connection broke before a chunk came. Response says how.';
    case 'error':
      return status === null
        ? 'There was no connection, so there are no chunks. Response says why.'
        : 'The SDK gave up before a chunk came. Response says why.';
  }
}

/** How an object came that is shown in place of chunks. */
export const inOnePiece = (status: number | null): string =>
  isError(status)
    ? `No chunks: the server answered with HTTP ${status}, an error, in one object.`
    : 'No chunks: this came as one object.';

/** Where a filter leaves nothing. */
export const noneOfKind = (isOver: boolean): string =>
  isOver ? 'No event of this stream is of that kind.' : 'No event of that kind has come yet.';

const isError = (status: number | null): boolean => (status ?? 0) >= 400;
