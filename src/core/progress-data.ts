import { type EndpointName, readBaseURL, type Server } from './api/endpoints.ts';
import { isRecord } from './json.ts';

/** A prediction as the learner made it, and whether the run proved it right. */
export interface KeptPrediction {
  readonly chosen: string;
  readonly isRight: boolean;
}

/** What is kept of a learner's way through the lessons. */
export interface ProgressData {
  /** The ids of the steps that ran to their end, by experiment. */
  readonly done: Readonly<Record<string, readonly string[]>>;
  /** By experiment. */
  readonly predictions: Readonly<Record<string, KeptPrediction>>;
  /** The learner's own figures, by experiment and then by the concept of the takeaway. */
  readonly figures: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The experiment last visited. */
  readonly last: string | null;
  readonly endpoint: EndpointName;
  /** The compatible servers that the learner named. */
  readonly servers: readonly Server[];
  readonly language: 'typescript' | 'python' | 'curl';
}

/** The file's object as it is: ours, a newer version's or a hand's. */
export type RawProgress = Readonly<Record<string, unknown>>;

const isString = (value: unknown): value is string => typeof value === 'string';

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(isString);

const isFigures = (value: unknown): value is Record<string, string> =>
  isRecord(value) && Object.values(value).every(isString);

const isPrediction = (value: unknown): value is KeptPrediction =>
  isRecord(value) && isString(value.chosen) && typeof value.isRight === 'boolean';

const isServer = (value: unknown): value is Server =>
  isRecord(value) &&
  isString(value.baseURL) &&
  isBaseURL(value.baseURL) &&
  [value.keyName, value.model].every((each) => each === null || isString(each));

const isEndpointName = (name: string): boolean => ['practice', 'openai'].includes(name) || isBaseURL(name);

function isBaseURL(text: string): boolean {
  try {
    return readBaseURL(text) === text;
  } catch {
    return false;
  }
}

const languages: readonly ProgressData['language'][] = ['typescript', 'python', 'curl'];

/** What can be read of a file's object; whatever has the wrong shape is passed over. */
export function readProgress(raw: RawProgress): ProgressData {
  return {
    done: entriesOf(raw.done, isStrings),
    predictions: entriesOf(raw.predictions, isPrediction),
    figures: entriesOf(raw.figures, isFigures),
    last: isString(raw.last) ? raw.last : null,
    endpoint: isString(raw.endpoint) && isEndpointName(raw.endpoint) ? raw.endpoint : 'practice',
    servers: Array.isArray(raw.servers) ? raw.servers.filter(isServer) : [],
    language: languages.find((language) => language === raw.language) ?? 'typescript',
  };
}

function entriesOf<T>(value: unknown, isEntry: (entry: unknown) => entry is T): Readonly<Record<string, T>> {
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, T] => isEntry(entry[1]));
  return Object.fromEntries(entries);
}

/** Adds entries under a key. What stood there in another shape is not ours to drop: it is kept beside it. */
export function merge(
  raw: RawProgress,
  key: 'done' | 'predictions' | 'figures',
  entries: Readonly<Record<string, unknown>>,
): RawProgress {
  const before = raw[key];
  if (before === undefined || isRecord(before)) return { ...raw, [key]: { ...before, ...entries } };
  return { ...raw, [key]: entries, [`${key}-unread`]: before };
}
