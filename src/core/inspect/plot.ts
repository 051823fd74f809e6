const eighths = ' ▁▂▃▄▅▆▇█';

/**
 * Values as columns of blocks, one cell each: `height` rows from top to bottom. What is above 0 is always seen, and
 * what is above `top` is cut.
 */
export function columns(values: readonly number[], top: number, height: number): string[] {
  const most = height * 8;
  const fills = values.map((value) =>
    value > 0 ? Math.min(most, Math.max(1, Math.round((value / top) * most))) : 0,
  );
  return Array.from({ length: height }, (_, row) => {
    const below = (height - 1 - row) * 8;
    return fills.map((fill) => eighths[Math.min(8, Math.max(0, fill - below))]).join('');
  });
}

/** A share from 0 to 1 as a bar of `width` cells. Only what is whole is drawn whole, and only nothing as nothing. */
export function meter(share: number, width: number): string {
  const most = width * 8;
  const inner = share > 0 && share < 1 ? Math.min(most - 1, Math.max(1, Math.round(share * most))) : 0;
  const eighths = share >= 1 ? most : inner;
  const full = Math.floor(eighths / 8);
  const drawn = '█'.repeat(full) + [...' ▏▎▍▌▋▊▉'][eighths % 8]!.trim();
  return drawn.padEnd(width, '░');
}

const steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** A round number from 1 up that holds `value`: the top of an axis, which then seldom changes while a run goes on. */
export function roundTop(value: number): number {
  if (value <= 1) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return steps.map((step) => step * unit).find((top) => value <= top) ?? 10 * unit;
}

/** How many of `count` values share a cell, so that all fit into `cells`: 1, 2, 3, 4, 6, 8, 12 and so on. */
export function groupSize(count: number, cells: number): number {
  let power = 1;
  while (power * 2 * cells < count) power *= 2;
  // Between two powers of two, half as much again leaves less of the room empty.
  return [power, power * 1.5, power * 2].find((size) => Number.isInteger(size) && size * cells >= count)!;
}

/** A text that ends below the cell that it belongs to, or as near to it as its neighbours leave room. */
export interface PlotLabel {
  readonly text: string;
  readonly cell: number;
}

/** Labels, from left to right, in a text of at most `width` cells, none over another. What has no room at the end goes. */
export function placeLabels(labels: readonly PlotLabel[], width: number): string {
  const starts: number[] = [];
  let right = width + 1;
  for (const { text, cell } of labels.toReversed()) {
    right = Math.min(cell, right - 2) - text.length + 1;
    starts.unshift(right);
  }
  let row = '';
  for (const [index, { text }] of labels.entries()) {
    const start = Math.max(starts[index]!, row === '' ? 0 : row.length + 1);
    if (start + text.length > width) break;
    row = row.padEnd(start) + text;
  }
  return row;
}
