import type { Look } from '../components/box.ts';
import { codeBox } from '../components/code-box.ts';
import type { CodeLanguage, Highlighter } from '../components/highlight.ts';
import { blank, type Line, span } from '../components/line.ts';
import { messageLines } from '../components/messages.ts';
import { tableLines } from '../components/table.ts';
import { wrapParagraph } from '../components/wrap.ts';
import { snippet } from '../core/export/snippet.ts';
import type { Experiment, LessonBlock } from '../core/lessons/types.ts';
import type { StepRequest } from '../core/run/request.ts';
import type { KeptRun } from '../core/session.ts';
import { visible } from '../core/visible.ts';

export interface LessonPaneView {
  readonly experiment: Experiment;
  /** The last run, once it is over; before that, null. */
  readonly run: KeptRun | null;
  /** The step whose request is shown. */
  readonly selected: number;
  /** What that step really sent, where it ran. */
  readonly sent: StepRequest | null;
  /** The guess that stands now, by its place among the options. */
  readonly choice: number | null;
  readonly language: CodeLanguage;
  readonly highlight: Highlighter;
  /** The base URL that the code names, where it is not OpenAI's own. */
  readonly baseURL: string;
  /** The variable from which the code takes the key; null where the server takes none. */
  readonly keyName: string | null;
  /** Whether the title is not to be read elsewhere on the screen. */
  readonly hasTitle: boolean;
  readonly width: number;
  readonly look: Look;
}

export interface LessonPane {
  /** From top to bottom, as long as it is; a screen shows a window of it. */
  readonly lines: readonly Line[];
  /** The lines from the question on to the end of its verdict: what a run's end should bring into view. */
  readonly question: { readonly from: number; readonly to: number };
  /** The line on which the code begins. */
  readonly code: number;
}

/** The text side of a lesson. */
export function lessonPane(view: LessonPaneView): LessonPane {
  const { experiment, width, look } = view;
  const step = experiment.steps[view.selected]!;
  const request = view.sent ?? (typeof step.request === 'function' ? step.request([]) : step.request);
  const code = snippet(
    { request, key: step.key, fault: step.fault },
    experiment.code ?? 'plain',
    view.language,
    view,
    look.isPlain ? width : width - 4,
  );
  const intro = [
    ...(view.hasTitle
      ? [[span(experiment.id, 'title'), span(`  ${experiment.title}`, 'strong')], blank]
      : []),
    ...experiment.intro.flatMap((block) => [...lessonBlock(block, width), blank]),
  ];
  const question = predictionLines(view);
  const lines = [
    ...intro,
    ...question,
    blank,
    ...(request.kind === 'chat' ? [...messageLines(request.body.messages, width, look), blank] : []),
  ];
  const box = codeBox(visible(code), view.language, view.highlight, width, look);
  return {
    lines: [...lines, ...box],
    code: lines.length,
    question: { from: intro.length, to: intro.length + question.length },
  };
}

/** A paragraph or a table of lesson text. */
const lessonBlock = (block: LessonBlock, width: number): Line[] =>
  typeof block === 'string' ? wrapParagraph(block, width) : tableLines(block, width);

function predictionLines({ experiment, run, choice, width }: LessonPaneView): Line[] {
  const { question, options } = experiment.prediction;
  const answer = run ? experiment.prediction.answer(run.log) : null;
  return [
    ...wrapParagraph(`Before you run it: ${question}`, width, 'strong'),
    ...options.map((option, index): Line => {
      const isChosen = index === choice;
      const isAnswer = option === answer;
      return [
        span(isAnswer ? ' ✓ ' : '   ', 'ok'),
        span(`${index + 1}`, 'accent'),
        span(isChosen ? ' ● ' : ' ○ ', isChosen ? 'accent' : 'muted'),
        span(option, isChosen ? 'strong' : 'text'),
        span(isChosen ? '  your guess' : '', 'muted'),
      ];
    }),
    ...(run ? [blank, ...verdict(experiment, run, answer, width)] : []),
  ];
}

/** How the guess did and why, and what to look at. */
function verdict(
  experiment: Experiment,
  { log, guess }: KeptRun,
  answer: string | null,
  width: number,
): Line[] {
  const { prediction, lookAt } = experiment;
  const because = visible(prediction.because(log));
  const [mark, style, said] =
    answer === null
      ? (['–', 'muted', ''] as const)
      : guess === null
        ? (['→', 'accent', `Answer: ${visible(answer)}. `] as const)
        : guess === answer
          ? (['✓', 'ok', 'Right. '] as const)
          : (['✗', 'warn', `Answer: ${visible(answer)}. `] as const);
  return [
    ...wrapParagraph(said + because, width - 2).map(
      (row, index): Line => [span(index === 0 ? `${mark} ` : '  ', style), ...row],
    ),
    ...lookAt(log).flatMap((text) => [blank, ...wrapParagraph(visible(text), width)]),
  ];
}
