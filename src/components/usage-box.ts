import { type Figure, usageFigures } from '../core/run/figures.ts';
import type { StepSummary } from '../core/run/summary.ts';
import { visible } from '../core/visible.ts';
import { box, type Look } from './box.ts';
import { blank, cellWidth, type Line, line, padEnd, span, spread } from './line.ts';

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

/** The same where there is no room for a box: as many rows of `label value known` as are given. */
export function usageInWords(step: StepSummary | null, width: number, rows: number): Line[] {
  if (!step) return [line('usage  after the run', 'muted')];
  const lines: Line[] = [];
  let open: Line = [span('usage  ', 'muted')];
  let used = 7;
  for (const { label, value, known } of usageFigures(step).filter(hasValue)) {
    const text = `${label} ${visible(value)}`;
    const tag = known ? ` ${known}` : '';
    const cells = cellWidth(text) + tag.length + 3;
    if (used + cells - 3 > width && lines.length < rows - 1) {
      lines.push(open);
      open = [span('       ')];
      used = 7;
    }
    open = [...open, ...(used > 7 ? [span(' · ', 'muted')] : []), span(text), span(tag, 'muted')];
    used += cells;
  }
  return [...lines, open];
}

const hasValue = ({ value }: Figure): boolean => value !== '–' && value !== '…';
