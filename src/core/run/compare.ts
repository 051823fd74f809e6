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

const ms = (value: number | null | undefined): string => (value == null ? '–' : formatMs(value));

/** Two runs figure by figure. What is not known yet, or never came, is a dash. Times always differ a little: they are
 * marked only from a tenth on. */
export function compareRows(first: StepSummary | null, second: StepSummary | null): readonly ComparedRow[] {
  const row = (label: string, read: (step: StepSummary) => string): ComparedRow => {
    const [one, other] = [first ? read(first) : '–', second ? read(second) : '–'];
    return { label, first: one, second: other, isDifferent: one !== other && one !== '–' && other !== '–' };
  };
  // A count is no other than an estimate, nor tokens than chunks: only like figures differ.
  const alike = (label: string, read: (step: StepSummary) => string): ComparedRow => {
    const { isDifferent, ...cells } = row(label, read);
    const kind = (text: string) => text.replace(/[\d.,]+/g, '');
    return { ...cells, isDifferent: isDifferent && kind(cells.first) === kind(cells.second) };
  };
  const time = (label: string, read: (step: StepSummary) => number | null): ComparedRow => {
    const [one, other] = [first ? read(first) : null, second ? read(second) : null];
    const isDifferent = one !== null && other !== null && Math.abs(one - other) > Math.max(one, other) / 10;
    return { label, first: ms(one), second: ms(other), isDifferent };
  };
  const figure = (step: StepSummary, label: string): string => {
    const found = usageFigures(step).find((each) => each.label === label);
    return found?.known ? found.value : '–';
  };
  return [
    row('model', ({ model }) => model ?? '–'),
    row('HTTP status', ({ status }) => String(status ?? '–')),
    row('ended', ({ error, finishReason, outcome }) => error?.className ?? finishReason ?? outcome ?? '…'),
    row('chunks', ({ isStream, chunks }) => (isStream ? String(chunks) : 'one body')),
    time('headers', ({ headersMs }) => headersMs),
    time('first text', ({ isStream, firstContentMs, endMs }) => (isStream ? firstContentMs : endMs)),
    time('end', ({ endMs }) => endMs),
    row('prompt tokens', ({ usage }) => String(usage?.prompt_tokens ?? '–')),
    alike('completion tokens', (step) =>
      step.usage ? String(step.usage.completion_tokens) : figure(step, 'completion').replace(/ tokens?$/, ''),
    ),
    alike('speed', (step) => figure(step, 'speed')),
    row('bytes of the body', ({ bytes }) => (bytes > 0 ? bytes.toLocaleString('en-US') : '–')),
  ];
}

/** Where two texts part, in a sentence; the empty text where there is none to compare. */
export function textsApart(first: string, second: string): string {
  if (first === '' && second === '') return '';
  if (first === second) return `Both texts are the same, to the last of ${first.length} characters.`;
  const [a, b] = [Array.from(first), Array.from(second)];
  const at = a.findIndex((char, index) => char !== b[index]);
  const place = at < 0 ? a.length : at;
  const excerpt = (text: readonly string[]) =>
    text.length <= place ? 'nothing more' : `“${text.slice(place, place + 24).join('')}”`;
  const where =
    place === 0
      ? 'The texts differ from the start on:'
      : `The texts are the same for ${place} characters; then`;
  return `${where} A has ${excerpt(a)}, B has ${excerpt(b)}.`;
}
