import { wrapParagraph } from '../../components/wrap.ts';
import { standingOf } from '../../core/inspect/standing.ts';
import type { StepSummary } from '../../core/run/summary.ts';
import { within } from '../clamp.ts';
import { stepLines } from './assembly-steps.ts';
import { blockOf, listAndDetail, scrolledBlocks } from './list-and-detail.ts';
import { notBegun } from './not-begun.ts';
import { standingLines } from './standing-lines.ts';
import type { Tab, TabView } from './tab.ts';
import { withoutStream } from './without-stream.ts';

/** How the chunks add up: what each of them added, and the object as it stands after the marked one. */
export const assemblyTab: Tab = (view) => {
  const { log, summary: step, width, rows, look } = view;
  if (!step) return notBegun(view);
  const { chunks, events } = log.rows(view.step);
  const markable = Math.max(chunks.length, events.length);
  if (chunks.length === 0) {
    const said = blockOf(wrapParagraph(withoutChunks(step, view), width, 'muted'));
    return { ...scrolledBlocks([said], view.scroll, width, rows), markable };
  }
  const assembled = {
    standing: standingOf(log, view.step),
    count: chunks.length,
    marked: within(view.selected ?? chunks.length - 1, chunks.length - 1),
  };
  const layout = listAndDetail(
    view,
    (columns, height) => stepLines(assembled, columns, height),
    (columns, height) => [
      blockOf(standingLines(assembled, columns, height, look.isPlain)),
      blockOf(withoutStream(log, step, columns)),
    ],
  );
  return { ...layout, markable };
};

function withoutChunks({ isStream, outcome }: StepSummary, { breaksOff }: TabView): string {
  if (isStream && breaksOff) return 'The file breaks off before the first chunk.';
  if (isStream && outcome === null) return 'waiting for the first chunk';
  if (isStream) return 'No chunk came: there is nothing to add up.';
  return 'There are no chunks to add up: without `stream` the object comes as a whole. Response shows it.';
}
