import { quote, visible } from '../visible.ts';

/** One step down into a value: a key of an object, a place in a list, or null for every one of either. */
export type PathStep = string | number | null;

/** A value that a path leads to. */
export interface PathMatch {
  /** Where exactly it is, such as `choices[0].finish_reason`; empty for the whole value. */
  readonly path: string;
  readonly value: unknown;
}

/**
 * What a JSON path leads to in a value, in the order of the value; nothing where it leads nowhere.
 *
 * @param path keys and places such as `choices[0].delta.content`, `$.usage`, `choices[*].finish_reason`, `['a.b']`
 */
export function find(
  value: unknown,
  path: string,
): { readonly matches: readonly PathMatch[] } | { readonly problem: string } {
  const read = parsePath(path);
  return 'problem' in read ? read : { matches: follow(value, read.steps) };
}

/** Reads a path once, for `follow` to use on many values; or says in one sentence why it makes no sense. */
export function parsePath(
  path: string,
): { readonly steps: readonly PathStep[] } | { readonly problem: string } {
  const text = path.trim();
  if (text === '')
    return { problem: 'There is no path: type one such as usage or choices[0].delta.content.' };
  const steps: PathStep[] = [];
  // `$` is the whole value, and `$defs` an ordinary key.
  let at = /^\$(?=$|[.[])/.test(text) ? 1 : 0;
  while (at < text.length) {
    step.lastIndex = at;
    const found = step.exec(text);
    // Only the very first key may stand without its dot.
    if (!found || (found.groups!.bare && at > 0)) return { problem: problemAt(text, at) };
    steps.push(readStep(found.groups!));
    at = step.lastIndex;
  }
  return { steps };
}

/** What the steps lead to. */
export function follow(value: unknown, steps: readonly PathStep[]): readonly PathMatch[] {
  let matches: PathMatch[] = [{ path: '', value }];
  for (const one of steps) matches = matches.flatMap((match) => stepInto(match, one));
  return matches;
}

/** The path of a key or a place below another path: one that `find` reads, safe for a terminal. */
export function pathTo(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  const isPlain = plainKey.test(step) && step !== '$' && visible(step) === step;
  if (!isPlain) return `${path}[${quote(step)}]`;
  return path === '' ? step : `${path}.${step}`;
}

const plainKey = /^[^\s.[\]'"\\*]+$/;

const step =
  /\.(?<key>\*|[^\s.[\]'"\\*]+)|(?<bare>\*|[^\s.[\]'"\\*]+)|\[(?<every>\*)\]|\[(?<index>\d{1,15})\]|\[(?:'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)")\]/suy;

function readStep(groups: Readonly<Record<string, string | undefined>>): PathStep {
  const { key, bare, every, index, single, double } = groups;
  const name = key ?? bare ?? every;
  if (name !== undefined) return name === '*' ? null : name;
  return index === undefined ? unquoted(single ?? double ?? '') : Number(index);
}

/** Undoes what `quote` and JSON do to a key. */
function unquoted(text: string): string {
  return text.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{0*([\da-fA-F]{1,5}|10[\da-fA-F]{4})\}|(.))/gsu,
    (_, byte?: string, unit?: string, point?: string, char = '') => {
      const hex = byte ?? unit ?? point;
      return hex === undefined ? (controls[char] ?? char) : String.fromCodePoint(Number.parseInt(hex, 16));
    },
  );
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function stepInto({ path, value }: PathMatch, one: PathStep): readonly PathMatch[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    if (one === null) return value.map((item, index) => ({ path: pathTo(path, index), value: item }));
    // `choices.0` is how some tools write `choices[0]`.
    const index = typeof one === 'number' ? one : /^\d{1,15}$/.test(one) ? Number(one) : -1;
    return index in value ? [{ path: pathTo(path, index), value: value[index] }] : [];
  }
  if (one === null) {
    return Object.entries(value).map(([key, field]) => ({ path: pathTo(path, key), value: field }));
  }
  if (typeof one === 'number' || !Object.hasOwn(value, one)) return [];
  return [{ path: pathTo(path, one), value: (value as Record<string, unknown>)[one] }];
}

function problemAt(text: string, at: number): string {
  const rest = text.slice(at);
  if (rest === '.') return 'After the dot at the end a key is missing.';
  if (rest.startsWith('..')) {
    return 'Two dots in a row lead nowhere: name each key on the way, such as choices[*].delta.content.';
  }
  if (rest.startsWith('[')) {
    const end = rest.indexOf(']');
    if (end < 0) return `The bracket at character ${at + 1} is not closed.`;
    const inner = quote(rest.slice(1, Math.min(end, 30))).slice(1, -1);
    return `[${inner}] is no place in a list: write [0] for the first, [*] for all, or ['name'] for a key.`;
  }
  const there = quote([...rest.slice(0, 24)].slice(0, 12).join(''));
  return `From character ${at + 1} on the path cannot be read (${there}): put dots between keys, and odd ones in ['…'].`;
}
