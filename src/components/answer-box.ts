import type { RunLog } from '../core/run/log.ts';
import { quote, visible } from '../core/visible.ts';
import { followFrom, wrappedAnswer } from './answer.ts';
import { box, type Look } from './box.ts';
import { clip, fitRows, type Line, line, span } from './line.ts';
import { wrapText } from './wrap.ts';

/** What stands where a run will appear, before it and while what it needs is being loaded. */
export const notYet = (isStarting: boolean): Line =>
  line(
    isStarting ? 'Getting ready to send …' : 'Enter sends the request. What happens appears here.',
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
  const framed = (hint: string, lines: readonly Line[]): Line[] => {
    const content = fitRows(lines, inner);
    const title: Line = [span('answer', 'assistant'), span(hint, 'muted')];
    if (isFramed || look.isPlain) return box(title, content, width, look).slice(0, Math.max(0, rows));
    return content.map((row): Line => [span('▏ ', 'assistant'), ...row]);
  };
  if (!log || log.events.length === 0) return framed('', [notYet(nowMs !== null)]);
  const { text, lineOf, calls } = wrappedAnswer(log, selected, width - 4);
  // A call stands beside the content, not in it.
  if (calls.length > 0) {
    const content = log.text(selected);
    const lines = calls.flatMap(({ name, args }) => wrapText(visible(`${name}(${args})`), width - 4, 'tool'));
    return framed(' and tool_calls', [
      [span('content  ', 'muted'), span(clip(content ? quote(content) : 'null', width - 13))],
      ...lines,
    ]);
  }
  const marked = cursor === null ? undefined : lineOf[cursor];
  const from =
    marked === undefined
      ? followFrom(text.count, inner)
      : Math.max(0, Math.min(marked - Math.floor(inner / 2), text.count - inner));
  return framed(from > 0 ? ` from line ${from + 1}` : '', text.window(from, inner));
}
