import { costOf, isPriced, pricesDate } from '../api/prices.ts';
import type { StepSummary } from './summary.ts';

/**
 * How a figure is known: `measured` by our clock and our counting, `reported` by the server, or `estimated` by
 * our tokenizer or from a price list.
 */
export type Known = 'measured' | 'reported' | 'estimated';

/** A figure in words, with how it is known; `known` is null where the value says why there is none. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly known: Known | null;
}

/** A duration as it is read best: `38 ms` under a second, `1.07 s` above; a dash for one that is not known (NaN). */
export const formatMs = (ms: number): string =>
  Number.isNaN(ms) ? '–' : ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;

/** A number of bytes as it is read best: `971 B`, `29.3 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 999.5) return `${bytes} B`;
  const [size, unit] = bytes < 999_500 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `${size.toFixed(size < 99.95 ? 1 : 0)} ${unit}`;
}

/**
 * Reported completion tokens a second between the first and the last content of a stream, or null where the
 * server reported none or there was nothing between.
 */
function tokensPerSecond({ usage, firstContentMs, lastContentMs }: StepSummary): number | null {
  if (!usage || firstContentMs === null || lastContentMs === null) return null;
  return rateOf(usage.completion_tokens, lastContentMs - firstContentMs);
}

/** Chunks with text a second between the first and the last content of a stream: measured, not tokens. */
function chunksPerSecond({ contentChunks, firstContentMs, lastContentMs }: StepSummary): number | null {
  if (firstContentMs === null || lastContentMs === null) return null;
  return rateOf(contentChunks, lastContentMs - firstContentMs);
}

/** So many a second; null where all came at once and there is no speed to speak of. */
const rateOf = (count: number, ms: number): number | null => (ms >= 5 ? count / (ms / 1000) : null);

/** The rows of the usage box, in their order. Each row is always there, so that nothing jumps. */
export function usageFigures(step: StepSummary): readonly Figure[] {
  return [
    ...tokenFigures(step),
    finishFigure(step),
    firstTokenFigure(step),
    speedFigure(step),
    costFigure(step),
  ];
}

function tokenFigures(step: StepSummary): readonly Figure[] {
  const { usage, estimatedCompletionTokens: estimate } = step;
  if (usage) {
    return [
      { label: 'prompt', value: tokens(usage.prompt_tokens), known: 'reported' },
      { label: 'completion', value: tokens(usage.completion_tokens), known: 'reported' },
      { label: 'total', value: tokens(usage.total_tokens), known: 'reported' },
    ];
  }
  const why = whyNoUsage(step);
  return [
    { label: 'prompt', value: why, known: null },
    estimate === null
      ? { label: 'completion', value: '–', known: null }
      : { label: 'completion', value: `about ${tokens(estimate)}`, known: 'estimated' },
    { label: 'total', value: '–', known: null },
  ];
}

const tokens = (count: number): string => `${count} ${count === 1 ? 'token' : 'tokens'}`;

const asksForUsage = ({ request }: StepSummary): boolean =>
  request.kind === 'chat' && request.body.stream_options?.include_usage === true;

function whyNoUsage(step: StepSummary): string {
  if (step.outcome === null) return '…';
  if (step.request.kind === 'model') return 'none: no answer was generated';
  if (step.outcome === 'unsent') return 'none: nothing was sent';
  if ((step.outcome === 'error' || step.isStream) && step.chunks === 0) return 'none: there was no answer';
  if (step.outcome !== 'complete' && (!step.isStream || asksForUsage(step))) {
    return step.outcome === 'aborted'
      ? 'never came: stopped before it'
      : 'never came: the stream ended before it';
  }
  if (step.isStream && !asksForUsage(step)) return 'no count: ask with stream_options';
  return 'not sent by this server';
}

function finishFigure(step: StepSummary): Figure {
  const label = 'finish';
  if (step.finishReason) {
    const which = step.choices > 1 ? ` (choice 0 of ${step.choices})` : '';
    return { label, value: step.finishReason + which, known: 'reported' };
  }
  if (step.outcome === null) return { label, value: '…', known: null };
  const why: Record<NonNullable<StepSummary['outcome']>, string> = {
    complete: '–',
    'no-done': 'never said: the stream just ended',
    cut: 'never said: the connection broke',
    error: step.error ? `none: ${step.error.className}` : 'none',
    unsent: step.error ? `none: ${step.error.className}` : 'none',
    aborted: 'never said: you stopped it',
  };
  return { label, value: why[step.outcome], known: null };
}

/** Why there is no time of a text that came: who kept the stream did not keep when its parts came. */
const untimed = ({ knownTimes, contentChunks }: StepSummary): string | null =>
  knownTimes !== 'all' && contentChunks > 0 ? 'not known: the chunks were not timed' : null;

function firstTokenFigure(step: StepSummary): Figure {
  const label = 'first token';
  if (step.firstContentMs !== null) return { label, value: formatMs(step.firstContentMs), known: 'measured' };
  if (step.outcome === null) return { label, value: '…', known: null };
  if (!step.isStream && step.outcome === 'complete' && step.endMs !== null && step.request.kind === 'chat') {
    return { label, value: `with all the rest, ${formatMs(step.endMs)}`, known: 'measured' };
  }
  return { label, value: untimed(step) ?? '–', known: null };
}

function speedFigure(step: StepSummary): Figure {
  const label = 'speed';
  // A speed that changes with every chunk cannot be read.
  if (step.outcome === null) return { label, value: '…', known: null };
  const perSecond = tokensPerSecond(step);
  if (perSecond !== null && step.isStream) {
    return { label, value: `${perSecond.toFixed(1)} tokens/s`, known: 'measured' };
  }
  const chunks = chunksPerSecond(step);
  if (chunks !== null) return { label, value: `${chunks.toFixed(1)} chunks/s`, known: 'measured' };
  const isAtOnce = step.outcome === 'complete' && step.request.kind === 'chat' && !step.isStream;
  return { label, value: untimed(step) ?? (isAtOnce ? 'none: it came all at once' : '–'), known: null };
}

/** A sum in US dollars to two figures, however small. */
export const formatDollars = (dollars: number): string =>
  `$${Number(dollars.toPrecision(2))
    .toFixed(8)
    .replace(/\.?0+$/, '')}`;

function costFigure(step: StepSummary): Figure {
  const label = 'cost';
  const { kind } = step.target;
  if (kind === 'compatible') return { label, value: 'not known: a server of its own', known: null };
  const isFree = kind !== 'openai';
  const cost =
    (isFree || isPriced(step.target.baseURL)) && step.model && step.usage
      ? costOf(step.model, step.usage)
      : null;
  if (cost === null) return { label, value: isFree ? 'free: practice' : '–', known: null };
  const price = formatDollars(cost);
  return {
    label,
    value: isFree ? `free; OpenAI ${price} (${pricesDate})` : `${price} (prices of ${pricesDate})`,
    known: 'estimated',
  };
}
