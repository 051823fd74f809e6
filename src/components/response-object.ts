import { quote, visible } from '../core/visible.ts';
import { box, type Look } from './box.ts';
import { clip, type Line, line, padEnd, span } from './line.ts';

/** One row of an object laid flat: a field with its value, or the heading of the fields below it. */
export interface FieldRow {
  /** Such as `choices[0].message.content`. */
  readonly path: string;
  readonly key: string;
  readonly depth: number;
  /** The value as one line, or null for the heading of an object or a list that has something in it. */
  readonly value: string | null;
}

/** Lays an object flat, in the order of its keys. What is no object has no fields: it is the one row. */
export function fieldRows(value: unknown, path = '', depth = 0): FieldRow[] {
  if (typeof value !== 'object' || value === null) {
    return [{ path, key: '(no object)', depth, value: valueText(value) }];
  }
  return Object.entries(value).flatMap(([name, field]) => {
    const isItem = Array.isArray(value);
    const key = isItem ? `[${name}]` : visible(name);
    const fieldPath = isItem ? `${path}${key}` : path ? `${path}.${key}` : key;
    // A server may nest without end; nobody reads on below this.
    if (typeof field === 'object' && field !== null && depth >= 20) {
      return [{ path: fieldPath, key, depth, value: '…' }];
    }
    if (field === null || typeof field !== 'object') {
      return [{ path: fieldPath, key, depth, value: valueText(field) }];
    }
    const inner = Object.keys(field).length;
    if (inner === 0) return [{ path: fieldPath, key, depth, value: Array.isArray(field) ? '[]' : '{}' }];
    // `choices[0]` as one heading: a list and its items would be two boxes around the same thing.
    if (Array.isArray(field) && field.every((item) => item !== null && typeof item === 'object')) {
      return field.flatMap((item: object, index) => [
        { path: `${fieldPath}[${index}]`, key: `${key}[${index}]`, depth, value: null },
        ...fieldRows(item, `${fieldPath}[${index}]`, depth + 1),
      ]);
    }
    return [{ path: fieldPath, key, depth, value: null }, ...fieldRows(field, fieldPath, depth + 1)];
  });
}

const valueText = (value: unknown): string => (typeof value === 'string' ? quote(value) : String(value));

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
    while (next < rows.length && rows[next]!.depth === depth) {
      const index = next++;
      const row = rows[index]!;
      lineOf[index] = top++;
      const style = index === selected ? 'selected' : null;
      if (row.value === null) {
        lines.push(...box(line(row.key, style ?? 'strong'), draw(depth + 1, inner - 4), inner, look));
        if (!look.isPlain) top++;
      } else {
        const key = padEnd(row.key, Math.min(28, Math.max(15, row.key.length + 1)));
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

  const lines = box(line(title, 'muted'), draw(0, width - 4), width, look);
  return { lines, lineOf };
}
