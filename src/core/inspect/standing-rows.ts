import type { AssemblyStep } from '../run/assembly.ts';
import { jsonLine } from '../visible.ts';

/** One line of an object laid out as JSON, with the part of it that a chunk has just brought. All text is safe to show. */
export interface StandingRow {
  readonly depth: number;
  /** Such as `choices[0].message.content`. */
  readonly path: string;
  /** In quotes; null in a list and for a bracket that closes. */
  readonly key: string | null;
  readonly old: string;
  readonly fresh: string;
  /** What stands behind the fresh part. */
  readonly rest: string;
}

/** More is not laid out: nobody reads on, and a server may nest and list without end. */
const mostRows = 300;
const deepest = 8;
/** Of a longer text that no chunk has just made longer, the beginning is shown. */
const shownText = 160;

/** Where a value stands, and whether all of it is fresh. */
interface Place extends Pick<StandingRow, 'depth' | 'path' | 'key'> {
  readonly isFresh: boolean;
}

/** An object, with what some steps have just added to it. */
export function standingRows(object: unknown, steps: readonly AssemblyStep[]): readonly StandingRow[] {
  const added = new Map(steps.map((step) => [step.path, step]));
  const rows: StandingRow[] = [];
  addValue(object, { depth: 0, path: '', key: null, isFresh: false });
  return rows;

  function addValue(value: unknown, { depth, path, key, ...place }: Place): void {
    if (rows.length >= mostRows) return;
    const own = added.get(path);
    const isFresh = place.isFresh || own !== undefined;
    const push = (text: string) =>
      rows.push({ depth, path, key, old: isFresh ? '' : text, fresh: isFresh ? text : '', rest: '' });
    const bracket = (text: string, name: string | null) =>
      rows.push({ depth, path, key: name, old: text, fresh: '', rest: '' });
    if (typeof value === 'string') {
      rows.push({ depth, path, key, ...textParts(value, place.isFresh ? null : own) });
    } else if (typeof value !== 'object' || value === null) {
      push(String(value));
    } else if (isFolded(value, path, depth)) {
      rows.push({ depth, path, key, ...foldedParts(value, place.isFresh ? null : own) });
    } else if (!Array.isArray(value)) {
      bracket('{', key);
      addFields(value, { depth, path, key, isFresh });
      bracket('}', null);
    } else if (value.length === 1) {
      // A list and its only item are one step to the right, not two.
      bracket('[{', key);
      addFields(value[0], { depth, path: itemPath(path, value[0], 0), key, isFresh });
      bracket('}]', null);
    } else {
      bracket('[', key);
      for (const [at, item] of value.entries()) {
        addValue(item, { depth: depth + 1, path: itemPath(path, item, at), key: null, isFresh });
      }
      bracket(']', null);
    }
  }

  function addFields(record: object, { depth, path, isFresh }: Place): void {
    for (const [name, value] of Object.entries(record)) {
      const inner = path === '' ? name : `${path}.${name}`;
      addValue(value, { depth: depth + 1, path: inner, key: jsonLine(name), isFresh });
    }
  }
}

/** A choice is known by its own index, which need not be its place. */
const itemPath = (path: string, item: unknown, at: number): string =>
  `${path}[${path === 'choices' && hasIndex(item) ? item.index : at}]`;

const hasIndex = (value: unknown): value is { readonly index: number } =>
  typeof value === 'object' && value !== null && 'index' in value && typeof value.index === 'number';

/** The lists that an answer is made of are laid out; others, such as that of all tokens, can be long. */
const isFolded = (value: object, path: string, depth: number): boolean =>
  depth >= deepest ||
  countOf(value) === 0 ||
  (Array.isArray(value) && !(/(^choices|\.tool_calls)$/.test(path) && value.every(isRecord)));

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null;

const countOf = (value: object): number => (Array.isArray(value) ? value.length : Object.keys(value).length);

/** What is not laid out, in a few words; of a list that grew, how much. */
function foldedParts(value: object, step: AssemblyStep | null | undefined): Parts {
  const count = countOf(value);
  const isList = Array.isArray(value);
  const [open, close, one, many] = isList ? ['[', ']', 'item', 'items'] : ['{', '}', 'key', 'keys'];
  const before = isList ? Number.parseInt(step?.was ?? '', 10) : Number.NaN;
  if (before > 0)
    return { old: `${open} ${step!.was}`, fresh: `, ${count - before} more`, rest: ` ${close}` };
  const text = count === 0 ? open + close : `${open} ${count} ${count === 1 ? one : many} ${close}`;
  return step === undefined ? { old: text, fresh: '', rest: '' } : { old: '', fresh: text, rest: '' };
}

/**
 * A text with its fresh end apart. A text that grows is taken from its last step, which knows how it ended: to look into
 * the text itself would join all its pieces each time.
 *
 * @param step what was added; undefined for nothing, null if the text is a part of what was added
 */
function textParts(text: string, step: AssemblyStep | null | undefined): Parts {
  if (step === undefined) {
    const more = text.length - shownText;
    const old = json(text.slice(0, shownText));
    return { old: more > 0 ? `${old}…" and ${more} characters more` : `${old}"`, fresh: '', rest: '' };
  }
  const added = step === null ? jsonLine(text.slice(0, shownText)) : step.added;
  const isCut = !added.endsWith('"');
  const fresh = isCut ? added.slice(1) : added.slice(1, -1);
  const isGrown = step?.was.startsWith('"') && (isCut || text.length > JSON.parse(added).length);
  return { old: isGrown ? step!.was.slice(0, -1) : '"', fresh, rest: isCut ? '' : '"' };
}

type Parts = Pick<StandingRow, 'old' | 'fresh' | 'rest'>;

/** A text as JSON without the quotation mark at its end. */
const json = (text: string): string => jsonLine(text).slice(0, -1);
