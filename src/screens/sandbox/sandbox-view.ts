import type { Look } from '../../components/box.ts';
import type { Highlighter } from '../../components/highlight.ts';
import { beside, type Line, span, spread, within } from '../../components/line.ts';
import { livePanel, markableRows } from '../../components/live-panel.ts';
import type { Step } from '../../core/lessons/types.ts';
import type { ChatBody } from '../../core/run/request.ts';
import type { RunSummary } from '../../core/run/summary.ts';
import { readableBody } from '../../core/sandbox/draft.ts';
import type { Session } from '../../core/session.ts';
import { isWide } from '../lesson.ts';
import { requestView } from './request-view.ts';
import type { SandboxModel } from './sandbox-model.ts';
import { sandboxRun } from './sandbox-runs.ts';
import { sheetView } from './sheet-view.ts';

export interface SandboxView {
  readonly model: SandboxModel;
  readonly session: Session;
  readonly summary: RunSummary | null;
  readonly highlight: Highlighter;
  readonly columns: number;
  readonly rows: number;
  readonly look: Look;
}

/** The sandbox's body in exactly `rows` rows: the request and the live panel, or the sheet that lies over them. */
export function sandboxView(view: SandboxView): Line[] {
  const { model, columns, rows, look } = view;
  if (model.sheets.sheet) return sheetView(view, model.sheets.sheet).map((row) => within(row, columns));
  model.extent = { ...model.extent, page: rows, isNarrow: !isWide(columns, look) };
  if (isWide(columns, look)) {
    const left = Math.min(64, Math.floor((columns - 3) * 0.48), columns - 62);
    const request = requestView(model, left - 1, rows, look);
    return beside(request, left, span('│ ', 'muted'), live(view, columns - left - 3, rows));
  }
  const isLive = model.side === 'live' && !model.isTyping;
  const tab = (name: string, isOn: boolean) =>
    span(isOn && look.isPlain ? `[${name}]` : ` ${name} `, isOn ? 'selected' : 'muted');
  const tabs = spread(
    [span(' Sandbox', 'title')],
    [tab('Request', !isLive), span(' '), tab('Live', isLive), span(' ')],
    columns,
  );
  // Both are laid out: keys that move in the panel need its measure also while it is hidden.
  const panel = live(view, columns - 2, rows - 1);
  const shown = isLive
    ? panel.map((row): Line => (row.length === 0 ? row : [span(' '), ...row]))
    : requestView(model, columns - 1, rows - 1, look);
  return [tabs, ...shown];
}

function live({ model, session, summary, look }: SandboxView, width: number, rows: number): Line[] {
  const log = session.runOf(sandboxRun)?.log ?? null;
  const { running, endpoint } = session.getSnapshot();
  // What ran stands there as it ran, whatever has become of the draft.
  const ran = summary?.steps[0];
  const steps: readonly Step[] = [ran ? { id: ran.id, label: '', request: ran.request } : planned(model)];
  model.extent = { ...model.extent, markable: markableRows({}, log, 0) };
  return livePanel({
    experiment: { steps },
    log,
    summary,
    selected: 0,
    cursor: model.cursor,
    keys: session.keys,
    endpoint,
    ...(model.runs.isOlder && running !== sandboxRun && { note: 'of an earlier draft' }),
    nowMs: running === sandboxRun && log ? log.elapsedMs() : null,
    width,
    rows,
    look,
  });
}

/** The request as it stands now, for the panel before a run. */
const planned = (model: SandboxModel): Step => ({
  id: 'request',
  label: '',
  request: { kind: 'chat', body: readableBody(model.workbench.draft) as unknown as ChatBody },
});
