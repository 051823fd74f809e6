import { formatMs, usageFigures } from './figures.ts';
import type { StepSummary } from './summary.ts';

/** One figure of two runs. */
export interface ComparedRow {
  readonly label: string;
  readonly first: string;
  readonly second: string;
  /** Both are known, and they are not the same. */
  readonly isDifferent: boolean;
}

/** Something that can be known of a request, to stand beside the same of another one. */
export interface Fact {
  readonly label: string;
  /** In words; a dash where it is not known yet, or never came. */
  readonly text: (step: StepSummary) => string;
  /** Whether two that are known and read differently are different; they are, if nothing else is said. */
  readonly differ?: (first: StepSummary, second: StepSummary) => boolean;
}

/** What stands for something that never came or is not there, and for what may still come. */
export const dash = '–';
const pending = '…';

/** A time; `ms` is null where it is not known. */
export interface TimeFact extends Fact {
  readonly ms: (step: StepSummary) => number | null;
}

/** Times, and what comes of them, always differ a little. */
const isTenthApart = (one: number, other: number): boolean =>
  Math.abs(one - other) > Math.max(one, other) / 10;

const time = (label: string, ms: (step: StepSummary) => number | null): TimeFact => ({
  label,
  ms,
  text: (step) => {
    const value = ms(step);
    return value === null ? dash : formatMs(value);
  },
  differ: (first, second) => isTenthApart(ms(first) ?? 0, ms(second) ?? 0),
});

/** A number with what it counts: a count is no other than an estimate, nor tokens than chunks, only like ones differ. */
function amount(
  label: string,
  text: (step: StepSummary) => string,
  apart = (one: number, other: number): boolean => one !== other,
): Fact {
  const unit = (step: StepSummary) => text(step).replace(/[\d.,]+/, '');
  const number = (step: StepSummary) => Number(/[\d.]+/.exec(text(step)) ?? 0);
  const differ: Fact['differ'] = (first, second) =>
    unit(first) === unit(second) && apart(number(first), number(second));
  return { label, text, differ };
}

function figure(step: StepSummary, label: string): string {
  const found = usageFigures(step).find((each) => each.label === label);
  return found?.known ? found.value : dash;
}

/** Tokens of the text per chunk that carries some; those of reasoning are in none. */
function tokensPerChunk({ contentChunks, usage, estimatedCompletionTokens }: StepSummary): string {
  if (contentChunks === 0) return dash;
  const reasoning = Number(usage?.completion_tokens_details?.reasoning_tokens ?? 0);
  if (usage) return ((usage.completion_tokens - reasoning) / contentChunks).toFixed(1);
  if (estimatedCompletionTokens === null) return dash;
  return `about ${(estimatedCompletionTokens / contentChunks).toFixed(1)}`;
}

export const facts = {
  model: { label: 'model', text: ({ model }) => model ?? dash },
  status: { label: 'HTTP status', text: ({ status }) => String(status ?? dash) },
  ended: {
    label: 'ended',
    text: ({ error, finishReason, outcome }) => error?.className ?? finishReason ?? outcome ?? pending,
  },
  outcome: { label: 'outcome', text: ({ outcome }) => outcome ?? pending },
  tries: { label: 'tries', text: ({ attempts }) => String(attempts.length) },
  chunks: { label: 'chunks', text: ({ isStream, chunks }) => (isStream ? String(chunks) : 'one body') },
  textChunks: { label: 'chunks with text', text: ({ contentChunks }) => String(contentChunks) },
  tokensPerChunk: amount('tokens per chunk', tokensPerChunk, isTenthApart),
  prompt: { label: 'prompt tokens', text: ({ usage }) => String(usage?.prompt_tokens ?? dash) },
  completion: amount('completion tokens', (step) =>
    step.usage ? String(step.usage.completion_tokens) : figure(step, 'completion').replace(/ tokens?$/, ''),
  ),
  speed: amount('speed', (step) => figure(step, 'speed'), isTenthApart),
  bytes: {
    label: 'bytes of the body',
    text: ({ bytes }) => (bytes > 0 ? bytes.toLocaleString('en-US') : dash),
  },
} as const satisfies Record<string, Fact>;

export const times = {
  headers: time('headers', ({ headersMs }) => headersMs),
  firstText: time('first text', ({ isStream, firstContentMs, endMs }) => (isStream ? firstContentMs : endMs)),
  largestGap: time('largest gap', ({ largestGapMs }) => largestGapMs),
  end: time('end', ({ endMs }) => endMs),
} as const;

/** A fact of two runs side by side. */
export function compareFact(fact: Fact, first: StepSummary | null, second: StepSummary | null): ComparedRow {
  const [one, other] = [first ? fact.text(first) : dash, second ? fact.text(second) : dash];
  const isKnown = [one, other].every((text) => text !== dash && text !== pending);
  const isDifferent =
    first !== null && second !== null && isKnown && one !== other && (fact.differ?.(first, second) ?? true);
  return { label: fact.label, first: one, second: other, isDifferent };
}

const shownFacts: readonly Fact[] = [
  facts.model,
  facts.status,
  facts.ended,
  facts.chunks,
  times.headers,
  times.firstText,
  times.end,
  facts.prompt,
  facts.completion,
  facts.speed,
  facts.bytes,
];

/** Two runs figure by figure. Times always differ a little: they are marked only from a tenth on. */
export const compareRows = (first: StepSummary | null, second: StepSummary | null): readonly ComparedRow[] =>
  shownFacts.map((fact) => compareFact(fact, first, second));

/** Where two texts part, in a sentence; the empty text where there is none to compare. */
export function textsApart(first: string, second: string, [a, b] = ['A', 'B']): string {
  if (first === '' && second === '') return '';
  if (first === second) return `Both texts are the same, to the last of ${first.length} characters.`;
  const [one, other] = [Array.from(first), Array.from(second)];
  const at = one.findIndex((char, index) => char !== other[index]);
  const place = at < 0 ? one.length : at;
  const excerpt = (text: readonly string[]) =>
    text.length <= place ? 'nothing more' : `“${text.slice(place, place + 24).join('')}”`;
  const where =
    place === 0
      ? 'The texts differ from the start on:'
      : `The texts are the same for ${place} characters; then`;
  return `${where} ${a} has ${excerpt(one)}, ${b} has ${excerpt(other)}.`;
}
