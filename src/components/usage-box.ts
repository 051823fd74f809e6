import { type Figure, type Known, usageFigures } from '../core/run/figures.ts';
import type { StepSummary } from '../core/run/summary.ts';
import { visible } from '../core/visible.ts';
import { box, type Look } from './box.ts';
import { blank, type Line, line, padEnd, span, spread } from './line.ts';

/** Rows of the usage box with its frame. */
export const usageBoxRows = 9;

/** The end of a run in figures, each with how it is known. */
export function usageBox(step: StepSummary | null, width: number, look: Look): Line[] {
  const figures = step ? usageFigures(step) : [];
  const rows = figures.map(({ label, value, known }) =>
    spread(
      [span(padEnd(label, 13), 'muted'), span(visible(value), known ? 'text' : 'muted')],
      line(known ?? '', known === 'estimated' ? 'warn' : 'muted'),
      width - 4,
    ),
  );
  while (rows.length < usageBoxRows - 2) rows.push(blank);
  return box(line('usage', 'muted'), rows, width, look);
}

/**
 * The same in three rows, one for each way of knowing, where there is no room for a box; in fewer rows, the first of
 * them.
 */
export function usageInWords(step: StepSummary | null, rows: number): Line[] {
  if (!step) return [line('usage comes after the run', 'muted')];
  const figures = usageFigures(step);
  const said = (known: Known | null) =>
    figures
      .filter((figure) => figure.known === known && !isEmpty(figure))
      .map(({ label, value }) => ({
        label,
        value: visible(value),
      }));
  const { usage } = step;
  const reported = said('reported').filter(({ label }) => label === 'finish');
  const missing = said(null).filter(({ label }) => label === 'prompt' || label === 'finish');
  const lines: readonly (readonly [Known, readonly string[]])[] = [
    [
      'reported',
      [
        ...(usage
          ? [`${usage.prompt_tokens} + ${usage.completion_tokens} = ${usage.total_tokens} tokens`]
          : []),
        ...reported.map(({ value }) => value),
        // Why there is no finish_reason says also why there is no usage.
        ...missing.slice(-1).map(({ label, value }) => (label === 'prompt' ? noUsage(value) : value)),
      ],
    ],
    [
      'measured',
      said('measured').map(({ label, value }) => (label === 'speed' ? value : `${label} ${value}`)),
    ],
    ['estimated', said('estimated').map(({ value }) => value)],
  ];
  return lines
    .slice(0, rows)
    .map(([known, parts]) => [span(padEnd(known, 11), 'muted'), span(parts.join(' · ') || '–')]);
}

const isEmpty = ({ value }: Figure): boolean => value === '–' || value === '…';

/** In words that have room behind `tool_calls` in 60 columns. */
const noUsage = (why: string): string => `usage ${why}`.replace(/^usage no count:/, 'no usage:');
