import { limitsOf, type Parts } from './cases.ts';
import { sampleOf } from './formats.ts';
import { type Candidate, given, type Maker, type Place, unused } from './maker.ts';
import { textsLike } from './pattern-write.ts';
import type { FactKind } from './prompt.ts';
import { shortText, standsBeside, wordsOf } from './words.ts';

/** No text grows longer, whatever is asked for. */
const longest = 2000;

/** Texts that a schema may want: of the prompt, given ones, and then ones made to measure. */
export function* texts(parts: Parts, place: Place, maker: Maker): Generator<Candidate> {
  const { facts, random } = maker;
  const kind = kindOf(parts, place);
  const beside = (['name', 'id', 'number'] as const)
    .flatMap((one) => unused(maker, one))
    .filter((fact) => (kind === undefined || kind === 'id') && standsBeside(facts, fact, place.name));
  for (const fact of beside) yield { value: fact.text, fact };
  if (kind) yield* ofKind(kind, maker);
  yield* given(parts, 'default');
  if (kind) {
    yield* given(parts, 'examples');
    if (place.isNullable && maker.used.hits > 0) yield { value: null };
    yield { value: sampleFor(kind, maker) };
  }
  for (const fact of unused(maker, 'name')) yield { value: fact.text, fact };
  yield* given(parts, 'examples');
  const short = shortText(facts);
  const isShortUsed = maker.used.facts.has(short);
  if (place.isNullable && (isShortUsed || maker.used.hits > 0)) yield { value: null };
  const { least, most } = lengthsOf(parts);
  const patterns = parts.flatMap(({ pattern }) => (typeof pattern === 'string' ? [pattern] : []));
  if (patterns.length > 0) for (const value of wordList(facts.prompt)) yield { value };
  yield { value: short, fact: short, isFiller: true };
  if (least > most) return;
  for (const pattern of patterns) {
    for (const value of textsLike(pattern, least, random, maker.document.fuel)) yield filler(value);
  }
  const bases = [...unused(maker, 'name').map(({ text }) => text), short, 'text', sampleFor(kind, maker)];
  for (const base of bases) {
    for (const value of measured(base, least, most)) yield filler(value);
  }
  const brief = shortText(facts, 20);
  for (let i = 2; i <= 300; i++) yield filler(`${brief} ${i}`);
  for (let i = 0; i < 300; i++) yield filler(randomWord(least, most, maker));
}

const filler = (value: string): Candidate => ({ value, isFiller: true });

/** What the format, the name or the description of a text tell of it. */
function kindOf(parts: Parts, { name }: Place): string | undefined {
  const format = parts.find((part) => typeof part.format === 'string')?.format;
  if (typeof format === 'string') return format;
  const words = new Set(wordsOf(name));
  const named = kinds.find(({ names }) => names.some((one) => words.has(one)));
  const described = kinds.find(({ description }) =>
    parts.some((part) => typeof part.description === 'string' && description?.test(part.description)),
  );
  return (named ?? described)?.kind;
}

interface NamedKind {
  readonly kind: FactKind;
  /** Words in the names of such properties. */
  readonly names: readonly string[];
  /** What their descriptions have. */
  readonly description?: RegExp;
}

const kinds: readonly NamedKind[] = [
  { kind: 'email', names: ['email', 'mail'], description: /\be-?mail address/i },
  { kind: 'uri', names: ['url', 'uri', 'link', 'website', 'homepage'], description: /\bUR[LI]\b/ },
  { kind: 'uuid', names: ['uuid', 'guid'], description: /\bUUID\b/ },
  { kind: 'date-time', names: ['datetime', 'timestamp'], description: /\btimestamp\b/i },
  { kind: 'date', names: ['date', 'birthday', 'deadline'], description: /\bdate\b|YYYY-MM-DD/i },
  { kind: 'time', names: ['time'] },
  { kind: 'id', names: ['id', 'identifier'], description: /\bidentifier\b|\bID\b/ },
];

/** What the prompt holds of a kind, or of one that can be turned into it. */
function* ofKind(kind: string, maker: Maker): Generator<Candidate> {
  const same = Object.hasOwn(maker.facts.found, kind) ? unused(maker, kind as FactKind) : [];
  const alike = kind === 'id' ? (['uuid', 'number'] as const).flatMap((one) => unused(maker, one)) : [];
  for (const fact of [...same, ...alike]) yield { value: fact.text, fact };
  if (kind !== 'date-time') return;
  for (const fact of unused(maker, 'date')) yield { value: `${fact.text}T00:00:00Z`, fact };
}

function sampleFor(kind: string | undefined, { random }: Maker): string {
  if (kind === 'id') return `id-${Math.floor(random() * 9000) + 1000}`;
  return (kind && sampleOf(kind)) || 'text';
}

function lengthsOf(parts: Parts): { readonly least: number; readonly most: number } {
  const least = Math.max(0, ...limitsOf(parts, 'minLength'));
  return { least, most: Math.max(0, Math.min(longest, ...limitsOf(parts, 'maxLength'))) };
}

/** The words of a prompt without the marks around them, the first of them if there are many. */
const wordList = (prompt: string): readonly string[] =>
  prompt
    .split(/\s+/, 100)
    .filter((word) => word.length <= 200)
    .flatMap((word) => [word, word.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '')])
    .filter((word) => word !== '');

/** A text cut or drawn out to fit between two lengths. */
function measured(text: string, least: number, most: number): readonly string[] {
  const characters = [...text];
  if (characters.length > most) return [characters.slice(0, most).join('')];
  if (characters.length >= least) return [];
  const missing = least - characters.length;
  const repeated = [...`${text} `.repeat(Math.ceil(least / (characters.length + 1)))];
  const filler = 'a'.repeat(missing);
  return [repeated.slice(0, least).join('').padEnd(least, '.'), `${text}${filler}`, `${filler}${text}`];
}

const letters = 'abcdefghijklmnopqrstuvwxyz';

function randomWord(least: number, most: number, { random }: Maker): string {
  const length = Math.min(Math.max(least, 1) + Math.floor(random() * 8), most);
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)] ?? 'a').join('');
}
