import type { Look } from '../components/box.ts';
import type { Highlighter } from '../components/highlight.ts';
import { beside, blank, fitRows, type Line, line, span, spread } from '../components/line.ts';
import { livePanel } from '../components/live-panel.ts';
import { openaiBaseURL } from '../core/api/endpoint.ts';
import type { Experiment } from '../core/lessons/types.ts';
import type { RunSummary } from '../core/run/summary.ts';
import type { Session } from '../core/session.ts';
import type { AppModel } from './app-model.ts';
import type { Extent } from './app-state.ts';
import { lessonPane } from './lesson-pane.ts';

/** From this many columns on, the lesson and the panel stand side by side. */
const wideColumns = 100;

export interface LessonView {
  readonly experiment: Experiment;
  readonly session: Session;
  readonly model: AppModel;
  readonly summary: RunSummary | null;
  readonly highlight: Highlighter;
  readonly columns: number;
  readonly rows: number;
  readonly look: Look;
}

/** The lesson screen's body in exactly `rows` rows, and what of it can be scrolled. */
export function lesson(view: LessonView): { readonly lines: readonly Line[]; readonly extent: Extent } {
  const { experiment, model, columns, rows } = view;
  const { side } = model.lessonState(experiment.id);
  if (columns >= wideColumns) {
    const left = Math.min(58, Math.floor((columns - 3) * 0.44));
    const text = textSide(view, left - 2, rows, side === 'lesson');
    const live = liveSide(view, columns - left - 3, rows);
    const lines = beside(text.lines.map(indent), left, span('│ ', 'muted'), live);
    return { lines, extent: text.extent };
  }
  const tab = (name: string, isOn: boolean) => span(` ${name} `, isOn ? 'selected' : 'muted');
  const tabs = spread(
    [span(` ${experiment.id}  ${experiment.title}`, 'title')],
    [tab('Lesson', side === 'lesson'), span(' '), tab('Live', side === 'live'), span(' ')],
    columns,
  );
  const text = textSide(view, columns - 2, rows - 1, side === 'lesson');
  const lines = side === 'lesson' ? text.lines : liveSide(view, columns - 2, rows - 1);
  return { lines: [tabs, ...lines.map(indent)], extent: { ...text.extent, isNarrow: true } };
}

const indent = (row: Line): Line => (row.length === 0 ? row : [span(' '), ...row]);

function textSide(
  { experiment, session, model, highlight, look }: LessonView,
  width: number,
  rows: number,
  isActive: boolean,
): { lines: Line[]; extent: Extent } {
  const { choice, scroll } = model.lessonState(experiment.id);
  const selected = model.shownStep(experiment.id);
  const { endpoint, running } = session.getSnapshot();
  const run = session.runOf(experiment.id);
  const content = lessonPane({
    experiment,
    run: running === experiment.id ? null : run,
    selected,
    sent: run?.log.summary.steps[selected]?.request ?? null,
    choice,
    language: session.progress.getSnapshot().language,
    highlight,
    baseURL: endpoint === 'openai' ? (session.keys.baseURL?.value ?? openaiBaseURL) : openaiBaseURL,
    width,
    look,
  });
  const extent: Extent = { isNarrow: false, content: content.length, window: rows };
  if (content.length <= rows) return { lines: fitRows(content, rows), extent };
  const window = rows - 1;
  const from = Math.min(scroll, content.length - window);
  const below = content.length - window - from;
  const more = below > 0 ? `↓ ${below} more` : `↑ ${from} above`;
  const hint = isActive ? `${more} · ↑↓ scrolls` : `${more} · Tab, then ↑↓`;
  return {
    lines: [...fitRows(content.slice(from, from + window), window), hint ? line(hint, 'muted') : blank],
    extent: { ...extent, window },
  };
}

function liveSide(
  { experiment, session, model, summary, look }: LessonView,
  width: number,
  rows: number,
): Line[] {
  const log = session.runOf(experiment.id)?.log ?? null;
  const isRunning = session.getSnapshot().running === experiment.id;
  return livePanel({
    experiment,
    log,
    summary,
    selected: model.shownStep(experiment.id),
    cursor: model.lessonState(experiment.id).cursor,
    keys: session.keys,
    nowMs: isRunning && log ? log.elapsedMs() : null,
    width,
    rows,
    look,
  });
}
