import type { Look } from '../components/box.ts';
import type { Highlighter } from '../components/highlight.ts';
import { beside, fitRows, type Line, line, span, spread } from '../components/line.ts';
import { livePanel } from '../components/live-panel.ts';
import { openaiBaseURL, openaiKeyName } from '../core/api/endpoint.ts';
import type { Experiment, StepTarget } from '../core/lessons/types.ts';
import type { RunSummary, StepSummary } from '../core/run/summary.ts';
import type { Session } from '../core/session.ts';
import type { AppModel } from './app-model.ts';
import type { Extent } from './app-state.ts';
import { keyNameAt } from './endpoints/endpoints-state.ts';
import { type LessonPane, type LessonPaneView, lessonPane } from './lesson-pane.ts';

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

/** A screen reader reads row by row: two texts side by side would be read into each other. */
export const isWide = (columns: number, look: Look): boolean => columns >= wideColumns && !look.isPlain;

/** The lesson screen's body in exactly `rows` rows, and what of it can be scrolled. */
export function lesson(view: LessonView): { readonly lines: readonly Line[]; readonly extent: Extent } {
  const { experiment, model, columns, rows, look } = view;
  const { side } = model.lessonState(experiment.id);
  if (isWide(columns, look)) {
    // The panel's figures need a certain width; what is left goes to the text, which wraps.
    const left = Math.min(58, Math.floor((columns - 3) * 0.44), columns - 62);
    const text = textSide(view, left - 2, rows, side === 'lesson');
    const live = liveSide(view, columns - left - 3, rows);
    const lines = beside(text.lines.map(indent), left, span('│ ', 'muted'), live);
    return { lines, extent: text.extent };
  }
  // In words as well: a screen reader hears no inverse.
  const tab = (name: string, isOn: boolean) =>
    span(isOn && look.isPlain ? `[${name}]` : ` ${name} `, isOn ? 'selected' : 'muted');
  const tabs = spread(
    [span(` ${experiment.id}`, 'title'), span(`  ${experiment.title}`, 'strong')],
    [
      tab(`Lesson${verdictMark(view)}`, side === 'lesson'),
      span(' '),
      tab('Live', side === 'live'),
      span(' '),
    ],
    columns,
  );
  const text = textSide(view, columns - 2, rows - 1, side === 'lesson');
  const lines = side === 'lesson' ? text.lines : liveSide(view, columns - 2, rows - 1);
  return { lines: [tabs, ...lines.map(indent)], extent: { ...text.extent, isNarrow: true } };
}

/** How the guess did, for the tab that hides it. */
function verdictMark({ experiment, session }: LessonView): string {
  const run = session.runOf(experiment.id);
  if (!run || session.getSnapshot().running === experiment.id) return '';
  const answer = experiment.prediction.answer(run.log);
  if (answer === null) return '';
  return run.guess === null ? ' •' : run.guess === answer ? ' ✓' : ' ✗';
}

/** Where the code sends its request: trouble made to order is to be had on this machine only. */
function codePlace(session: Session, target: StepTarget = 'endpoint', ran: StepSummary | undefined) {
  if (target !== 'endpoint') {
    return { baseURL: ran?.target.baseURL ?? 'http://127.0.0.1:4010/v1', keyName: openaiKeyName };
  }
  const { endpoint } = session.getSnapshot();
  const baseURL = endpoint.kind === 'practice' ? openaiBaseURL : endpoint.baseURL;
  return { baseURL, keyName: keyNameAt(session, endpoint) };
}

const indent = (row: Line): Line => (row.length === 0 ? row : [span(' '), ...row]);

let lastPane: { readonly view: LessonPaneView; readonly pane: LessonPane } | null = null;

/** The text stays the same for all the frames of a run: it is laid out anew only when something in it changes. */
function rememberedPane(view: LessonPaneView): LessonPane {
  const names = Object.keys(view) as (keyof LessonPaneView)[];
  if (!lastPane || names.some((name) => lastPane?.view[name] !== view[name])) {
    lastPane = { view, pane: lessonPane(view) };
  }
  return lastPane.pane;
}

function textSide(
  { experiment, session, model, highlight, columns, look }: LessonView,
  width: number,
  rows: number,
  isActive: boolean,
): { lines: Line[]; extent: Extent } {
  const { choice, scroll } = model.lessonState(experiment.id);
  const selected = model.shownStep(experiment.id);
  const { running } = session.getSnapshot();
  const run = session.runOf(experiment.id);
  const {
    lines: content,
    question,
    code,
  } = rememberedPane({
    experiment,
    run: running === experiment.id ? null : run,
    selected,
    sent: run?.log.summary.steps[selected]?.request ?? null,
    choice,
    language: session.progress.getSnapshot().language,
    highlight,
    hasTitle: isWide(columns, look),
    ...codePlace(session, experiment.steps[selected]?.target, run?.log.summary.steps[selected]),
    width,
    look,
  });
  const isOver = run !== null && running !== experiment.id;
  if (content.length <= rows) {
    const extent = { isNarrow: false, content: content.length, window: rows, from: 0 };
    return { lines: fitRows(content, rows), extent };
  }
  const window = rows - 1;
  const verdict = isOver ? Math.max(0, Math.min(question.from, question.to - window)) : 0;
  const from = Math.min(scroll ?? verdict, content.length - window);
  const below = content.length - window - from;
  const more = below > 0 ? `↓ ${below} more` : `↑ ${from} above`;
  const hint = isActive ? `${more} · ↑↓ scrolls` : `${more} · Tab, then ↑↓`;
  return {
    lines: [...fitRows(content.slice(from, from + window), window), line(hint, 'muted')],
    extent: { isNarrow: false, content: content.length, window, from, code },
  };
}

function liveSide(
  { experiment, session, model, summary, look }: LessonView,
  width: number,
  rows: number,
): Line[] {
  const log = session.runOf(experiment.id)?.log ?? null;
  const { running, endpoint } = session.getSnapshot();
  return livePanel({
    experiment,
    log,
    summary,
    selected: model.shownStep(experiment.id),
    cursor: model.lessonState(experiment.id).cursor,
    keys: session.keys,
    endpoint,
    keyName: keyNameAt(session, endpoint),
    nowMs: running === experiment.id && log ? log.elapsedMs() : null,
    width,
    rows,
    look,
  });
}
