import { meaningOf } from '../lessons/field-meanings.ts';
import { quote } from '../visible.ts';
import { fieldRows } from './field-rows.ts';

/** One key of an event's JSON. Everything but the meaning is safe for a terminal, on one line. */
export interface ExplainedKey {
  readonly key: string;
  /** Such as `choices[0].delta.content`; empty where the whole event is meant. */
  readonly path: string;
  /** The value as one line; empty for the heading of an object or a list that has something in it. */
  readonly value: string;
  /** Null for a key that is not known. */
  readonly meaning: string | null;
}

/** Nobody reads more; an event of 10 MB can have millions of keys. */
const mostRows = 1000;

/**
 * The keys of one event laid flat, each with its meaning, in the order in which they came.
 *
 * @param data the raw `data:` text of the event; what is no JSON, such as `[DONE]`, is one row
 */
export function explainData(data: string): readonly ExplainedKey[] {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return [data === '[DONE]' ? done : unreadable(data)];
  }
  const kind = kindOf(value);
  const rows = fieldRows(value, mostRows + 1).map(({ key, path, value: text }): ExplainedKey => {
    const meaning = path === '' ? noObject : meaningOf(path, kind);
    return { key, path, value: text ?? '', meaning };
  });
  return rows.length > mostRows ? [...rows.slice(0, mostRows), more] : rows;
}

const done: ExplainedKey = {
  key: '[DONE]',
  path: '',
  value: '',
  meaning: 'The end of the stream. It is a word and no JSON, and the SDK keeps it to itself.',
};

const noObject = 'A value and no object: a chunk is an object.';

const more: ExplainedKey = {
  key: '…',
  path: '',
  value: '',
  meaning: `There are more keys than the ${mostRows} that are shown.`,
};

const unreadable = (data: string): ExplainedKey => ({
  key: '(no JSON)',
  path: '',
  value: quote(data.length > 200 ? `${data.slice(0, 200)}…` : data),
  meaning: 'It cannot be read as JSON. The SDK throws a SyntaxError here, and the stream ends for it.',
});

/** Servers do not always say what an event is, or not the truth: a delta makes it a chunk. */
function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { object, choices, message } = value as Readonly<Record<string, unknown>>;
  if (typeof message === 'string' && choices === undefined) return 'error';
  const isWhole = object === 'chat.completion' && !(Array.isArray(choices) && choices.some(hasDelta));
  return isWhole ? 'chat.completion' : 'chat.completion.chunk';
}

const hasDelta = (choice: unknown): boolean =>
  typeof choice === 'object' && choice !== null && Object.hasOwn(choice, 'delta');
