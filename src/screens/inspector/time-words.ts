import { clip, type Line, line, lineWidth, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { wrapText } from '../../components/wrap.ts';
import { type EventText, eventText } from '../../core/inspect/event-text.ts';
import { type Gaps, leastStallMs, stallFactor } from '../../core/inspect/gaps.ts';
import { formatMs } from '../../core/run/figures.ts';
import type { StepSummary } from '../../core/run/summary.ts';
import { isOver, type TabView } from './tab.ts';

/** A moment that is marked: an event, mostly a chunk. */
interface Mark {
  readonly index: number;
  /** Milliseconds since the run began. */
  readonly at: number;
}

/** What the parts of the tab are drawn from. */
export interface Times {
  readonly view: TabView;
  readonly step: StepSummary;
  readonly gaps: Gaps;
  readonly mark: Mark | null;
  /** Milliseconds since the step began: its end, or now. */
  readonly endMs: number;
}

const styles: Readonly<Record<EventText['kind'], Style>> = {
  content: 'assistant',
  tool: 'tool',
  error: 'error',
  other: 'muted',
};

/** What is known of the marked chunk, or of an event that is none. */
export function markLine({ view, step, gaps, mark }: Times): Line {
  if (mark === null) {
    const said = view.breaksOff
      ? 'The file breaks off before the first chunk.'
      : 'waiting for the first chunk';
    return line(said, 'muted');
  }
  const rows = view.log.rows(view.step);
  const { chunks, events } = rows;
  const { index, at } = mark;
  const isChunk = index < chunks.length;
  const last = chunks.at(-1);
  const gapMs = gaps.before(index) ?? (!isChunk && last && at >= last.at ? at - last.at : null);
  const gap = gapMs === null ? '' : ` · ${formatMs(gapMs)} after #${Math.min(index, chunks.length) - 1}`;
  const isStall = gapMs !== null && gaps.stallMs !== null && gapMs > gaps.stallMs;
  const name = `${isChunk ? 'chunk' : 'event'} ${index}`;
  const head: Line = [
    span(view.look.isPlain ? name : `▲ #${index}`, 'accent'),
    span(` of 0–${Math.max(chunks.length, events.length) - 1} · at ${formatMs(at - step.offsetMs)}${gap}`),
    span(isStall ? ' · a stall' : '', 'warn'),
    span('   '),
  ];
  const { text, kind } = eventText(rows, index, isOver(view));
  return [...head, span(clip(text, view.width - lineWidth(head)), styles[kind])];
}

/** Cells of a name in the margin. */
const margin = 8;

/** A name in the margin, and what is said of it in the rest of the row. */
const named = (name: string, said: string, width: number, style: Style = 'text'): Line => [
  span(name.padEnd(margin), 'muted'),
  span(clip(said, width - margin), style),
];

/** The same in as many rows as it takes. */
const wrapped = (name: string, said: string, width: number, style: Style): Line[] =>
  wrapText(said, width - margin, style).map(
    (row, at): Line => [span((at === 0 ? name : '').padEnd(margin), 'muted'), ...row],
  );

/** The figures of the gaps, in three rows where there is room: what they are, which were stalls, and what makes a gap a stall. */
export function gapFigures({ view, step, gaps, endMs }: Times): readonly Line[] {
  const { medianMs, p95Ms, longest, stalls } = gaps;
  const said = (ms: number | null | undefined) => (ms == null ? '–' : formatMs(ms));
  const ended = ({ ms, index }: { ms: number; index: number }) => `${formatMs(ms)} before #${index}`;
  const largest = longest[0] ? ended(longest[0]) : '–';
  const stallMs = gaps.stallMs ?? leastStallMs;
  // Nothing came after it, so it is no gap between two chunks; but it may be the longest wait of all.
  const tailMs = step.lastChunkMs === null ? 0 : endMs - step.lastChunkMs;
  const tail = tailMs > stallMs ? [`${formatMs(tailMs)} after the last chunk${untilWhat(step, view)}`] : [];
  const count = stalls + tail.length;
  const which = [...tail, ...longest.slice(0, stalls).map(ended)].join(' · ');
  const found = count === 0 ? 'none' : String(count);
  const figures = `median ${said(medianMs)} · p95 ${said(p95Ms)} · largest ${largest}`;
  const rule = `A stall is over ${stallFactor} × the median of the others, and over ${leastStallMs} ms.`;
  const stalled = `${found} over ${formatMs(stallMs)}${which && `: ${which}`}`;
  return [
    ...wrapped('gaps', figures, view.width, 'text'),
    named('stalls', stalled, view.width, count > 0 ? 'warn' : 'text'),
    ...wrapped('', rule, view.width, 'muted'),
  ];
}

function untilWhat({ outcome }: StepSummary, { breaksOff }: TabView): string {
  if (outcome === null) return breaksOff ? ', where the file breaks off' : ', so far';
  if (outcome === 'complete') return '';
  return outcome === 'aborted' ? ', until it was stopped' : ', until it broke off';
}

/** How many chunks had text; tokens only as the total that is known. The less room, the fewer words. */
export function textFigures({ step }: Pick<Times, 'step'>, width: number): Line {
  const { usage, estimatedCompletionTokens: estimate, contentChunks } = step;
  const estimated = estimate === null ? '' : ` · ${estimate} tokens estimated`;
  const tokens = usage ? ` · ${usage.completion_tokens} tokens reported` : estimated;
  const chunks = `${contentChunks} ${contentChunks === 1 ? 'chunk' : 'chunks'}`;
  const forms = [`${chunks} with text`, chunks, String(contentChunks)].map((said) => said + tokens);
  return named('text', forms.find((said) => margin + said.length <= width) ?? forms.at(-1)!, width);
}

/** Why there is no gap to plot, or none that has a length; null where there is one. */
export function whyNoGaps({ view, step, gaps }: Times): string | null {
  if (gaps.count > 0) {
    return gaps.longest[0]!.ms > 0 ? null : 'All chunks came at the same moment: every gap is 0 ms.';
  }
  const { outcome, isStream, chunks } = step;
  if (view.breaksOff) return 'The file breaks off before two chunks came, so there are no gaps.';
  if (chunks === 1) {
    return outcome === null
      ? 'A gap lies between two chunks, and one has come so far.'
      : 'Only one chunk came. A gap lies between two, so there is nothing to plot.';
  }
  switch (outcome) {
    case null:
      return isStream
        ? 'A gap lies between two chunks, and none has come yet.'
        : 'A whole answer comes at once: no chunks, and no gaps between them.';
    case 'unsent':
      return 'Nothing was sent, so nothing came.';
    case 'complete':
      return isStream
        ? 'The stream brought no chunk, so there are no gaps.'
        : 'It came as a whole, not in chunks: there are no gaps.';
    default:
      return 'No chunk came, so there are no gaps. Response says why.';
  }
}
