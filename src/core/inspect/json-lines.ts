import { jsonLine, visible } from '../visible.ts';

/** One line of a value laid out as JSON. All text is safe to show. */
export interface JsonLine {
  /** A value of its type, what opens or closes what is below, or a `note` on several keys or on what is left out. */
  readonly kind: 'string' | 'number' | 'word' | 'open' | 'close' | 'note';
  readonly depth: number;
  /** Such as `choices[0].delta.content`; empty where the line is no field of its own. */
  readonly path: string;
  /** In quotes; null in a list, and where the line is no field of its own. */
  readonly key: string | null;
  readonly text: string;
}

/** More steps down than these, and behind so many lines, items or characters, what is there is only counted. */
const deepest = 6;
const mostLines = 400;
const mostItems = 64;
const longestText = 4000;

/**
 * Lays a value out as JSON, in the order of its keys. Keys that are null share one line, and so do plain values in a
 * list, and keys that are as in an object before.
 */
export function jsonLines(
  value: unknown,
  before?: { readonly value: unknown; readonly name: string },
): JsonLine[] {
  const lines: JsonLine[] = [];
  for (const each of valueLines(value, { depth: 0, path: '', key: null, steps: 0 }, before)) {
    if (lines.length === mostLines) return [...lines, note(0, '… more, not laid out here')];
    lines.push(each);
  }
  return lines;
}

type Before = Parameters<typeof jsonLines>[1];

/** Where a value stands. Its steps from the top are more than its depth where two brackets share a line. */
interface Place extends Pick<JsonLine, 'depth' | 'path' | 'key'> {
  readonly steps: number;
}

const note = (depth: number, text: string): JsonLine => ({ kind: 'note', depth, path: '', key: null, text });
const close = (depth: number, text: string): JsonLine => ({ ...note(depth, text), kind: 'close' });

function* valueLines(value: unknown, place: Place, before?: Before): Generator<JsonLine> {
  const { steps, ...at } = place;
  const { depth, path } = place;
  if (!isBranch(value)) {
    yield { ...at, kind: kindOf(value), text: plainText(value) };
  } else if (Object.keys(value).length === 0 || steps > deepest) {
    yield { ...at, kind: 'word', text: folded(value) };
  } else if (!Array.isArray(value)) {
    yield { ...at, kind: 'open', text: '{' };
    yield* fieldLines(value, { ...place, depth: depth + 1 }, before);
    yield close(depth, '}');
  } else if (!isBranch(value[0])) {
    const items = value.slice(0, mostItems).map(plainText).join(', ');
    yield { ...at, kind: 'word', text: `[${items}${moreItems(value)}]` };
  } else if (steps === deepest) {
    yield { ...at, kind: 'word', text: folded(value) };
  } else if (value.length === 1 && !Array.isArray(value[0])) {
    // The list and its only item are one step to the right, not two.
    yield { ...at, kind: 'open', text: '[{' };
    yield* fieldLines(value[0], { ...place, depth: depth + 1, path: `${path}[0]`, steps: steps + 1 });
    yield close(depth, '}]');
  } else {
    yield { ...at, kind: 'open', text: '[' };
    for (const [index, item] of value.entries()) {
      yield* valueLines(item, { depth: depth + 1, path: `${path}[${index}]`, key: null, steps: steps + 1 });
    }
    yield close(depth, ']');
  }
}

/** The fields of an object that stands at `place`, at the depth that is given there. */
function* fieldLines(parent: object, place: Place, before?: Before): Generator<JsonLine> {
  const { depth, path, steps } = place;
  const old = isBranch(before?.value) ? new Map(Object.entries(before.value)) : null;
  const nulls: string[] = [];
  const same: string[] = [];
  const own: [string, unknown][] = [];
  for (const [name, field] of Object.entries(parent)) {
    if (field === null) nulls.push(visible(name));
    else if (!isBranch(field) && old?.get(name) === field) same.push(visible(name));
    else own.push([name, field]);
  }
  if (same.length > 0) yield note(depth, `as in ${before!.name}: ${same.join(', ')}`);
  for (const [name, field] of own) {
    const fieldPath = path ? `${path}.${visible(name)}` : visible(name);
    yield* valueLines(field, { depth, path: fieldPath, key: jsonLine(name), steps: steps + 1 });
  }
  if (nulls.length > 0) yield note(depth, `null: ${nulls.join(', ')}`);
}

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;

const kindOf = (value: unknown): JsonLine['kind'] =>
  typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'word';

function plainText(value: unknown): string {
  if (isBranch(value)) return folded(value);
  if (typeof value !== 'string') return String(value);
  const more = value.length - longestText;
  return jsonLine(value.slice(0, longestText)) + (more > 0 ? ` and ${more} characters more` : '');
}

const moreItems = ({ length }: readonly unknown[]): string =>
  length > mostItems ? `, and ${length - mostItems} more` : '';

/** What is not laid out, in a few words. */
function folded(value: object): string {
  const [open, close, one, many] = Array.isArray(value)
    ? ['[', ']', 'item', 'items']
    : ['{', '}', 'key', 'keys'];
  const count = Object.keys(value).length;
  return count === 0 ? `${open}${close}` : `${open} ${count} ${count === 1 ? one : many} ${close}`;
}
