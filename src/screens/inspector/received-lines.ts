import { blank, type Line, line } from '../../components/line.ts';
import { wrapText } from '../../components/wrap.ts';
import { receivedBody } from '../../core/inspect/bodies.ts';
import type { RunEventOf } from '../../core/run/events.ts';
import { contentType } from '../../core/run/failure.ts';
import type { StepSummary } from '../../core/run/summary.ts';
import { bodyLines, jsonText } from './body-lines.ts';
import { counted } from './counted.ts';
import type { Exchange } from './exchange-list.ts';
import { isOver, knowsReads, noReads, type TabView } from './tab.ts';

/** The body, if it is no stream; of a stream that an error ended, the event that said so. */
export function receivedLines(view: TabView, { step, attempt }: Exchange, width: number): readonly Line[] {
  if (attempt === null || attempt.status === null) return [];
  const { log, step: index, breaksOff } = view;
  const isLast = attempt === step.attempts.at(-1);
  const { events, chunks, reads, response } = log.rows(index);
  if (isLast && isStream(step)) {
    const isKnown = knowsReads({ summary: step });
    const inReads = isKnown ? ` in ${counted(reads.length, 'read')}` : '';
    const body = `body: a stream of ${counted(step.events, 'event')}${inReads}, ${step.bytes} B${breaksOff ? ', where the file breaks off' : endOf(step)}`;
    const said = isKnown ? body : `${body}. ${noReads}`;
    // While the stream goes on, the chunk of its last event may still come.
    const odd = step.outcome === null ? [] : oddEventLines(events.at(-1), chunks.length, width);
    return [...wrapText(said, width, 'muted'), ...odd];
  }
  const { text, bytes } = receivedBody(log, index, attempt.index);
  if (bytes > 0) return [line(`body, ${bytes} B`, 'muted'), ...bodyLines(text, '', width)];
  if (!isLast) return [line('no body: the SDK does not read it when it tries again', 'muted')];
  if (!response) return [line(isOver(view) ? 'no body' : 'no byte of the body yet', 'muted')];
  return [line('what the SDK gave', 'muted'), ...bodyLines(jsonText(response.body), '', width)];
}

const isStream = (step: StepSummary): boolean =>
  (step.status ?? 0) < 400 && (step.events > 0 || contentType(step).includes('event-stream'));

/** The last event, where it gave no chunk although it should have: an error that came in the stream. */
function oddEventLines(
  last: RunEventOf<'event'> | undefined,
  chunks: number,
  width: number,
): readonly Line[] {
  if (!last || last.index < chunks || last.data === '[DONE]') return [];
  return [
    blank,
    line(`event ${last.index}, which gave no chunk`, 'muted'),
    ...bodyLines(last.data, '', width),
  ];
}

const ends: Readonly<Record<NonNullable<StepSummary['outcome']>, string>> = {
  complete: '',
  'no-done': ', without [DONE] at its end',
  cut: ', then the connection broke',
  error: ', then an error',
  unsent: '',
  aborted: ', then you stopped it',
};

const endOf = ({ outcome }: StepSummary): string => (outcome === null ? ' so far' : ends[outcome]);
