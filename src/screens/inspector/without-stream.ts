import { blank, type Line, line } from '../../components/line.ts';
import { wrapParagraph, wrapText } from '../../components/wrap.ts';
import { type Twin, wholeTwin } from '../../core/inspect/twin.ts';
import type { RunLog } from '../../core/run/log.ts';
import type { StepSummary } from '../../core/run/summary.ts';
import { visible } from '../../core/visible.ts';

/** What the call without a stream returns, and how this differs, once the stream is over. */
export function withoutStream(log: RunLog, step: StepSummary, width: number): Line[] {
  if (step.outcome === null) return [];
  const said = (text: string) => wrapParagraph(text, width);
  const twin = wholeTwin(log, step.index);
  return [
    blank,
    line('and without a stream?', 'strong'),
    ...broken(step, said),
    ...(twin ? comparedWith(twin, width) : foretold(step, said)),
  ];
}

/** Without another request to compare with: what is always so. */
const foretold = ({ usage }: StepSummary, said: (text: string) => Line[]): Line[] => [
  ...said(
    'Without `stream` the same call returns such an object as a whole: what the `delta` of each chunk brings is there in one `message`, and `object` is `chat.completion`.',
  ),
  ...(usage
    ? []
    : said('It has `usage` as well; a stream brings that only if `stream_options` asks for it.')),
];

function comparedWith({ index, differences }: Twin, width: number): Line[] {
  const said = (text: string) => wrapParagraph(text, width);
  const asked = `Request ${index + 1} of this run asked for the same without \`stream\``;
  if (differences.length === 0) {
    return said(`${asked}, and got the same object; only ids and times are others.`);
  }
  return [
    ...said(`${asked}. What it got differs:`),
    ...differences.flatMap((text) => wrapText(visible(text), width)),
  ];
}

function broken({ outcome, finishReason }: StepSummary, said: (text: string) => Line[]): Line[] {
  if (outcome === 'complete' || finishReason) return [];
  const how = outcome === 'aborted' ? 'was stopped' : 'broke off';
  return said(`This stream ${how}, so the object is not whole: no chunk said \`finish_reason\`.`);
}
