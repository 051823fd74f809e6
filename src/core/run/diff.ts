import { knownRequest } from '../inspect/known-request.ts';
import { dash, facts, type TimeFact, times } from './compare.ts';
import { answerRows, chunkRows } from './diff-answer.ts';
import {
  type DiffRow,
  type DiffSide,
  type DiffWeight,
  factRows,
  inOrder,
  row,
  valueCells,
} from './diff-row.ts';
import type { HeaderList } from './events.ts';
import type { StepSummary } from './summary.ts';
import { valueDifferences } from './value-diff.ts';

export type { DiffRow, DiffSide } from './diff-row.ts';

/**
 * What differs between two requests, what matters first: how they ended, what was asked, the headers, the answer, its
 * chunks, its usage and its times. Of a stream and a whole answer, what the chunks add up to is compared. None of it is
 * made safe for a terminal.
 */
export function diffRuns(first: DiffSide, second: DiffSide): readonly DiffRow[] {
  const one = first.log.summary.steps[first.step];
  const other = second.log.summary.steps[second.step];
  if (!one || !other) return [];
  const answer = answerRows(first, second);
  return inOrder([
    ...outcomeRows(one, other),
    ...requestRows(one, other, [first, second]),
    ...headerRows('headers', receivedHeaders(one), receivedHeaders(other)),
    ...answer,
    ...chunkRows(first, second, answer),
    ...timingRows(one, other),
  ]);
}

function outcomeRows(one: StepSummary, other: StepSummary): readonly DiffRow[] {
  const ended = factRows('outcome', [facts.ended], one, other);
  return [
    ...factRows('outcome', [facts.status], one, other),
    // Only where it is not what the row above says.
    ...(ended.length > 0 ? ended : factRows('outcome', [facts.outcome], one, other)),
    ...factRows('outcome', [facts.tries], one, other),
    ...errorRows(one, other),
  ];
}

const errorWeights: Readonly<Record<string, DiffWeight>> = { requestId: 'expected', message: 'minor' };

function errorRows({ error: one }: StepSummary, { error: other }: StepSummary): readonly DiffRow[] {
  if (!one || !other) return [];
  return [...valueDifferences(one, other)]
    .filter(({ path }) => path !== 'className' && path !== 'status')
    .map(({ path, first, second }) =>
      row('outcome', `error.${path}`, valueCells(first, second), errorWeights[path]),
    );
}

/** What has no effect on the answer (official specification). */
const labels = /^(user|store|metadata|safety_identifier|prompt_cache_\w+)\b/;

const notInFile = 'not in the file';

function requestRows(one: StepSummary, other: StepSummary, sides: readonly DiffSide[]): readonly DiffRow[] {
  const known = sides.map(({ log, step }) => knownRequest(log, step));
  const endpoints = [one, other].map(({ target }, side) =>
    known[side] === 'nothing' ? notInFile : target.baseURL,
  );
  const bodies = known.map((how) => (how === 'all' ? 'known' : notInFile));
  const isAsked = !bodies.includes(notInFile);
  return [
    ...unequal('endpoint', endpoints),
    ...(isAsked ? [] : unequal('body', bodies)),
    ...(isAsked ? [...valueDifferences(askedBy(one), askedBy(other))] : []).map(({ path, first, second }) =>
      row('request', path, valueCells(first, second), labels.test(path) ? 'minor' : 'matters'),
    ),
    ...(known.includes('nothing') ? [] : headerRows('request', sentHeaders(one), sentHeaders(other))),
  ];
}

/** A small difference of the request, if it is one. */
const unequal = (what: string, [first = '', second = '']: readonly string[]): readonly DiffRow[] =>
  first === second ? [] : [row('request', what, [first, second], 'minor')];

const askedBy = ({ request }: StepSummary): unknown =>
  request.kind === 'chat' ? request.body : { model: request.model };

const sentHeaders = ({ attempts }: StepSummary): HeaderList => attempts.at(-1)?.sentHeaders ?? [];
const receivedHeaders = ({ attempts }: StepSummary): HeaderList => attempts.at(-1)?.headers ?? [];

/** Headers that say something about the moment, and are others each time. */
const momentary =
  /^(date|age|host|content-length|set-cookie|etag|last-modified|server-timing|cf-ray|x-request-id|openai-processing-ms|x-envoy-upstream-service-time|x-ratelimit-(remaining|reset)-.+|retry-after(-ms)?|x-stainless-retry-count)$/;
const telling = /^(content-type|x-practice-.+)$/;

/** Headers by their names; their order says nothing. */
function headerRows(area: 'request' | 'headers', one: HeaderList, other: HeaderList): readonly DiffRow[] {
  // Without an answer there is nothing to compare with.
  if (one.length === 0 || other.length === 0) return [];
  const [first, second] = [byName(one), byName(other)];
  return [...valueDifferences(first, second)].map(({ path: name }) => {
    const [a, b] = [first[name], second[name]];
    const weight =
      a !== undefined && b !== undefined && momentary.test(name)
        ? 'expected'
        : telling.test(name)
          ? 'matters'
          : 'minor';
    return row(area, area === 'request' ? `header ${name}` : name, [a ?? dash, b ?? dash], weight);
  });
}

function byName(headers: HeaderList): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  for (const [name, value] of headers) {
    const known = found[name.toLowerCase()];
    found[name.toLowerCase()] = known === undefined ? value : `${known}, ${value}`;
  }
  return found;
}

function timingRows(one: StepSummary, other: StepSummary): readonly DiffRow[] {
  const { headers, firstText, largestGap, end } = times;
  return [
    ...[headers, firstText, largestGap, end].flatMap((fact) => timeRows(fact, one, other)),
    ...factRows('timing', [facts.speed], one, other, 'minor'),
  ];
}

/** Half as long again, and so much that one can feel it. */
const isFelt = (one: number, other: number): boolean =>
  Math.abs(one - other) >= 50 && Math.max(one, other) >= 1.5 * Math.min(one, other);

function timeRows(fact: TimeFact, one: StepSummary, other: StepSummary): readonly DiffRow[] {
  const [a, b] = [fact.ms(one) ?? 0, fact.ms(other) ?? 0];
  const ratio = Math.max(a, b) / Math.min(a, b);
  const longer = a > b ? 'first' : 'second';
  const note = Number.isFinite(ratio) ? `The ${longer} took ${ratio.toFixed(1)} times as long.` : null;
  const weight = isFelt(a, b) ? 'matters' : 'minor';
  return factRows('timing', [fact], one, other, weight).map((each) => ({ ...each, note }));
}
