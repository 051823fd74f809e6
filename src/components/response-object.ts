import type { FieldRow } from '../core/inspect/field-rows.ts';
import { box, type Look } from './box.ts';
import { clip, type Line, line, padEnd, span } from './line.ts';

/** The object as nested boxes of `width` cells, with the line that each row of `rows` came to stand on. */
export function responseObject(
  title: string,
  rows: readonly FieldRow[],
  selected: number | null,
  width: number,
  look: Look,
): { readonly lines: readonly Line[]; readonly lineOf: readonly number[] } {
  const lineOf: number[] = [];
  let next = 0;
  let top = 1;

  function draw(depth: number, inner: number): Line[] {
    const lines: Line[] = [];
    const keyWidth = keyWidthFrom(next, depth);
    while (next < rows.length && rows[next]!.depth === depth) {
      const index = next++;
      const row = rows[index]!;
      lineOf[index] = top++;
      const style = index === selected ? 'selected' : null;
      if (row.value === null) {
        lines.push(...box(line(row.key, style ?? 'strong'), draw(depth + 1, inner - 4), inner, look));
        if (!look.isPlain) top++;
      } else {
        const key = padEnd(row.key, Math.max(keyWidth, row.key.length + 1));
        const value = clip(row.value, inner - key.length);
        lines.push(
          style
            ? line(padEnd(key + value, inner), style)
            : [span(key, 'muted'), span(value, row.value.startsWith("'") ? 'string' : 'number')],
        );
      }
    }
    return lines;
  }

  /** The keys of one object leave the same room, so that its values stand in one column. */
  function keyWidthFrom(from: number, depth: number): number {
    const end = rows.findIndex((row, index) => index > from && row.depth < depth);
    const keys = rows
      .slice(from, end < 0 ? rows.length : end)
      .filter((row) => row.depth === depth && row.value !== null)
      .map(({ key }) => key.length + 1);
    return Math.min(28, Math.max(15, ...keys));
  }

  const lines = box(line(title, 'muted'), draw(0, width - 4), width, look);
  return { lines, lineOf };
}
