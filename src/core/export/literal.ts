import { quoteJson } from './quote.ts';

/** How a language writes down a JSON value. */
export interface Syntax {
  readonly string: (text: string) => string;
  readonly key: (name: string) => string;
  readonly words: { readonly null: string; readonly true: string; readonly false: string };
  readonly indent: number;
  /** What stands inside the braces of an object on one line. */
  readonly padding: '' | ' ';
  readonly hasTrailingComma: boolean;
  /** How a string goes over several lines: joined by `+`, side by side in parentheses, or not at all. */
  readonly longString: 'plus' | 'parentheses' | null;
}

export const jsonSyntax: Syntax = {
  string: quoteJson,
  key: quoteJson,
  words: { null: 'null', true: 'true', false: 'false' },
  indent: 2,
  padding: '',
  hasTrailingComma: false,
  longString: null,
};

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value as the SDK would send it: without what is undefined. */
const asSent = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** The fields of an object as the SDK would send it. */
export const fieldsOf = (object: object) => asSent(object) as Readonly<Record<string, Json>>;

interface FieldLayout {
  readonly width: number;
  readonly key?: (name: string) => string;
  readonly separator?: string;
}

/**
 * The fields of an object as lines of source, one field or more lines each, not indented.
 *
 * @param width columns to keep to where the values allow it
 */
export function fieldLines(
  object: object,
  syntax: Syntax,
  { width, key = syntax.key, separator = ': ' }: FieldLayout,
): readonly string[] {
  const fields = Object.entries(fieldsOf(object));
  return fields.flatMap(([name, value], index) => {
    const comma = syntax.hasTrailingComma || index < fields.length - 1 ? ',' : '';
    return join(
      key(name) + separator,
      layOut(value, syntax, width, key(name).length + separator.length),
      comma,
    );
  });
}

/** A value as lines of source; its first line continues one on which `used` columns are taken. */
export function valueLines(
  value: unknown,
  syntax: Syntax,
  { width, used = 0 }: { readonly width: number; readonly used?: number },
): readonly string[] {
  return layOut(asSent(value), syntax, width, used);
}

function layOut(value: Json, syntax: Syntax, width: number, used: number): readonly string[] {
  const flat = onOneLine(value, syntax);
  if (used + flat.length + 1 <= width) return [flat];
  if (typeof value === 'string') return layOutString(value, syntax, width) ?? [flat];
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0) return [flat];

  const inside = width - syntax.indent;
  if (!isList(value))
    return ['{', ...indent(fieldLines(value, syntax, { width: inside }), syntax.indent), '}'];
  const [only] = value;
  const isLong = (item: Json) => onOneLine(item, syntax).length + 1 > inside;
  if (value.length === 1 && only && typeof only === 'object' && !isList(only) && isLong(only)) {
    // A list of one object opens and closes with it, which saves two lines and two columns.
    return ['[{', ...indent(fieldLines(only, syntax, { width: inside }), syntax.indent), '}]'];
  }
  const items = value.flatMap((item, index) => {
    const comma = syntax.hasTrailingComma || index < value.length - 1 ? ',' : '';
    return join('', layOut(item, syntax, inside, 0), comma);
  });
  return ['[', ...indent(items, syntax.indent), ']'];
}

function layOutString(text: string, syntax: Syntax, width: number): readonly string[] | null {
  if (!syntax.longString) return null;
  // The two columns are for what may follow a piece, such as ` +`.
  const fits = (piece: string) => syntax.string(piece).length <= width - syntax.indent - 2;
  const pieces = piecesOf(text, fits);
  if (pieces.length === 0) return null;
  // Behind the only piece comes no more than a comma.
  if (pieces.length < 2 && syntax.string(text).length > width - syntax.indent - 1) return null;
  const literals = pieces.map(syntax.string);
  if (syntax.longString === 'parentheses') return ['(', ...indent(literals, syntax.indent), ')'];
  const summands = literals.map((literal, index) => (index < literals.length - 1 ? `${literal} +` : literal));
  // The empty first line leaves the key alone on its own.
  return ['', ...indent(summands, syntax.indent)];
}

/** A text in pieces that fit, broken only behind spaces. */
function piecesOf(text: string, fits: (piece: string) => boolean): readonly string[] {
  const pieces: string[] = [];
  for (const word of text.match(/[^ ]* +|[^ ]+/g) ?? []) {
    const longer = (pieces.at(-1) ?? '') + word;
    if (pieces.length > 0 && fits(longer)) pieces[pieces.length - 1] = longer;
    else pieces.push(word);
  }
  return pieces;
}

function onOneLine(value: Json, syntax: Syntax): string {
  if (typeof value === 'string') return syntax.string(value);
  if (value === null) return syntax.words.null;
  if (typeof value === 'boolean') return value ? syntax.words.true : syntax.words.false;
  if (typeof value === 'number') return String(value);
  if (isList(value)) return `[${value.map((item) => onOneLine(item, syntax)).join(', ')}]`;
  const fields = Object.entries(value).map(
    ([name, item]) => `${syntax.key(name)}: ${onOneLine(item, syntax)}`,
  );
  return fields.length > 0 ? `{${syntax.padding}${fields.join(', ')}${syntax.padding}}` : '{}';
}

export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Puts a head before and a comma behind the lines of a value. */
function join(head: string, value: readonly string[], comma: string): readonly string[] {
  const [first = '', ...rest] = value;
  const lines = first === '' && head === '' ? rest : [first === '' ? head.trimEnd() : head + first, ...rest];
  return [...lines.slice(0, -1), lines.at(-1) + comma];
}

/** Moves lines to the right. */
export function indent(lines: readonly string[], columns: number): readonly string[] {
  return lines.map((line) => (line ? ' '.repeat(columns) + line : line));
}
