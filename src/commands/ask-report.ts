import { costOfUse, hostOf } from '../core/api/endpoint.ts';
import type { EndpointLabel } from '../core/run/events.ts';
import { failureOf } from '../core/run/failure.ts';
import { usageFigures } from '../core/run/figures.ts';
import type { RunLog } from '../core/run/log.ts';
import type { StepSummary } from '../core/run/summary.ts';
import { visible } from '../core/visible.ts';
import type { AnswerText } from './ask-text.ts';
import type { CommandContext } from './context.ts';
import { createPaint } from './paint.ts';
import { figureLines, marginWidth, troubleText } from './print-step.ts';
import { hanging } from './text.ts';

/**
 * What is to be said beside an answer, in lines for standard error: how it ended if not well, what to try, the
 * figures, and who was asked. `text` is null where the answer is printed in another form.
 */
export function askReport(
  log: RunLog,
  text: AnswerText | null,
  { columns, signal }: Pick<CommandContext, 'columns' | 'signal'>,
): readonly string[] {
  const { endpoint, steps } = log.summary;
  const [step] = steps;
  if (!step || !endpoint) return ['Stopped before anything was sent.'];
  const plain = createPaint(false);
  const row = (name: string, said: string) => hanging(name, visible(said), marginWidth, columns);
  const isAnswered = failureOf(step) === null && !signal.aborted;
  const [usage] = usageFigures(step);
  return [
    signal.aborted ? stoppedText(log) : troubleText(step, log, columns, plain),
    isUnseen(step, text) ? row('', '--raw prints what came instead.') : '',
    isAnswered && text?.isRefusal ? row('refusal', 'the text says why the model refused') : '',
    isAnswered && text?.isEmpty ? row('text', noText(step)) : '',
    isAnswered && usage?.known === null ? row('usage', usage.value) : '',
    figureLines(step, columns, plain),
    row('endpoint', endpointText(endpoint, step)),
  ].filter(Boolean);
}

function stoppedText(log: RunLog): string {
  const kept = log.text(0).length;
  return kept > 0
    ? `Stopped. The ${kept} characters that had come are kept.`
    : 'Stopped before any text had come.';
}

const isUnseen = (step: StepSummary, text: AnswerText | null): boolean =>
  failureOf(step) === 'other' && step.bytes > 0 && text !== null;

const noText = ({ finishReason }: StepSummary): string =>
  finishReason === 'length'
    ? 'none came: the tokens ran out before it, spent on reasoning perhaps; allow more with --max-tokens'
    : 'none came';

/** Who was asked, and what that does to one's purse where no figure says it. */
function endpointText(endpoint: EndpointLabel, { model }: StepSummary): string {
  const who = [hostOf(endpoint), model].filter(Boolean).join(', ');
  switch (costOfUse(endpoint)) {
    case 'free':
      return 'practice, on this machine: free, and not a real model';
    case 'own':
      return `${who}: a server on this machine`;
    case 'paid':
      return `${who}: paid for by your key`;
    case 'unknown':
      return `${who}: what it costs is not known here`;
  }
}
