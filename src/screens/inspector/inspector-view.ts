import type { Look } from '../../components/box.ts';
import { blank, clipMiddle, fitRows, type Line, line, padEnd, span, within } from '../../components/line.ts';
import { textField } from '../../components/text-area.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import { untimedText } from '../../core/export/known-times.ts';
import { visible } from '../../core/visible.ts';
import { windowOf } from '../window.ts';
import type { Asking, Field } from './asking.ts';
import { assemblyTab } from './assembly-tab.ts';
import { chunksTab } from './chunks-tab.ts';
import { diffTab } from './diff-tab.ts';
import { placeLine, tabLine } from './head-lines.ts';
import type { Inspection } from './inspection.ts';
import type { InspectorModel } from './inspector-model.ts';
import { fileSaysOf } from './opened-run.ts';
import { replayLine } from './replay-line.ts';
import { requestTab } from './request-tab.ts';
import { responseTab } from './response-tab.ts';
import type { Tab, TabLayout, TabName, TabView } from './tab.ts';
import { timeTab } from './time-tab.ts';
import { wireTab } from './wire-tab.ts';

const tabs: Readonly<Record<Exclude<TabName, 'diff'>, Tab>> = {
  chunks: chunksTab,
  wire: wireTab,
  time: timeTab,
  request: requestTab,
  response: responseTab,
  assembly: assemblyTab,
};

/** The inspector's body in exactly `rows` rows: the tabs, the one that is open, and where in time it is. */
export function inspectorView(
  model: InspectorModel,
  width: number,
  rows: number,
  look: Look,
): readonly Line[] {
  const { inspection, asking, isLive, isHex } = model;
  if (asking.choices || !inspection) return fitRows(choiceLines(asking, width, rows), rows);
  const { log, step, selected, shown, scroll, finding, isWhole } = inspection;
  const summary = log.summary.steps[step] ?? null;
  const file = fileSaysOf(inspection.run);
  const head = [
    asking.field ? fieldLine(asking.field, ' ', width) : tabLine(inspection, width, look),
    placeLine(inspection, isLive, width),
  ];
  const foot = [replayLine(inspection, isLive, width, look)];
  const view = {
    log,
    step,
    summary,
    selected,
    shown,
    isHex,
    scroll,
    sought: finding.search?.sought ?? null,
    width: width - 2,
    rows: Math.max(1, rows - head.length - foot.length),
    look,
    file,
    breaksOff: file !== null && isWhole && summary?.outcome === null,
    memory: model.memory,
  };
  const { lines, ...extent } = openTab(inspection, isLive, view);
  inspection.extent = extent;
  const body = lines.map((row): Line => (row.length === 0 ? row : [span(' '), ...row]));
  return fitRows([...head, ...fitRows(body, view.rows), ...foot], rows).map((row) => within(row, width));
}

function openTab({ tab, run, step, other }: Inspection, isLive: boolean, view: TabView): TabLayout {
  if (tab === 'diff') {
    // Of the whole run, at whatever moment it is looked at.
    return diffTab(view, run, other, isLive && run.log.summary.steps[step]?.outcome == null);
  }
  const untimed = tab === 'time' && view.summary ? untimedText(view.summary) : null;
  if (untimed === null) return tabs[tab](view);
  return { lines: [blank, line(untimed, 'muted')], content: 0, window: view.rows, from: 0, markable: 0 };
}

/** A list over the run, or in its place. */
function choiceLines({ choices, field }: Asking, width: number, rows: number): Line[] {
  if (field) return [blank, fieldLine(field, '   ', width)];
  const { title = 'Nothing is open', labels = [], selected = 0 } = choices ?? {};
  const room = Math.max(1, rows - 4);
  const { from } = windowOf(labels.length, selected, room);
  return [
    line(`   ${title}`, 'title'),
    blank,
    ...(labels.length === 0 ? wrapParagraph(noRuns, width - 4, 'muted') : []).map(
      (row): Line => [span('   '), ...row],
    ),
    ...labels.slice(from, from + room).map((label, index): Line => {
      const isMarked = from + index === selected;
      const text = clipMiddle(visible(label), width - 6);
      return [
        span(isMarked ? ' › ' : '   ', 'accent'),
        span(isMarked ? padEnd(` ${text} `, 30) : ` ${text} `, isMarked ? 'selected' : 'text'),
      ];
    }),
  ];
}

const noRuns = 'There are none yet: run a lesson, or open a recording with O.';

/** A line that is typed, behind what it is for. */
function fieldLine({ title, editor }: Field, margin: string, width: number): Line {
  const before = `${margin}${title}: `;
  return [span(before, 'accent'), ...textField({ ...editor.present, width: width - before.length })];
}
