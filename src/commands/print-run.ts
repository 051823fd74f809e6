import { hostOf } from '../core/api/endpoint.ts';
import { untimedText } from '../core/export/known-times.ts';
import { saidBy } from '../core/export/said.ts';
import { knownRequest } from '../core/inspect/known-request.ts';
import type { RunLog } from '../core/run/log.ts';
import { isKnownEndpoint } from '../core/run/recording-order.ts';
import type { StepSummary } from '../core/run/summary.ts';
import { visible } from '../core/visible.ts';
import type { CommandContext } from './context.ts';
import type { Paint } from './paint.ts';
import { chunkTable, figureLines, figureRows, marginWidth, requestText, troubleText } from './print-step.ts';
import { hanging, prose } from './text.ts';

type Surface = Pick<CommandContext, 'print' | 'paint' | 'columns'>;

/** Prints a run that is at rest, step by step. */
export function printRun(log: RunLog, notes: readonly string[], { print, paint, columns }: Surface): void {
  const { experiment, endpoint, startedAt, steps } = log.summary;
  const who = endpoint && isKnownEndpoint(endpoint) ? hostOf(endpoint) : '';
  const head = [experiment, who, startedAt].filter(Boolean).join(' · ');
  print(`${paint('title', visible(head))}\n`);
  for (const note of notes) print(`${prose(visible(note), columns, paint)}\n`);
  for (const step of steps) print(`\n${stepText(step, log, columns, paint)}\n`);
}

function stepText(step: StepSummary, log: RunLog, columns: number, paint: Paint): string {
  const rows = log.rows(step.index);
  const parts = [
    [paint('title', `── ${visible(step.label)}`), askedText(step, log, columns, paint)].join('\n'),
    saidText(step, log, columns, paint),
    troubleText(step, log, columns, paint),
    step.outcome === null
      ? hanging('outcome', 'The recording ends before it was over.', marginWidth, columns)
      : '',
    rows.chunks.length > 0
      ? chunkTable(rows, untimedText(step) === null ? step.offsetMs : null, columns)
      : '',
    step.request.kind === 'chat' && step.outcome !== null
      ? figureRows(step, paint)
      : figureLines(step, columns, paint),
  ];
  return parts.filter(Boolean).join('\n\n');
}

function askedText(step: StepSummary, log: RunLog, columns: number, paint: Paint): string {
  const known = knownRequest(log, step.index);
  if (known === 'all') return requestText(step, columns, paint);
  const to = step.attempts.at(-1)?.url;
  return hanging(
    'request',
    visible(known === 'nothing' ? 'not in the file' : `to ${to}; its body is not in the file`),
    marginWidth,
    columns,
  );
}

function saidText(step: StepSummary, log: RunLog, columns: number, paint: Paint): string {
  const { response, chunks } = log.rows(step.index);
  if (response && step.request.kind === 'model') {
    return visible(JSON.stringify(response.body, null, 2) ?? 'nothing');
  }
  // No completion, but a page of HTML perhaps.
  if (typeof response?.body === 'string')
    return hanging('body', visible(response.body), marginWidth, columns);
  if (!response && chunks.length === 0) return '';
  const choices = saidBy(log, step.index);
  return choices
    .map(({ text, refusal, calls }, number) => {
      const name = choices.length > 1 ? `choice ${number}` : 'assistant';
      const said =
        [text, refusal && `(a refusal) ${refusal}`, ...calls].filter(Boolean).join('\n') || '(no text)';
      const lines = hanging(name, visible(said), marginWidth, columns);
      return paint('assistant', name) + lines.slice(name.length);
    })
    .join('\n');
}
