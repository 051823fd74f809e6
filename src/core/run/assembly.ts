import { jsonLine } from '../visible.ts';
import { isRecord, isSame } from './value-diff.ts';

/** What a chunk added to the object, in words that are safe to show. */
export interface AssemblyStep {
  /** Which chunk it was, from 0. */
  readonly index: number;
  /** Such as `choices[0].message.content`. */
  readonly path: string;
  /** What stood there, as JSON: of a text its end, of a list its length; empty where nothing did. */
  readonly was: string;
  /** What was added or put in its place, as JSON; of what is long its beginning. */
  readonly added: string;
}

type Fields = Record<string, unknown>;

/** A value took the place of another one, or a text or a list of the length `before` became longer. */
type Change = { readonly path: string; readonly added: unknown } & (
  | { readonly was: unknown }
  | { readonly before: number }
);

/** What is said as a whole, even if it is said again; all other texts come in pieces (as the SDK adds them up). */
const names: ReadonlySet<string> = new Set(['role', 'id', 'type', 'name']);

/** At most 128 choices, and as many tools, can be asked for. */
const mostItems = 128;

/** What lies deeper is taken as a whole. */
const deepest = 32;

/** How the chunks of a stream add up to the `chat.completion` that they are the pieces of. */
export class Assembly {
  readonly #object: Fields = bare();
  readonly #changes: (Change & { readonly index: number })[] = [];
  /** Each path once: as many strings as there are changes would take more room than the changes. */
  readonly #paths = new Map<string, string>();
  /** Which items a list holds, by the `index` that their pieces name. */
  readonly #places = new WeakMap<unknown[], number[]>();
  #count = 0;

  /** The answer as far as it has come; it grows in place. */
  get object(): Readonly<Fields> {
    return this.#object;
  }

  /** How many chunks it is made of. */
  get count(): number {
    return this.#count;
  }

  /** Adds what a server sent as a chunk, whatever that is. */
  add(chunk: unknown): void {
    for (const [key, value] of entriesOf(chunk)) {
      if (key === 'choices') this.#addChoices(value);
      else if (key === 'object') this.#set(this.#object, key, 'chat.completion', key);
      else if (key !== 'obfuscation') this.#set(this.#object, key, value, key);
    }
    this.#count++;
  }

  /** What `count` chunks from chunk `from` on added. */
  steps(from: number, count: number): readonly AssemblyStep[] {
    const steps: AssemblyStep[] = [];
    const first = this.#changes.findIndex(({ index }) => index >= from);
    for (let at = Math.max(0, first); at < this.#changes.length; at++) {
      const { index, path, added } = this.#changes[at]!;
      if (index < from || index >= from + count) break;
      steps.push({ index, path, was: this.#wasAt(at), added: shown(added) });
    }
    return steps;
  }

  #wasAt(at: number): string {
    const change = this.#changes[at]!;
    if ('was' in change) return change.was === undefined ? '' : shown(change.was);
    const { path, added, before } = change;
    if (Array.isArray(added)) return before === 1 ? '1 item' : `${before} items`;
    let text = '';
    for (let back = at - 1; back >= 0 && text.length < Math.min(before, shownBefore); back--) {
      const earlier = this.#changes[back]!;
      if (earlier.path === path) text = earlier.added + text;
    }
    return before <= shownBefore ? jsonLine(text) : jsonLine(`…${wholeChars(text.slice(-shownBefore))}`);
  }

  #addChoices(value: unknown): void {
    const choices = listAt(this.#object, 'choices');
    for (const [place, piece] of listOf(value).entries()) {
      const at = placeOf(piece, place);
      const choice = this.#itemAt(choices, at);
      choice.index = at;
      choice.message ??= bare();
      for (const [key, part] of entriesOf(piece)) {
        const path = `choices[${at}].${key}`;
        if (key === 'delta' || key === 'message') {
          this.#merge(choice, 'message', part, `choices[${at}].message`, 0);
        } else if (key === 'logprobs') this.#merge(choice, key, part, path, 0);
        else if (key !== 'index') this.#set(choice, key, part, path);
      }
    }
  }

  #merge(target: Fields, key: string, part: unknown, path: string, depth: number): void {
    const known = target[key];
    if (depth > deepest) this.#set(target, key, part, path);
    else if (typeof part === 'string' && typeof known === 'string' && !names.has(key)) {
      target[key] = known + part;
      if (part !== '') this.#note({ path, added: part, before: known.length });
    } else if (Array.isArray(part)) this.#mergeList(listAt(target, key), part, path, depth);
    else if (isRecord(part)) {
      const record = isRecord(known) ? known : bare();
      target[key] = record;
      for (const [inner, each] of entriesOf(part)) {
        this.#merge(record, inner, each, `${path}.${inner}`, depth + 1);
      }
    } else this.#set(target, key, part, path);
  }

  /** Items that name their `index` are pieces of an item each; others are new ones. */
  #mergeList(list: unknown[], parts: readonly unknown[], path: string, depth: number): void {
    if (parts.length === 0) return;
    if (!path.endsWith('.tool_calls') && !parts.every(hasIndex)) {
      this.#note({ path, added: parts, before: list.length });
      for (const part of parts) list.push(part);
      return;
    }
    for (const [place, part] of parts.entries()) {
      const at = placeOf(part, place);
      const item = this.#itemAt(list, at);
      for (const [key, each] of entriesOf(part)) {
        if (key !== 'index') this.#merge(item, key, each, `${path}[${at}].${key}`, depth + 1);
      }
    }
  }

  /** What is null or not there says nothing new; nor does a name that is empty. */
  #set(target: Fields, key: string, value: unknown, path: string): void {
    const was = target[key];
    if (value == null) target[key] ??= null;
    else if (was !== value && !isSame(was, value) && !(value === '' && was && names.has(key))) {
      target[key] = value;
      this.#note({ path, added: value, was });
    }
  }

  #note(change: Change): void {
    const path = this.#paths.get(change.path) ?? change.path;
    this.#paths.set(path, path);
    this.#changes.push({ ...change, path, index: this.#count });
  }

  /** The item of an index, in the order of their indices; a list has no holes, whichever came first. */
  #itemAt(list: unknown[], at: number): Fields {
    const places = this.#places.get(list) ?? [];
    this.#places.set(list, places);
    const found = places.indexOf(at);
    if (found >= 0) return list[found] as Fields;
    const position = places.filter((place) => place < at).length;
    const item = bare();
    places.splice(position, 0, at);
    list.splice(position, 0, item);
    return item;
  }
}

/** An object without a prototype, in which no key means anything else than itself. */
const bare = (): Fields => Object.create(null);

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(value) ? Object.entries(value) : [];

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function listAt(target: Fields, key: string): unknown[] {
  const known = target[key];
  const list: unknown[] = Array.isArray(known) ? known : [];
  target[key] = list;
  return list;
}

const hasIndex = (part: unknown): boolean => isRecord(part) && Number.isInteger(part.index);

function placeOf(part: unknown, place: number): number {
  const given = isRecord(part) ? Number(part.index ?? Number.NaN) : Number.NaN;
  return Number.isInteger(given) && given >= 0 && given < mostItems ? given : Math.min(place, mostItems - 1);
}

const shownBefore = 40;
const shownAdded = 200;

function shown(value: unknown): string {
  const whole = typeof value === 'string' ? value.slice(0, shownAdded + 1) : value;
  const json = jsonLine(whole);
  return json.length > shownAdded ? `${wholeChars(json.slice(0, shownAdded))}…` : json;
}

/** A text without the half of a character that a cut left at its start or end. */
const wholeChars = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
