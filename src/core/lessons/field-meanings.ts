import { type PathStep, parsePath } from '../inspect/json-path.ts';
import { answerMeanings } from '../inspect/meanings/answer.ts';
import { chunkMeanings } from '../inspect/meanings/chunk.ts';
import { bareErrorMeanings, errorMeanings } from '../inspect/meanings/errors.ts';
import { schemaMeaning } from '../inspect/meanings/json-schema.ts';
import { cardMeanings, listMeanings } from '../inspect/meanings/models.ts';
import { answerExtras, chunkExtras, errorExtras } from '../inspect/meanings/other-servers.ts';
import { requestMeanings } from '../inspect/meanings/request.ts';
import type { Meanings } from '../inspect/meanings/table.ts';

const anything: Meanings = { ...answerMeanings, ...answerExtras, ...errorMeanings, ...errorExtras };

/** By what a body says that it is; what does not say so, such as a request, by a word of ours. */
const tables = new Map<string, Meanings>([
  ['chat.completion.chunk', { ...chunkMeanings, ...chunkExtras, ...errorMeanings }],
  ['model', cardMeanings],
  ['list', listMeanings],
  ['error', bareErrorMeanings],
  ['request', requestMeanings],
]);

/** Where a request holds a JSON Schema. */
const schemas = new Set([
  'tools[].function.parameters',
  'functions[].parameters',
  'response_format.json_schema.schema',
]);

/**
 * What a field of a body means, in one or two sentences: at most 90 characters, or 160 for a field of a request.
 * Null for a field that is not known here. An item of a list means what its list means.
 *
 * @param path such as `choices[0].message.content`; which index it has does not matter
 * @param kind the body's own `object`, or `request`, or `error` for an error without its envelope. Anything else,
 *   such as the body of an error, is looked up among the fields of a whole answer and of errors.
 */
export function meaningOf(path: string, kind?: string): string | null {
  const read = parsePath(path);
  if ('problem' in read) return null;
  const { steps } = read;
  if (kind === 'request') {
    const start = steps.findIndex((_, index) => schemas.has(keyOf(steps.slice(0, index + 1))));
    if (start >= 0 && start < steps.length - 1) return schemaMeaning(steps.slice(start + 1));
  }
  return lookUp(tables.get(kind ?? '') ?? anything, steps);
}

function lookUp(table: Meanings, steps: readonly PathStep[]): string | null {
  if (steps.length === 0) return null;
  const key = keyOf(steps);
  if (Object.hasOwn(table, key)) return table[key]!;
  const above = steps.slice(0, -1);
  if (typeof steps.at(-1) !== 'string') return lookUp(table, above);
  const madeUp = `${keyOf(above)}.*`;
  return Object.hasOwn(table, madeUp) ? table[madeUp]! : null;
}

/** The path without its indices. A key that could be taken for a path is none that we know. */
const keyOf = (steps: readonly PathStep[]): string =>
  steps
    .map((step) => (typeof step !== 'string' ? '[]' : /[.[\]*]/.test(step) ? '.?' : `.${step}`))
    .join('')
    .replace(/^\./, '');
