import type { RunLog } from '../core/run/log.ts';
import type { RunSummary } from '../core/run/summary.ts';
import { quote, visible } from '../core/visible.ts';
import { followFrom, type WrappedAnswer, type WrappedPlace, wrappedAnswer } from './answer.ts';
import { box, type Look } from './box.ts';
import { clip, fitRows, type Line, line, span } from './line.ts';
import { type WrappedText, wrapText } from './wrap.ts';

/** What stands where a run will appear, before it and while what it needs is being loaded. */
export const notYet = (isStarting: boolean): Line =>
  line(
    isStarting ? 'Getting ready to send …' : 'Enter sends the request. What happens appears here.',
    'muted',
  );

/** The same of a request that was never sent, by how its run ended. */
export const neverSent = (outcome: RunSummary['outcome']): Line =>
  line(
    outcome === 'aborted'
      ? 'The run was stopped before this was sent.'
      : 'Not sent: the answer before it did not come.',
    'muted',
  );

export interface AnswerView {
  readonly log: RunLog | null;
  /** The step whose answer it is. */
  readonly selected: number;
  /** The chunk that is marked; the answer then shows the place of its text. */
  readonly cursor: number | null;
  /** Milliseconds since the run began while it runs, else null. */
  readonly nowMs: number | null;
  readonly width: number;
  readonly look: Look;
}

/** The answer as far as it has come, in exactly `rows` rows; framed where that leaves it more than two. */
export function answerBox(view: AnswerView, rows: number): Line[] {
  const { log, selected, cursor, nowMs, width, look } = view;
  const isFramed = rows >= 5;
  const inner = isFramed && !look.isPlain ? rows - 2 : rows - (look.isPlain ? 1 : 0);
  const request = log?.summary.steps[selected]?.request;
  const isJudged = request?.kind === 'chat' && request.body.logprobs === true;
  const framed = (hint: string, lines: readonly Line[]): Line[] => {
    const content = fitRows(lines, inner);
    const more = isJudged ? ' · i shows how likely each token was' : '';
    const title: Line = [span('answer', 'assistant'), span(hint + more, 'muted')];
    if (isFramed || look.isPlain) return box(title, content, width, look).slice(0, Math.max(0, rows));
    return content.map((row): Line => [span('▏ ', 'assistant'), ...row]);
  };
  if (!log || log.events.length === 0) return framed('', [notYet(nowMs !== null)]);
  const { steps, outcome } = log.summary;
  if (!steps[selected] && outcome !== null) return framed('', [neverSent(outcome)]);
  const { choices, placeOf } = wrappedAnswer(log, selected, width - 4);
  const marked = cursor === null ? undefined : placeOf(cursor);
  if (choices.length > 1)
    return framed(`, ${choices.length} choices`, choiceLines(choices, marked, inner, nowMs === null));
  const { text, calls } = choices[0]!;
  // A call stands beside the content, not in it.
  if (calls.length > 0) {
    const content = log.text(selected);
    const lines = calls.flatMap(({ name, args }) => wrapText(visible(`${name}(${args})`), width - 4, 'tool'));
    return framed(' and tool_calls', [
      [span('content  ', 'muted'), span(clip(content ? quote(content) : 'null', width - 13))],
      ...lines,
    ]);
  }
  const isOver = nowMs === null;
  if (isOver && log.rows(selected).chunks.length === 0) {
    // It came at once, and is read from its beginning.
    const more = text.count - inner;
    return framed(more > 0 ? `, the first ${inner} of ${text.count} lines` : '', text.window(0, inner));
  }
  const from = firstLine(text, marked?.line, inner, isOver);
  return framed(from > 0 ? ` from line ${from + 1}` : '', text.window(from, inner));
}

/** The first line of a text to show: around the marked one, or else near the end; once nothing more comes, up to it. */
function firstLine(
  { count }: WrappedText,
  marked: number | undefined,
  rows: number,
  isOver: boolean,
): number {
  if (marked === undefined) return isOver ? Math.max(0, count - rows) : followFrom(count, rows);
  return Math.max(0, Math.min(marked - Math.floor(rows / 2), count - rows));
}

/** The choices one below the other, each with its heading and an equal share of the rows; the marked one among them. */
function choiceLines(
  choices: WrappedAnswer['choices'],
  marked: WrappedPlace | undefined,
  rows: number,
  isOver: boolean,
): Line[] {
  const shown = Math.max(1, Math.min(choices.length, Math.floor(rows / 2)));
  const first = Math.max(0, Math.min((marked?.choice ?? 0) - shown + 1, choices.length - shown));
  const share = Math.floor(rows / shown);
  return choices.slice(first, first + shown).flatMap(({ text, calls }, at) => {
    const choice = first + at;
    const room = share - 1;
    const from = firstLine(text, marked?.choice === choice ? marked.line : undefined, room, isOver);
    const lines =
      calls.length > 0
        ? calls.map(({ name, args }) => line(visible(`${name}(${args})`), 'tool'))
        : text.window(from, room);
    const more = shown < choices.length ? ` of ${choices.length}` : '';
    return [line(`choice ${choice}${more}`, 'muted'), ...fitRows(lines, Math.min(room, lines.length))];
  });
}
