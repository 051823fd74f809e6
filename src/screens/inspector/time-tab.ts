import { beside, blank, fitRows, type Line, line, span } from '../../components/line.ts';
import { wrapText } from '../../components/wrap.ts';
import { binStartsMs, gapsOf } from '../../core/inspect/gaps.ts';
import { newestRow } from '../../core/inspect/newest-row.ts';
import { formatMs } from '../../core/run/figures.ts';
import { gapHistogram, gapPlot, histogramCells } from './gap-plots.ts';
import { blockOf, scrolledBlocks } from './list-and-detail.ts';
import { momentLine, momentsInWords } from './moment-line.ts';
import { notBegun } from './not-begun.ts';
import { axisRows } from './plot-axes.ts';
import { isOver, type Tab } from './tab.ts';
import { textPlot } from './text-plot.ts';
import { gapFigures, markLine, type Times, textFigures, whyNoGaps } from './time-words.ts';

/** When things happened: the moments of a request, the gaps between its chunks, and its text over time. */
export const timeTab: Tab = (view) => {
  const { log, step: index, summary: step, rows, width, look } = view;
  if (!step) return notBegun(view);
  const { chunks, events } = log.rows(index);
  const markable = Math.max(chunks.length, events.length);
  const marked = Math.min(view.selected ?? newestRow(log.rows(index), step), markable - 1);
  const at = (chunks[marked] ?? events[marked])?.at;
  // While a step goes on, what came last in the run came in it.
  const knownMs = (log.events.at(-1)?.at ?? 0) - step.offsetMs;
  const times: Times = {
    view,
    step,
    gaps: gapsOf(log, index),
    mark: at === undefined ? null : { index: marked, at },
    endMs: step.endMs ?? Math.max(knownMs, log.elapsedMs() - step.offsetMs),
  };
  // While a stream goes on the places of the plots are kept, so that nothing jumps.
  const hasGaps = times.gaps.count > 0 || ((step.isStream || chunks.length > 0) && !isOver(view));
  const lines = look.isPlain ? inWords(times) : hasGaps ? plotted(times) : withoutPlots(times);
  return { ...scrolledBlocks([blockOf(lines)], view.scroll, width, rows), markable };
};

function moments({ view, step, mark, endMs }: Times): Line[] {
  return momentLine(step, endMs, mark === null ? null : mark.at - step.offsetMs, view.width, view.breaksOff);
}

function withoutPlots(times: Times): Line[] {
  return [...moments(times), blank, ...(times.mark ? [markLine(times)] : []), ...noGapsSaid(times)];
}

function noGapsSaid(times: Times): Line[] {
  const said = whyNoGaps(times);
  return said === null ? [] : wrapText(said, times.view.width, 'muted');
}

/** From this width on, the histogram and the text stand side by side. */
const wideFrom = 100;

/** Made as tall as there are rows for; what has no room then is scrolled to. */
function plotted(times: Times): Line[] {
  const { view, gaps, mark } = times;
  const { width, rows } = view;
  const index = mark?.index ?? null;
  const isWide = width >= wideFrom;
  const plots = isWide ? 2 : 3;
  const figures = gapFigures(times);
  const said = noGapsSaid(times);
  // All that is no column: the moments, the mark, the figures, and the heading and the axis of each plot.
  const fixed = 3 + 1 + figures.length + axisRows + (plots - 1) * (1 + axisRows);
  const breaks = rows >= fixed + plots * 2 + 4 ? [blank] : [];
  const height = Math.floor((rows - fixed - breaks.length * (plots + 1)) / plots);
  const columns = Math.max(2, Math.min(10, height));
  const left = isWide ? histogramCells + 4 : width;
  const histogram = [
    line('how many gaps of which length, in ms and s', 'muted'),
    ...gapHistogram(gaps, index, width, columns),
  ];
  const text = [
    textFigures(times, isWide ? width - left : width),
    ...textPlot(gaps, stretch(times), isWide ? width - left : width, columns),
  ];
  return [
    ...moments(times),
    ...breaks,
    markLine(times),
    ...breaks,
    ...figures,
    ...(said.length > 0 ? fitRows(said, columns + axisRows) : gapPlot(gaps, index, width, columns)),
    ...breaks,
    ...(isWide ? beside(histogram, left, span(''), text) : [...histogram, ...breaks, ...text]),
  ];
}

const stretch = ({ view, step, mark, endMs }: Times) => ({
  fromMs: step.offsetMs + (step.firstEventMs ?? step.headersMs ?? 0),
  toMs: step.offsetMs + endMs,
  markMs: mark?.at ?? null,
  isOver: isOver(view),
  offsetMs: step.offsetMs,
});

/** The same for a screen reader: no plots, but what they show. */
function inWords(times: Times): Line[] {
  const { view, step, gaps, endMs } = times;
  const lines = momentsInWords(step, endMs, view.breaksOff).map((text) => line(text));
  if (step.chunks === 0) return [...lines, ...noGapsSaid(times)];
  const bins = gaps.bins.flatMap((count, bin) => (count === 0 ? [] : [`${binInWords(bin)}: ${count}`]));
  const half = view.log.rows(view.step).chunks[gaps.chunkOfText(step.contentChunks / 2)];
  return [
    ...lines,
    markLine(times),
    ...noGapsSaid(times),
    ...(bins.length > 0
      ? [...gapFigures(times), ...wrapText(`gaps by length: ${bins.join(' · ')}`, view.width)]
      : []),
    ...(half && step.contentChunks > 0
      ? [textFigures(times, view.width), line(`half of it by ${formatMs(half.at - step.offsetMs)}`)]
      : []),
  ];
}

function binInWords(bin: number): string {
  const [from, to] = [binStartsMs[bin]!, binStartsMs[bin + 1]];
  return to === undefined ? `${formatMs(from)} and more` : `${formatMs(from)} to ${formatMs(to)}`;
}
