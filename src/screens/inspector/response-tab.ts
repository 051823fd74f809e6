import { errorCard } from '../../components/attempts.ts';
import { blank, clip, type Line, line, span } from '../../components/line.ts';
import { perStep } from '../../core/inspect/per-step.ts';
import { headerOf } from '../../core/run/failure.ts';
import { formatMs } from '../../core/run/figures.ts';
import type { AttemptSummary, StepSummary } from '../../core/run/summary.ts';
import { visible } from '../../core/visible.ts';
import { markedLines } from './exchange-detail.ts';
import { type Exchange, exchangeList, exchangeOf } from './exchange-list.ts';
import { blockOf, listAndDetail } from './list-and-detail.ts';
import { memoryLine } from './memory-line.ts';
import { notBegun } from './not-begun.ts';
import { noteLines } from './opened-run.ts';
import { rateLimitLines } from './rate-limit-lines.ts';
import { receivedLines } from './received-lines.ts';
import type { Tab, TabView } from './tab.ts';

/** What came back: each try with its status and headers, the rate limits, the error and the body. */
export const responseTab: Tab = (view) => {
  const { summary } = view;
  if (!summary) return notBegun(view);
  const exchange = exchangeOf(summary, 'received', view.selected);
  const layout = listAndDetail(
    view,
    (width, rows) => {
      const head = statusLines(exchange, width, rows, view.breaksOff);
      return [...head, ...exchangeList(exchange, width, rows - head.length)];
    },
    (width, rows) => [
      blockOf(noteLines(view.file, width)),
      blockOf(markedLines(exchange, width, rows)),
      blockOf(followed(rateLimitLines(exchange.attempt?.headers ?? [], width, view.look.isPlain))),
      blockOf(followed(errorLines(view, exchange, width))),
      blockOf(receivedLines(view, exchange, width)),
      blockOf(view.memory ? [blank, memoryLine(view.memory(), width)] : []),
    ],
  );
  return { ...layout, markable: exchange.rows.length };
};

/** Some lines, if there are any, and a blank one. */
const followed = (lines: readonly Line[]): readonly Line[] => (lines.length > 0 ? [...lines, blank] : []);

function statusLines({ step, attempt }: Exchange, width: number, rows: number, breaksOff = false): Line[] {
  const fields = [
    ['request id', attempt ? headerOf(attempt.headers, 'x-request-id') : ''],
    ['sent on to', attempt?.redirectedTo ?? ''],
  ] as const;
  const known = fields.filter(([, value]) => value !== '');
  // With several tries the rows are theirs first.
  const least = step.attempts.length > 1 ? step.attempts.length + 7 : 5;
  return [
    statusLine(step, attempt, breaksOff),
    ...(rows >= least ? known : []).map(
      ([name, value]): Line => [span(`${name}  `, 'muted'), span(clip(visible(value), width - 12))],
    ),
    ...(rows >= 8 ? [blank] : []),
  ];
}

function statusLine(step: StepSummary, attempt: AttemptSummary | null, breaksOff: boolean): Line {
  if (breaksOff && (attempt?.status ?? attempt?.failure ?? null) === null) {
    const what = attempt ? 'an answer came' : 'it was sent';
    return line(`The file breaks off before ${what}.`, 'muted');
  }
  if (!attempt) {
    return line(step.outcome === 'unsent' ? 'Nothing was sent, so nothing came.' : 'Not sent yet.', 'muted');
  }
  const { status, startMs } = attempt;
  const backMs = attempt.headersMs ?? attempt.failedMs;
  // A recording may know what came and not when.
  const after = backMs === null ? null : `${formatMs(backMs - startMs)} after it was sent`;
  if (status !== null) {
    return [
      span(`${status} ${statusWords(status)}`.trimEnd(), status < 400 ? 'ok' : 'error'),
      span(after === null ? '' : `   headers ${after}`, 'muted'),
    ];
  }
  if (step.outcome === 'aborted' && attempt === step.attempts.at(-1) && isAbort(attempt.failure)) {
    return [
      span('no status', 'warn'),
      span(`   you stopped it${after === null ? '' : `, ${after}`}`, 'muted'),
    ];
  }
  if (after !== null || attempt.failure !== null) {
    return [
      span('no status', 'error'),
      span(`   nobody answered${after === null ? '' : `, ${after}`}`, 'muted'),
    ];
  }
  const isOver = step.outcome !== null;
  return line(isOver ? 'no status: it ended before one came' : 'waiting for the headers …', 'muted');
}

/** Whether a try was not answered because it was given up, and not for a reason of its own before. */
const isAbort = (failure: string | null): boolean => failure === null || /\babort/i.test(failure);

/** What the SDK threw, of the try that it gave up with. */
function errorLines({ log, step: index }: TabView, { step, attempt }: Exchange, width: number): Line[] {
  if (!step.error || attempt !== (step.attempts.at(-1) ?? null)) return [];
  return errorCard(step, keptText(log, index).chars, width);
}

/** How much text of a step had come. Joined once: it is asked for every frame, when no more will come. */
const keptText = perStep((known: { chunks: number; chars: number } | undefined, log, step) => {
  const { length } = log.rows(step).chunks;
  return known?.chunks === length ? known : { chunks: length, chars: log.text(step).length };
});

/** Taken from Node's table when it is needed: an import of it would load the whole HTTP stack with the first screen. */
const statusWords = (status: number): string =>
  process.getBuiltinModule('node:http').STATUS_CODES[status] ?? '';
