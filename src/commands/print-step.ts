import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { listOf, recordOf } from '../core/json.ts';
import type { Experiment } from '../core/lessons/types.ts';
import { adviceOn } from '../core/run/advice.ts';
import { readingOf } from '../core/run/chunk-in-bytes.ts';
import { deltaOf } from '../core/run/delta-text.ts';
import type { StepOutcome } from '../core/run/events.ts';
import { shortMessage } from '../core/run/failure.ts';
import { type Figure, formatMs, usageFigures } from '../core/run/figures.ts';
import type { RunLog, StepRows } from '../core/run/log.ts';
import { firstOf } from '../core/run/reading.ts';
import type { ChatBody } from '../core/run/request.ts';
import type { AttemptSummary, StepSummary } from '../core/run/summary.ts';
import { visible } from '../core/visible.ts';
import type { Paint, Role } from './paint.ts';
import { hanging, indent, padEnd, table } from './text.ts';

/** Where the names of roles and figures end and their text begins. */
export const marginWidth = 11;

/** A message's text, or what it carries instead of one. */
function messageText(message: ChatCompletionMessageParam): string {
  if (typeof message.content === 'string') return message.content;
  const { role, ...rest } = message;
  return JSON.stringify(message.content ?? rest);
}

const isRole = (role: string): role is Role => ['system', 'user', 'assistant', 'tool'].includes(role);

/** What a step asks: the messages with their roles, then the parameters. */
export function requestText({ request }: StepSummary, width: number, paint: Paint): string {
  if (request.kind === 'model') return `GET /v1/models/${visible(request.model)}`;
  const { messages, model, tools, ...parameters } = request.body;
  const lines = messages.map((message) => {
    const text = hanging(visible(message.role), visible(messageText(message)), marginWidth, width);
    return isRole(message.role) ? paint(message.role, message.role) + text.slice(message.role.length) : text;
  });
  return [...lines, paint('muted', parameterText({ messages, model, tools, ...parameters }, width))].join(
    '\n',
  );
}

function parameterText({ messages, tools, ...parameters }: ChatBody, width: number): string {
  const names = Object.entries(parameters).map(([name, value]) =>
    name === 'model' ? String(value) : `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  // A body from a file or of a learner's own may hold anything here.
  const functions = listOf(tools).map((tool) => {
    const { type, function: called } = recordOf(tool);
    return String(recordOf(called).name ?? type);
  });
  if (functions.length > 0) names.push(`tools ${functions.join(', ')}`);
  return hanging('with', visible(names.join(' · ')), marginWidth, width);
}

const ended: Readonly<Record<StepOutcome, string | null>> = {
  complete: null,
  'no-done': 'The stream ended without [DONE], and the SDK said nothing.',
  cut: 'The connection broke in the middle of the stream.',
  error: null,
  unsent: 'The SDK threw before it sent anything.',
  aborted: 'Stopped.',
};

/** What came of a step besides its answer: attempts, what was thrown, how it ended, what to try, what was kept. */
export function troubleText(step: StepSummary, log: RunLog, width: number, paint: Paint): string {
  const parts: string[] = [];
  if (step.attempts.length > 1) parts.push(attemptTable(step.attempts, width));
  if (step.error) {
    const { className, status, type, code, param, cause, requestId } = step.error;
    const facts = Object.entries({ status, type, code, param, cause, 'request id': requestId })
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${name} ${value}`);
    const said = hanging('thrown', visible([className, ...facts].join(' · ')), marginWidth, width);
    parts.push(
      paint('error', said),
      hanging('message', visible(shortMessage(step.error)), marginWidth, width),
    );
  }
  const how = step.outcome && ended[step.outcome];
  if (how) parts.push(hanging('outcome', how, marginWidth, width));
  const advice = adviceOn(step);
  if (advice !== null) parts.push(hanging('try', visible(advice), marginWidth, width));
  const kept = step.outcome === 'complete' ? 0 : log.text(step.index).length;
  if (kept > 0) parts.push(hanging('kept', `the ${kept} characters that had come`, marginWidth, width));
  return parts.join('\n');
}

function attemptTable(attempts: readonly AttemptSummary[], width: number): string {
  const rows = attempts.map((attempt, index) => {
    const endMs = attempt.headersMs ?? attempt.failedMs;
    const before = attempts[index - 1];
    const beforeMs = before?.headersMs ?? before?.failedMs ?? null;
    return [
      String(index + 1),
      beforeMs === null ? '–' : formatMs(attempt.startMs - beforeMs),
      formatMs(attempt.startMs),
      endMs === null ? '–' : formatMs(endMs - attempt.startMs),
      attempt.status === null ? visible(attempt.failure ?? 'no answer') : `HTTP ${attempt.status}`,
    ];
  });
  return indent(table({ head: ['try', 'waited', 'at', 'took', 'answer'], rows }, width, [0, 1, 2, 3]));
}

/** Chunks shown in full, and how many of each end are shown where there are more. */
const allChunks = 12;
const endChunks = 4;

/**
 * The chunks of a stream, one a row: number, time, gap, `finish_reason` and delta.
 *
 * @param offsetMs when the step began; null where its chunks were not timed
 */
export function chunkTable(
  { chunks }: Pick<StepRows, 'chunks'>,
  offsetMs: number | null,
  width: number,
): string {
  const rows = chunks.map((chunk) => {
    const { index, at } = chunk;
    const reading = readingOf(chunk);
    const before = chunks[index - 1];
    return [
      String(index),
      offsetMs === null ? '–' : formatMs(at - offsetMs),
      offsetMs !== null && before ? formatMs(at - before.at) : '–',
      visible(firstOf(reading).finishReason ?? '–'),
      deltaOf(reading),
    ];
  });
  const left = rows.length - 2 * endChunks;
  const shown =
    rows.length <= allChunks
      ? rows
      : [...rows.slice(0, endChunks), ['…', '', '', '', `${left} more`], ...rows.slice(-endChunks)];
  return indent(table({ head: ['#', 'at', 'gap', 'finish_reason', 'delta'], rows: shown }, width, [0, 1, 2]));
}

/** The usage box as rows, each figure with how it is known. */
export function figureRows(step: StepSummary, paint: Paint): string {
  const figures = usageFigures(step);
  const valueWidth = Math.max(...figures.filter(({ known }) => known).map(({ value }) => value.length), 0);
  return figures
    .map(({ label, value, known }) => {
      const name = padEnd(label, marginWidth + 2);
      return known
        ? `${name}${padEnd(visible(value), valueWidth)}  ${paint('muted', known)}`
        : name + visible(value);
    })
    .join('\n');
}

/** The figures of a step that are known, in a line for each way of knowing. */
export function figureLines(step: StepSummary, width: number, paint: Paint): string {
  const figures = [...usageFigures(step), ...statusFigure(step)];
  return (['reported', 'measured', 'estimated'] as const)
    .flatMap((how) => {
      const known = figures
        .filter(({ known }) => known === how)
        .map(({ label, value }) => `${label} ${value}`);
      return known.length > 0 ? hanging(how, visible(known.join(' · ')), marginWidth, width) : [];
    })
    .map((line) => paint('muted', line))
    .join('\n');
}

/** A request that is no completion has no tokens to tell of: what it has is a status, after a time. */
function statusFigure({ request, status, headersMs }: StepSummary): readonly Figure[] {
  if (request.kind !== 'model' || status === null) return [];
  return [
    { label: 'status', value: String(status), known: 'reported' },
    { label: 'headers', value: formatMs(headersMs ?? 0), known: 'measured' },
  ];
}

/** The steps of an experiment side by side, by what they are compared on. */
export function comparisonText(
  compare: NonNullable<Experiment['compare']>,
  steps: readonly StepSummary[],
  width: number,
): string {
  const time = (ms: number | null) => (ms === null ? '–' : formatMs(ms));
  const columns: Readonly<Record<typeof compare, Readonly<Record<string, (step: StepSummary) => string>>>> = {
    'finish-reason': { finish_reason: ({ finishReason }) => visible(finishReason ?? '–') },
    time: {
      headers: ({ headersMs }) => time(headersMs),
      'first content': ({ firstContentMs }) => time(firstContentMs),
      end: ({ endMs }) => time(endMs),
    },
    'prompt-tokens': {
      'prompt tokens': ({ usage }) => String(usage?.prompt_tokens ?? '–'),
      '': ({ usage }) => bar(usage?.prompt_tokens ?? 0, steps, width),
    },
    outcome: {
      tries: ({ attempts }) => String(attempts.length),
      status: ({ status }) => String(status ?? '–'),
      outcome: ({ outcome }) => outcome ?? '–',
      thrown: ({ error }) => visible(error?.className ?? '–'),
    },
    usage: {
      chunks: ({ chunks }) => String(chunks),
      usage: ({ usage }) => (usage ? `${usage.total_tokens} tokens` : 'none'),
    },
  };
  const entries = Object.entries(columns[compare]);
  return table(
    {
      head: ['step', ...entries.map(([name]) => name)],
      rows: steps.map((step) => [visible(step.label), ...entries.map(([, cell]) => cell(step))]),
    },
    width,
    compare === 'time' ? [1, 2, 3] : compare === 'finish-reason' ? [] : [1],
  );
}

function bar(count: number, steps: readonly StepSummary[], width: number): string {
  const top = Math.max(1, ...steps.map(({ usage }) => usage?.prompt_tokens ?? 0));
  return '█'.repeat(Math.round((count / top) * Math.min(30, Math.floor(width / 3))));
}
