import { hasFormat, isDate } from './formats.ts';
import { wordsOf } from './words.ts';

/** Something that a prompt names. */
export interface Fact {
  /** As it is to be used: a date in its ISO form, a number without commas. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type FactKind =
  | 'uri'
  | 'email'
  | 'uuid'
  | 'date-time'
  | 'date'
  | 'time'
  | 'ipv4'
  | 'id'
  | 'number'
  | 'name';

/** What a prompt holds that a value can be made of, each kind in the order in which it stands there. */
export interface PromptFacts {
  readonly prompt: string;
  readonly lower: string;
  readonly found: Readonly<Record<FactKind, readonly Fact[]>>;
  /** The words of the prompt in lower case, without the `s` of a plural. */
  readonly words: ReadonlySet<string>;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const month = '(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*';

/** Makes a fact of a match, given what stands before it, or tells that it is none. */
type Reading = (match: RegExpExecArray, before: string) => string | null;

const asIs: Reading = ([text]) => text;
const ofFormat =
  (format: string): Reading =>
  ([text]) =>
    hasFormat(text, format) ? text : null;

function quoted(match: RegExpExecArray): string | null {
  return match.slice(1, 5).find((part) => part !== undefined) ?? null;
}

function dateTime([, day, clock, seconds = ':00', zone = 'Z']: RegExpExecArray): string | null {
  const text = `${day}T${clock}${seconds}${zone}`;
  return hasFormat(text, 'date-time') ? text : null;
}

const monthFirst: Reading = ([, name, day, year]) => isoDate(year!, name!, day!);
const dayFirst: Reading = ([, day, name, year]) => isoDate(year!, name!, day!);

function isoDate(year: string, name: string, day: string): string | null {
  const number = months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const text = `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(text) ? text : null;
}

function plainNumber([text]: RegExpExecArray): string | null {
  const plain = text.replaceAll(',', '');
  return Number.isFinite(Number(plain)) ? plain : null;
}

/** Words that are capitalised wherever they stand, and such as begin a sentence. */
const pronouns = new Set("I I'm I'd I'll I've".split(' '));
const starters = new Set(
  'A An And Are Also Book But Can Could Do Does Find For From Get Give How If In Is It List My On Or Please Set Show So Tell That The Then There This To We What When Where Which Who Why Will With Would You'.split(
    ' ',
  ),
);

function properNoun([text]: RegExpExecArray, before: string): string | null {
  const isFirst = /[.!?:]\s+$|\n\s*$/.test(before);
  const words = text.split(/\s+/);
  const first = words.findIndex((word) => !pronouns.has(word) && !(isFirst && starters.has(word)));
  const name = words.slice(first).join(' ');
  return first < 0 ? null : name.replace(/['’]s?$/, '');
}

/** In the order in which they are looked for; what one of them has taken is no part of a later one. */
const readings: readonly (readonly [FactKind, RegExp, Reading])[] = [
  [
    'name',
    /"([^"\n]{1,200})"|“([^”\n]{1,200})”|`([^`\n]{1,200})`|(?<![\p{L}\d])'([^'\n]{1,200})'(?![\p{L}\d])/gu,
    quoted,
  ],
  ['uri', /(?<![a-z])https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/gi, ofFormat('uri')],
  ['email', /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, ofFormat('email')],
  ['uuid', /(?<![\w-])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\w-])/gi, asIs],
  ['date-time', /(?<!\d)(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(Z|[+-]\d\d:\d\d)?(?!\d)/g, dateTime],
  ['date', /(?<!\d)\d{4}-\d\d-\d\d(?!\d)/g, ofFormat('date')],
  [
    'date',
    new RegExp(`(?<![\\p{L}\\d])(${month})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)`, 'giu'),
    monthFirst,
  ],
  [
    'date',
    new RegExp(`(?<![\\p{L}\\d])(\\d{1,2})(?:st|nd|rd|th)? (${month}),? (\\d{4})(?!\\d)`, 'giu'),
    dayFirst,
  ],
  ['time', /(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)/g, ([text]) => `${text.padStart(5, '0')}:00Z`],
  ['ipv4', /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g, ofFormat('ipv4')],
  ['id', /(?<![\p{L}\d])\p{L}+[-_]?\d[\p{L}\d_-]*/gu, asIs],
  ['number', /(?<![\p{L}\d.])-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d])/gu, plainNumber],
  ['name', /(?<=\s)\p{Lu}[\p{L}'’-]*(?:[^\S\n]+\p{Lu}[\p{L}'’-]*)*/gu, properNoun],
];

/** Only so much of a prompt is read. */
const longest = 20_000;
const mostFacts = 300;

/** All that can be read from a prompt. */
export function factsOf(text: string): PromptFacts {
  const prompt = text.slice(0, longest).toWellFormed();
  const found: Record<FactKind, Fact[]> = {
    uri: [],
    email: [],
    uuid: [],
    'date-time': [],
    date: [],
    time: [],
    ipv4: [],
    id: [],
    number: [],
    name: [],
  };
  let rest = prompt;
  for (const [kind, pattern, reading] of readings) {
    rest = rest.replace(pattern, (...parts) => {
      const match = parts as unknown as RegExpExecArray;
      const [whole] = match;
      const start = parts.find((part) => typeof part === 'number') as number;
      const read = reading(match, rest.slice(Math.max(0, start - 3), start));
      if (read !== null) found[kind].push({ text: read, start, end: start + whole.length });
      return read === null ? whole : '·'.repeat(whole.length);
    });
  }
  for (const facts of Object.values(found)) {
    facts.sort((a, b) => a.start - b.start);
    facts.splice(0, facts.length - mostFacts);
  }
  return { prompt, lower: prompt.toLowerCase(), found, words: new Set(wordsOf(prompt)) };
}
