import { assemblyOf, isEmpty, isItsOwn, isLogprobs } from './assemble.ts';
import { type ChunkShape, shapeOf } from './chunk-shape.ts';
import { compareFact, dash, type Fact, facts, textsApart } from './compare.ts';
import { type DiffRow, type DiffSide, type DiffWeight, factRows, row, valueCells } from './diff-row.ts';
import { usageFigures } from './figures.ts';
import type { StepSummary } from './summary.ts';
import { type ValueDifference, valueDifferences } from './value-diff.ts';

const summaryOf = ({ log, step }: DiffSide): StepSummary => log.summary.steps[step]!;

const chunksOf = ({ log, step }: DiffSide): readonly unknown[] =>
  log.rows(step).chunks.map(({ chunk }) => chunk);

/** The answer of a request: as it came, or what its chunks add up to; null where nothing came. */
function answerOf({ log, step }: DiffSide): unknown {
  const { response, chunks } = log.rows(step);
  if (response) return response.body;
  return chunks.length > 0 ? assemblyOf(log, step).object : null;
}

/** What has a row as a fact already, if that differs. */
const factAt: Readonly<Record<string, Fact>> = {
  model: facts.model,
  'choices[0].finish_reason': facts.ended,
  'usage.prompt_tokens': facts.prompt,
  'usage.completion_tokens': facts.completion,
};

/** What two answers say, value by value. */
export function answerRows(first: DiffSide, second: DiffSide): readonly DiffRow[] {
  const [one, other] = [summaryOf(first), summaryOf(second)];
  const [answer, otherAnswer] = [answerOf(first), answerOf(second)];
  if (answer === null || otherAnswer === null) return [];
  const isMixed = one.isStream !== other.isStream;
  const differences = [...valueDifferences(answer, otherAnswer, { isWhole: isLogprobs })].filter((each) => {
    const fact = factAt[each.path];
    if (fact && compareFact(fact, one, other).isDifferent) return false;
    // A stream leaves out what is empty.
    return !(isMixed && isEmpty(each.first) && isEmpty(each.second));
  });
  return [
    ...factRows('body', [facts.model], one, other),
    ...factRows('usage', [facts.prompt, facts.completion], one, other),
    ...onceForAll(differences).map((each) => valueRow(each, one, other)),
  ];
}

/** A key that all items of a list lack is told of once. */
function onceForAll(differences: readonly ValueDifference[]): readonly ValueDifference[] {
  const found = new Map<string, ValueDifference>();
  for (const each of differences) {
    const isKey = (each.first === undefined) !== (each.second === undefined) && !each.path.endsWith(']');
    const path = isKey ? ofAnyItem(each.path) : each.path;
    if (!found.has(path)) found.set(path, { ...each, path });
  }
  return [...found.values()];
}

const ofAnyItem = (path: string): string => path.replace(/\[\d+\]/g, '[]');

/** Texts that are written for a reader: of those it is said where they part. */
const prose = /\.(content|refusal|arguments|input|transcript|reasoning_content)$/;

function valueRow({ path, first, second }: ValueDifference, one: StepSummary, other: StepSummary): DiffRow {
  if (path === 'usage' && (one.usage === null) !== (other.usage === null)) return usageRow(one, other);
  const area = /^usage\b/.test(path) ? 'usage' : /\.finish_reason$/.test(path) ? 'outcome' : 'body';
  const areTexts = prose.test(path) && typeof first === 'string' && typeof second === 'string';
  const note = areTexts ? textsApart(first, second, ['the first', 'the second']) : null;
  return row(area, path, valueCells(first, second), weightOf(path, first, second), note);
}

function usageRow(one: StepSummary, other: StepSummary): DiffRow {
  const text = ({ usage }: StepSummary) =>
    usage ? `${usage.prompt_tokens} + ${usage.completion_tokens} tokens` : dash;
  const without = one.usage ? other : one;
  const why = usageFigures(without).find(({ label }) => label === 'prompt')?.value ?? '';
  const which = one.usage ? 'second' : 'first';
  return row('usage', 'usage', [text(one), text(other)], 'matters', `The ${which} has none (${why}).`);
}

/** What says little of the answer itself, or follows from something else that differs. */
const sideNotes =
  /^(object|service_tier|system_fingerprint|obfuscation)$|\blogprobs\b|\bannotations\b|_details\b|\btotal_tokens$/;

function weightOf(path: string, first: unknown, second: unknown): DiffWeight {
  if (isItsOwn(path) && first !== undefined && second !== undefined) return 'expected';
  return (isEmpty(first) && isEmpty(second)) || sideNotes.test(path) ? 'minor' : 'matters';
}

/**
 * What two streams are made of, but for the keys that their answers show the lack of.
 *
 * @param answer the rows of their answers
 */
export function chunkRows(first: DiffSide, second: DiffSide, answer: readonly DiffRow[]): readonly DiffRow[] {
  const [one, other] = [summaryOf(first), summaryOf(second)];
  const isMixed = one.isStream !== other.isStream;
  const [pieces, otherPieces] = [chunksOf(first), chunksOf(second)];
  const bytes = factRows('chunks', [facts.bytes], one, other, 'minor');
  if (isMixed) return [...factRows('chunks', [facts.chunks], one, other), ...bytes];
  if (pieces.length === 0 || otherPieces.length === 0) return bytes;
  const [shape, otherShape] = [shapeOf(pieces), shapeOf(otherPieces)];
  const said = new Set(answer.map(({ what }) => what.replace('.message', '.delta')));
  return [
    ...(shape.order === otherShape.order ? [] : [row('chunks', 'order', [shape.order, otherShape.order])]),
    ...factRows('chunks', [facts.tokensPerChunk], one, other),
    ...factRows('chunks', [facts.chunks, facts.textChunks], one, other, 'minor'),
    ...(shape.empty === otherShape.empty
      ? []
      : [row('chunks', 'empty chunks', [String(shape.empty), String(otherShape.empty)], 'minor')]),
    ...keyRows(shape.types, otherShape.types).filter(({ what }) => !said.has(what)),
    ...bytes,
  ];
}

type Types = ChunkShape['types'];

/** Keys that only one of two streams has, or that are of other types in it. Of what is missing only the top is told. */
function keyRows(one: Types, other: Types): readonly DiffRow[] {
  const words = (types: ReadonlySet<string> | undefined) => (types ? [...types].join(' or ') : dash);
  const rows: DiffRow[] = [];
  for (const path of new Set([...one.keys(), ...other.keys()])) {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('.'))).replace(/(\[\])+$/, '');
    if (parent !== '' && ![one, other].every((types) => holdsMore(types.get(parent)))) continue;
    const [types, otherTypes] = [one.get(path), other.get(path)];
    if (types && otherTypes && isAlike(types, otherTypes)) continue;
    const isNull = [types, otherTypes].every((each) => !each || (each.size === 1 && each.has('null')));
    const weight = isNull || sideNotes.test(path) ? 'minor' : 'matters';
    rows.push(row('body', path, [words(types), words(otherTypes)], weight));
  }
  return rows;
}

const holdsMore = (types: ReadonlySet<string> | undefined): boolean =>
  types !== undefined && (types.has('object') || types.has('list'));

/** Null is what a key says that has nothing to say yet. */
function isAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const said = (types: ReadonlySet<string>) => [...types].filter((type) => type !== 'null').sort();
  const [a, b] = [said(one), said(other)];
  return a.length === 0 || b.length === 0 || a.join() === b.join();
}
