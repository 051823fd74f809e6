import { hostOf } from '../api/endpoint.ts';
import { knownRequest } from '../inspect/known-request.ts';
import { readingOf } from '../run/chunk-in-bytes.ts';
import { deltaOf } from '../run/delta-text.ts';
import type { HeaderList } from '../run/events.ts';
import { shortMessage } from '../run/failure.ts';
import { type Figure, formatMs, usageFigures } from '../run/figures.ts';
import type { RunLog, StepRows } from '../run/log.ts';
import { momentsOf } from '../run/moments.ts';
import { firstOf } from '../run/reading.ts';
import { isKnownEndpoint } from '../run/recording-order.ts';
import type { AttemptSummary, StepSummary } from '../run/summary.ts';
import { untimedText } from './known-times.ts';
import { cell, code, fence, table } from './markdown-text.ts';
import { type Said, saidBy } from './said.ts';

/**
 * One request of a run as Markdown, for a lesson or a bug report: what was asked, what came, the chunks, the figures
 * with how each is known, and the headers. What a server or a file said stands in code, where nothing of it is markup.
 * Ends with a line feed.
 */
export function markdownOf(log: RunLog, step: number): string {
  const summary = log.summary.steps[step];
  if (!summary) return 'There is no such request in this run.\n';
  const rows = log.rows(step);
  const parts = [
    `# Request ${step + 1} of ${code(log.summary.experiment)}: ${code(summary.label)}`,
    aboutText(log, summary),
    '## Request',
    ...requestParts(log, summary),
    ...answerParts(log, summary),
    ...errorParts(summary),
    ...(rows.chunks.length > 0 ? ['## Chunks', chunkTable(summary, rows)] : []),
    '## Figures',
    figureTable(summary),
    ...(summary.attempts.length > 1 ? ['## Tries', attemptTable(summary.attempts)] : []),
    ...headerParts(summary.attempts.at(-1)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function aboutText({ summary: { startedAt } }: RunLog, step: StepSummary): string {
  const { kind, baseURL } = step.target;
  const said = [
    isKnownEndpoint(step.target) ? hostOf({ kind: kind === 'nowhere' ? 'compatible' : kind, baseURL }) : '',
    step.isStream ? 'a stream' : 'no stream',
    step.status === null ? 'no answer' : `HTTP ${step.status}`,
    step.outcome ?? 'not over when it was kept',
    startedAt,
  ];
  return [said.filter(Boolean).map(code).join(' · '), untimedText(step)].filter(Boolean).join('\n\n');
}

function requestParts(log: RunLog, { index, attempts, request }: StepSummary): readonly string[] {
  const known = knownRequest(log, index);
  if (known === 'nothing') return ['The request is not in the file.'];
  const attempt = attempts.at(-1);
  const sent = attempt ? [code(`${attempt.method} ${attempt.url}`)] : ['Nothing was sent.'];
  if (known === 'address') return [...sent, 'Its body is not in the file.'];
  return request.kind === 'chat' ? [...sent, json(request.body)] : sent;
}

const json = (value: unknown): string => fence(JSON.stringify(value, null, 2) ?? 'nothing', 'json');

function answerParts(log: RunLog, { index }: StepSummary): readonly string[] {
  const { response, chunks } = log.rows(index);
  if (response) return ['## Answer', json(response.body)];
  if (chunks.length === 0) return [];
  const choices = saidBy(log, index);
  return [
    '## Answer',
    ...choices.flatMap((choice, number) => [
      ...(choices.length > 1 ? [`### Choice ${number}`] : []),
      ...choiceParts(choice),
    ]),
  ];
}

function choiceParts({ text, refusal, calls }: Said): readonly string[] {
  const parts = [
    ...(text ? [fence(text, 'text')] : []),
    ...(refusal ? ['A refusal:', fence(refusal, 'text')] : []),
    ...calls.map((call) => fence(call, 'text')),
  ];
  return parts.length > 0 ? parts : ['No text came.'];
}

function errorParts({ error }: StepSummary): readonly string[] {
  if (!error) return [];
  const { className, message, ...fields } = error;
  const facts = Object.entries(fields).filter(([, value]) => value !== null);
  return [
    '## Error',
    [className, ...facts.map(([name, value]) => `${name}: ${value}`)].map(code).join(' · '),
    fence(shortMessage(error), 'text'),
  ];
}

/** Chunks shown in full, and how many of each end where there are more. */
const allChunks = 24;
const endChunks = 8;

function chunkTable({ knownTimes, offsetMs }: StepSummary, { chunks }: StepRows): string {
  const isTimed = knownTimes === 'all';
  const row = (place: number): readonly string[] => {
    const chunk = chunks[place]!;
    const { index, at } = chunk;
    const before = chunks[place - 1];
    const reading = readingOf(chunk);
    const { finishReason } = firstOf(reading);
    return [
      String(index),
      isTimed ? formatMs(at - offsetMs) : '–',
      isTimed && before ? formatMs(at - before.at) : '–',
      finishReason === null ? '–' : cell(clipped(finishReason)),
      cell(clipped(deltaOf(reading))),
    ];
  };
  const places = [...chunks.keys()];
  const rows =
    chunks.length <= allChunks
      ? places.map(row)
      : [
          ...places.slice(0, endChunks).map(row),
          ['…', '', '', '', `${chunks.length - 2 * endChunks} more`],
          ...places.slice(-endChunks).map(row),
        ];
  return table(['#', 'at', 'gap', 'finish_reason', 'delta'], rows, [0, 1, 2]);
}

/** A delta may be a whole book. */
const clipped = (text: string): string =>
  text.length > 200 ? `${text.slice(0, 200).toWellFormed()}…` : text;

function figureTable(step: StepSummary): string {
  const times = momentsOf(step).map(
    ({ name, atMs }): Figure => ({ label: name, value: formatMs(atMs), known: 'measured' }),
  );
  const body: Figure = {
    label: 'body',
    value: `${step.bytes} bytes${readsOf(step)}`,
    known: 'measured',
  };
  // The first token is the first content, under the name that learners look for.
  const figures = [
    ...usageFigures(step).filter(({ label }) => label !== 'first token'),
    ...times,
    ...(step.reads > 0 ? [body] : []),
  ];
  return table(
    ['figure', 'value', 'known'],
    figures.map(({ label, value, known }) => [
      label,
      /^[–…]$/.test(value) ? value : cell(value),
      known ?? '–',
    ]),
  );
}

/** An answer that somebody else kept says nothing of the reads in which it came. */
const readsOf = ({ reads, knownTimes }: StepSummary): string =>
  knownTimes === 'all' ? ` in ${reads} ${reads === 1 ? 'read' : 'reads'}` : '';

function attemptTable(attempts: readonly AttemptSummary[]): string {
  const rows = attempts.map(({ startMs, headersMs, failedMs, status, failure }, index) => {
    const endMs = headersMs ?? failedMs;
    return [
      String(index + 1),
      formatMs(startMs),
      endMs === null ? '–' : formatMs(endMs - startMs),
      cell(status === null ? (failure ?? 'no answer') : `HTTP ${status}`),
    ];
  });
  return table(['try', 'at', 'took', 'answer'], rows, [0, 1, 2]);
}

function headerParts(attempt: AttemptSummary | undefined): readonly string[] {
  const part = (title: string, headers: HeaderList) =>
    headers.length === 0
      ? []
      : [`## ${title}`, fence(headers.map(([name, value]) => `${name}: ${value}`).join('\n'), 'http')];
  return attempt
    ? [...part('Headers sent', attempt.sentHeaders), ...part('Headers received', attempt.headers)]
    : [];
}
