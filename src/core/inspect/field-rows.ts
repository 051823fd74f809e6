import { quote, visible } from '../visible.ts';
import { pathTo } from './json-path.ts';

/** One row of an object laid flat: a field with its value, or the heading of the fields below it. */
export interface FieldRow {
  /** Such as `choices[0].message.content`. */
  readonly path: string;
  /** As one line, safe for a terminal. */
  readonly key: string;
  readonly depth: number;
  /** The value as one line, or null for the heading of an object or a list that has something in it. */
  readonly value: string | null;
}

/** A server may nest without end; nobody reads on below this. */
const deepest = 20;

/**
 * Lays an object flat, in the order of its keys. What is no object has no fields: it is the one row.
 *
 * @param most where to stop: an event can hold millions of fields
 */
export function fieldRows(value: unknown, most = Number.POSITIVE_INFINITY): FieldRow[] {
  if (!isBranch(value)) return [{ path: '', key: '(no object)', depth: 0, value: valueText(value) }];
  const rows: FieldRow[] = [];
  addFields(value, '', 0);
  return rows;

  function addFields(parent: object, path: string, depth: number): void {
    const names = Array.isArray(parent) ? parent.keys() : Object.keys(parent);
    for (const name of names) {
      if (rows.length >= most) return;
      const key = typeof name === 'number' ? `[${name}]` : oneLine(name);
      addField((parent as Record<string, unknown>)[name], key, pathTo(path, name), depth);
    }
  }

  function addField(field: unknown, key: string, path: string, depth: number): void {
    if (!isBranch(field)) {
      rows.push({ path, key, depth, value: valueText(field) });
    } else if (depth >= deepest) {
      rows.push({ path, key, depth, value: '…' });
    } else if (isEmpty(field)) {
      rows.push({ path, key, depth, value: Array.isArray(field) ? '[]' : '{}' });
    } else if (Array.isArray(field) && field.every(isBranch)) {
      // `choices[0]` as one heading: a list and its items would be two boxes around the same thing.
      for (const [index, item] of field.entries()) {
        if (rows.length >= most) return;
        rows.push({ path: pathTo(path, index), key: `${key}[${index}]`, depth, value: null });
        addFields(item, pathTo(path, index), depth + 1);
      }
    } else {
      rows.push({ path, key, depth, value: null });
      addFields(field, path, depth + 1);
    }
  }
}

/** A line feed is the one control that `visible` leaves alone. */
const oneLine = (name: string): string => visible(name).replaceAll('\n', '␊');

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isEmpty = (value: object): boolean =>
  Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;

const valueText = (value: unknown): string => (typeof value === 'string' ? quote(value) : String(value));
