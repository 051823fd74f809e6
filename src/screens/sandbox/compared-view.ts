import { answerBox } from '../../components/answer-box.ts';
import { beside, blank, clip, type Line, line, padEnd, padStart, span } from '../../components/line.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import { type ComparedRow, compareRows, textsApart } from '../../core/run/compare.ts';
import { shortMessage } from '../../core/run/failure.ts';
import type { RunLog } from '../../core/run/log.ts';
import type { StepSummary } from '../../core/run/summary.ts';
import { visible } from '../../core/visible.ts';
import { scrolled } from '../scrolled.ts';
import { comparedRun } from './sandbox-runs.ts';
import type { Sheet } from './sandbox-state.ts';
import type { SandboxView } from './sandbox-view.ts';

/** Two runs of one request side by side: their answers, and their figures with what differs marked. */
export function comparedView(
  { model, session, columns, rows, look }: SandboxView,
  { comparison, log, scroll }: Extract<Sheet, { kind: 'compared' }>,
): readonly Line[] {
  const steps = log?.summary.steps ?? [];
  const isRunning = session.getSnapshot().running === comparedRun;
  const half = Math.floor((columns - 9) / 2);
  const nowMs = isRunning && log ? log.elapsedMs() : null;
  const boxRows = Math.max(8, Math.min(14, rows - 17));
  const sides = [comparison.first, comparison.second].map((name, selected): Line[] => [
    line(
      clip(`${'AB'[selected]}  ${visible(name).replaceAll('\n', ' ')}`, half),
      selected === 0 ? 'user' : 'assistant',
    ),
    ...answerBox(
      { log: steps[selected] ? log : null, selected, cursor: null, nowMs, width: half, look },
      boxRows,
    ),
  ]);
  const [a = [], b = []] = sides;
  const isOver = log !== null && steps[1]?.outcome != null;
  const apart = isOver ? textsApart(log.text(0), log.text(1)) : '';
  const which = (steps[0]?.choices ?? 0) > 1 ? 'Of choice 0: ' : '';
  const page = [
    ...(look.isPlain ? [...a, ...b] : beside(a, half, span('   '), b)),
    blank,
    ...figureTable(compareRows(steps[0] ?? null, steps[1] ?? null), columns - 6),
    ...steps.flatMap(({ error }, index) =>
      error
        ? [
            blank,
            ...wrapParagraph(
              `${'AB'[index]}: ${visible(shortMessage(error)).replaceAll('`', "'")}`,
              columns - 6,
              'error',
            ),
          ]
        : [],
    ),
    ...(apart ? [blank, ...wrapParagraph(which + visible(apart), columns - 6)] : []),
    ...(isOver && isWritten(log) ? wrapParagraph(writtenSaid, columns - 6, 'muted') : []),
  ];
  const { lines, content, window } = scrolled(page, scroll, rows);
  model.sheets.extent = { content, window };
  return lines;
}

/** Whether both answers are one that the practice server has in writing: made up anew, they would not be the same. */
function isWritten(log: RunLog): boolean {
  const { steps } = log.summary;
  const isLeftToChance = ({ request }: StepSummary): boolean => {
    if (request.kind !== 'chat') return false;
    const { temperature, top_p: topP, seed } = request.body;
    return temperature !== 0 && topP !== 0 && seed == null;
  };
  const text = log.text(0);
  const isPractice = steps.every(({ target }) => target.kind === 'practice');
  return isPractice && steps.some(isLeftToChance) && text.length >= luckyLength && text === log.text(1);
}

/** Texts shorter than this may be the same by chance. */
const luckyLength = 60;

const writtenSaid =
  'The practice server has this answer in writing: there `temperature` changes nothing. Ask something of your own, and it is made up anew each time.';

const nameWidth = 18;

function figureTable(figures: readonly ComparedRow[], width: number): Line[] {
  const cell = Math.max(8, Math.min(26, Math.floor((width - nameWidth - 11) / 2)));
  const head: Line = [
    span(' '.repeat(nameWidth)),
    span(padStart('A', cell), 'user'),
    span(padStart('B', cell + 2), 'assistant'),
  ];
  return [
    head,
    ...figures.map(
      ({ label, first, second, isDifferent }): Line => [
        span(padEnd(label, nameWidth), 'muted'),
        span(padStart(clip(visible(first), cell), cell)),
        span(padStart(clip(visible(second), cell), cell + 2), isDifferent ? 'strong' : 'text'),
        span(isDifferent ? '  differs' : '', 'warn'),
      ],
    ),
  ];
}
