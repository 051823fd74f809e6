import type { KeyReport } from '../core/api/keys.ts';
import { fieldRows } from '../core/inspect/field-rows.ts';
import { meaningOf } from '../core/lessons/field-meanings.ts';
import type { Experiment, Step } from '../core/lessons/types.ts';
import type { EndpointLabel } from '../core/run/events.ts';
import type { RunLog } from '../core/run/log.ts';
import type { RunSummary, StepSummary } from '../core/run/summary.ts';
import { visible } from '../core/visible.ts';
import { followFrom } from './answer.ts';
import { answerBox, neverSent, notYet } from './answer-box.ts';
import { attemptRows, errorCard } from './attempts.ts';
import type { Look } from './box.ts';
import { chunkTable, gapLine } from './chunk-table.ts';
import { keyCard } from './key-card.ts';
import { blank, cellWidth, fitRows, type Line, line, span, spread, within } from './line.ts';
import { responseObject } from './response-object.ts';
import { stepStrip } from './step-strip.ts';
import { timeLine, timesInWords } from './time-line.ts';
import { usageBox, usageBoxRows, usageInWords } from './usage-box.ts';
import { wrapParagraph, wrapText } from './wrap.ts';

export interface PanelView {
  readonly experiment: Pick<Experiment, 'steps' | 'focus' | 'compare'>;
  readonly log: RunLog | null;
  readonly summary: RunSummary | null;
  /** The step that is shown. */
  readonly selected: number;
  /** The marked row of the chunk table or of the response object; null follows the newest. */
  readonly cursor: number | null;
  readonly keys: KeyReport;
  /** The endpoint in use. */
  readonly endpoint: EndpointLabel;
  /** The variable with the key of it; none where it takes none. */
  readonly keyName?: string | null;
  /** Milliseconds since the run began while it runs, else null. */
  readonly nowMs: number | null;
  /** What is to be known of the run, in a few words beside its request. */
  readonly note?: string;
  readonly width: number;
  readonly rows: number;
  readonly look: Look;
}

/** How many rows can be marked in the middle of the panel: those of the chunk table or of the response object. */
export function markableRows({ focus }: Pick<Experiment, 'focus'>, log: RunLog | null, step: number): number {
  if (!log) return 0;
  const { chunks, response } = log.rows(step);
  return response && focus ? fieldRows(response.body).length : chunks.length;
}

/**
 * The live panel in exactly `rows` rows: the request, its phases, the steps, the answer, what came over the wire,
 * and the usage box. It reserves its rows from the start, so that nothing jumps while a run goes on.
 */
export function livePanel(view: PanelView): Line[] {
  const { experiment, log, summary, selected, width, look } = view;
  const step = summary?.steps[selected] ?? null;
  const nowMs = view.nowMs === null || !step ? null : view.nowMs - step.offsetMs;
  const isObject = experiment.focus !== undefined;
  const plan = planRows(view.rows, experiment.steps.length, isStreamed(view, step));

  const top: Line[] = [requestLine(step, view)];
  if (plan.timeLine > 1) top.push(...fitRows(timeLine(step, nowMs, width, look), look.isPlain ? 1 : 3));
  else if (plan.timeLine === 1) top.push(step ? timesInWords(step) : line('not sent yet', 'muted'));
  if (plan.gap) top.push(blank);
  if (experiment.steps.length > 1) {
    const strip = stepStrip({
      steps: experiment.steps,
      summaries: summary?.steps ?? [],
      compare: experiment.compare ?? 'outcome',
      selected,
      nowMs,
      width,
      isPlain: look.isPlain,
    });
    const from = Math.max(1, Math.min(selected, strip.length - plan.strip + 1));
    top.push(...(plan.strip >= strip.length ? strip : strip.slice(from, from + plan.strip)));
    if (plan.gap) top.push(blank);
  }

  const bottom: Line[] = [];
  if (plan.gaps) {
    const isAwaited = nowMs !== null && step?.outcome === null && step.lastChunkMs !== null;
    const waitedMs = isAwaited ? nowMs - step.lastChunkMs : null;
    bottom.push(
      step?.isStream && log
        ? gapLine(log.rows(selected), step.largestGapMs, waitedMs, width, look.isPlain)
        : blank,
    );
  }
  const isBoxed = plan.usage === usageBoxRows;
  bottom.push(
    ...(isBoxed ? usageBox(step, width, look) : fitRows(usageInWords(step, plan.usage), plan.usage)),
  );

  const middleRows = view.rows - top.length - bottom.length;
  // What is said of the keys stands nowhere else.
  const where = step && experiment.focus !== 'key' ? ' · i has them all' : '';
  const between = asFitted(middle(view, step, isObject, middleRows), middleRows, where);
  const panel = [...top, ...between, ...bottom];
  return panel.map((row) => within(row, width));
}

/** Exactly `rows` rows; where not all have room, the last says so, and where they are if they are all there. */
function asFitted(lines: readonly Line[], rows: number, where: string): Line[] {
  const fitted = fitRows(lines, rows);
  if (rows > 0 && lines.slice(rows).some((row) => row.length > 0)) {
    fitted[rows - 1] = line(`… ${lines.length - rows + 1} more lines${where}`, 'muted');
  }
  return fitted;
}

interface Plan {
  readonly timeLine: 0 | 1 | 3;
  readonly strip: number;
  readonly gaps: boolean;
  readonly usage: number;
  readonly gap: boolean;
}

/** How the rows are shared out: the more there are, the more of it is drawn instead of said. */
function planRows(rows: number, steps: number, hasChunks: boolean): Plan {
  const strip = steps > 1 ? steps + 1 : 0;
  if (rows >= 30) return { timeLine: 3, strip, gaps: hasChunks, usage: usageBoxRows, gap: true };
  if (rows >= 17) {
    const isTight = strip > 4;
    return { timeLine: isTight ? 1 : 3, strip, gaps: hasChunks && !isTight, usage: 3, gap: false };
  }
  return {
    timeLine: 1,
    strip: Math.min(strip, Math.max(2, rows - 8)),
    gaps: false,
    usage: rows >= 13 ? 3 : rows >= 10 ? 2 : 1,
    gap: false,
  };
}

function requestLine(step: StepSummary | null, { experiment, selected, note, width }: PanelView): Line {
  const attempt = step?.attempts.at(-1);
  const planned = experiment.steps[selected]?.request;
  const kind = step?.request.kind ?? (typeof planned === 'object' ? planned.kind : 'chat');
  const path = attempt
    ? new URL(attempt.url).pathname
    : kind === 'model'
      ? '/v1/models/{id}'
      : '/v1/chat/completions';
  const method = attempt?.method ?? (kind === 'model' ? 'GET' : 'POST');
  const status = step?.status ?? null;
  const mode = step ? (step.isStream ? 'stream' : 'normal') : '';
  const right: Line = [
    ...(status === null
      ? [span(step?.outcome ? 'no status' : '', 'muted')]
      : [span(String(status), status < 400 ? 'ok' : 'error')]),
    span(mode ? `  ${mode}` : '', 'muted'),
  ];
  const said = note ? [span(`  ${note}`, 'warn')] : [];
  return spread([span(`${method} `, 'strong'), span(visible(path)), ...said], right, width);
}

/** What stands between the request and its usage: the answer, and what of the wire shows where it comes from. */
function middle(view: PanelView, step: StepSummary | null, isObject: boolean, rows: number): Line[] {
  const { experiment, log, selected, cursor, width } = view;
  const keyLines = experiment.focus === 'key' ? keyCard(view, step, width) : [];
  const stepRows = log?.rows(selected);
  if (isObject && (!step?.error || !stepRows)) {
    if (!stepRows?.response) {
      const outcome = log?.summary.outcome ?? null;
      const said = outcome === null ? notYet(view.nowMs !== null) : neverSent(outcome);
      return [...keyLines, ...(step ? [] : [said])];
    }
    return [...keyLines, ...objectLines(view, stepRows.response.body, rows - keyLines.length)];
  }
  // The whole text is joined only where it counts: not for every frame of a stream.
  const isCard = step !== null && (step.error !== null || (step.outcome !== null && view.rows >= 17));
  const keptChars = step?.error ? (log?.text(selected).length ?? 0) : 0;
  let error = isCard ? errorCard(step, keptChars, width) : [];
  const hasChunks = (stepRows?.chunks.length ?? 0) > 0;
  const hasTries = step !== null && (step.attempts.length > 1 || (error.length > 0 && !hasChunks));
  const attempts = hasTries ? attemptRows(step, width) : [];
  const isAnswered = hasChunks || (step?.choices ?? 0) > 0;
  if (isCard && error.length > 0 && !isAnswered) {
    const alone = rows - keyLines.length - attempts.length;
    return [...keyLines, ...attempts, ...errorCard(step, keptChars, width, alone)];
  }
  const besides = rows - attempts.length;
  // What came is read first: the message gives way to a row of it and one of its chunks.
  if (step && error.length > besides - leastRows)
    error = errorCard(step, keptChars, width, besides - leastRows);
  const left = besides - error.length;
  // One layout for all requests of a lesson, or the answer would jump from one to the next.
  if (!experiment.steps.some(({ request }) => isStream(request))) {
    return [...attempts, ...answerBox(view, Math.min(left, 16)), ...error];
  }
  const { choices = 0 } = step ?? {};
  // Several answers need room to be read; the chunks keep a few rows.
  const answerRows = choices > 1 ? Math.min(left - 5, choices * 5 + 2) : answerRowsFor(left, view.rows < 30);
  const room = left - answerRows - 1;
  if (!stepRows || !isStreamed(view, step) || room < 1) {
    // Over, it takes the rows that chunks would have.
    const isWhole = room < 1 || (view.nowMs === null && step !== null);
    return [...attempts, ...answerBox(view, isWhole ? left : answerRows), ...error];
  }
  const count = stepRows.chunks.length;
  const isGoingOn = step?.outcome === null;
  // While they pour in, in jumps: a table that moves with each of them cannot be read.
  const newest = isGoingOn ? followFrom(count, room) : count - room;
  const from = cursor === null ? newest : cursor - Math.floor(room / 2);
  const first = Math.max(0, isGoingOn && cursor === null ? from : Math.min(from, count - room));
  return [
    ...attempts,
    ...answerBox(view, answerRows),
    ...fitRows(chunkTable(stepRows, step?.offsetMs ?? 0, first, room, width, cursor), room + 1),
    ...error,
  ];
}

/** Whether the selected step streams, also before it has run. */
const isStreamed = ({ experiment, selected }: PanelView, step: StepSummary | null): boolean =>
  step ? step.isStream : isStream(experiment.steps[selected]?.request);

const isStream = (request: Step['request'] | undefined): boolean =>
  typeof request === 'object' && request.kind === 'chat' && request.body.stream === true;

/** A row of the answer, and a chunk below its heading. */
const leastRows = 3;

/** The answer's share of the rows that it has with the chunk table; in a small panel the chunks need them more. */
function answerRowsFor(rows: number, isSmall: boolean): number {
  if (rows < 6) return Math.max(1, rows - 3);
  if (isSmall) return rows >= 13 ? 5 : rows >= 10 ? 4 : 2;
  return rows >= 18 ? 8 : rows >= 13 ? 6 : rows >= 10 ? 5 : 3;
}

function objectLines({ cursor, width, look }: PanelView, body: unknown, rows: number): Line[] {
  const fields = fieldRows(body);
  const { lines, lineOf } = responseObject('response', fields, cursor, width, look);
  const field = cursor === null ? undefined : fields[cursor];
  const kind = kindOf(body);
  const hidden = lines.length - (rows - 2);
  const more = hidden > 0 ? `↓ ${hidden} more · ` : '';
  const meaning = field
    ? wrapParagraph(`\`${field.path}\`: ${meaningOf(field.path, kind) ?? 'no meaning known'}`, width)
    : [line(`${more}↑↓ selects a field and says what it means`, 'muted')];
  // A value that its row had to cut stands here in full, as far as there is room.
  const value =
    field?.value && cellWidth(field.value) > width - 40 ? wrapText(field.value, width, 'string') : [];
  const said = [...meaning, ...value].slice(0, Math.max(2, Math.min(5, rows - 5)));
  const room = rows - Math.max(2, said.length);
  const at = cursor === null ? 0 : (lineOf[cursor] ?? 0);
  const from = Math.max(0, Math.min(at - Math.floor(room / 2), lines.length - room));
  return [...fitRows(lines.slice(from, from + room), room), ...fitRows(said, rows - room)];
}

/** What a body says that it is, such as `chat.completion`. */
function kindOf(body: unknown): string | undefined {
  const kind = typeof body === 'object' && body !== null && 'object' in body ? body.object : undefined;
  return typeof kind === 'string' ? kind : undefined;
}
