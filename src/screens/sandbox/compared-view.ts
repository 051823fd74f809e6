import { answerBox } from '../../components/answer-box.ts';
import {
  beside,
  blank,
  clip,
  fitRows,
  type Line,
  line,
  padEnd,
  padStart,
  span,
} from '../../components/line.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import { compareRows, textsApart } from '../../core/run/compare.ts';
import { visible } from '../../core/visible.ts';
import { comparedRun } from './sandbox-runs.ts';
import type { Sheet } from './sandbox-state.ts';
import type { SandboxView } from './sandbox-view.ts';

/** Two runs of one request side by side: their answers, and their figures with what differs marked. */
export function comparedView(
  view: SandboxView,
  { comparison, scroll }: Extract<Sheet, { kind: 'compared' }>,
): Line[] {
  const { model, session, columns, rows, look } = view;
  const log = session.runOf(comparedRun)?.log ?? null;
  const steps = log?.summary.steps ?? [];
  const isRunning = session.getSnapshot().running === comparedRun;
  const half = Math.floor((columns - 5) / 2);
  const boxRows = Math.max(5, Math.min(14, rows - 16));
  const nowMs = isRunning && log ? log.elapsedMs() : null;
  const answers = [0, 1].map((selected) =>
    answerBox(
      { log: steps[selected] ? log : null, selected, cursor: null, nowMs, width: half, look },
      boxRows,
    ),
  );
  const names = [comparison.first, comparison.second].map(
    (name, index): Line =>
      line(`${'AB'[index]}  ${clip(name, half - 4)}`, index === 0 ? 'user' : 'assistant'),
  );
  const tops = look.isPlain
    ? [names[0]!, ...answers[0]!, names[1]!, ...answers[1]!]
    : beside([names[0]!, ...answers[0]!], half, span('   '), [names[1]!, ...answers[1]!]);

  const figures = compareRows(steps[0] ?? null, steps[1] ?? null);
  const nameWidth = 20;
  const cell = Math.max(8, Math.min(26, Math.floor((columns - nameWidth - 12) / 2)));
  const table = figures.map(
    ({ label, first, second, isDifferent }): Line => [
      span(padEnd(label, nameWidth), 'muted'),
      span(padStart(clip(visible(first), cell), cell)),
      span(padStart(clip(visible(second), cell), cell + 2), isDifferent ? 'strong' : 'text'),
      span(isDifferent ? '  differs' : '', 'warn'),
    ],
  );
  const head = [
    span(padEnd('', nameWidth)),
    span(padStart('A', cell), 'user'),
    span(padStart('B', cell + 2), 'assistant'),
  ];
  const apart = steps[1]?.outcome && log ? textsApart(log.text(0), log.text(1)) : '';
  const lines = [
    ...tops,
    blank,
    head,
    ...table,
    ...(apart ? [blank, ...wrapParagraph(visible(apart), columns - 6)] : []),
  ];
  const window = rows;
  model.sheets.extent = { content: lines.length, window };
  const from = Math.max(0, Math.min(scroll, lines.length - window));
  return fitRows(
    lines.slice(from).map((row): Line => [span(' '), ...row]),
    rows,
  );
}
