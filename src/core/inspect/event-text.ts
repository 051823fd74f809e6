import { readingOf } from '../run/chunk-in-bytes.ts';
import { deltaOf } from '../run/delta-text.ts';
import type { RunEventOf } from '../run/events.ts';
import type { StepRows } from '../run/log.ts';
import { read } from '../run/reading.ts';
import { quote, visible } from '../visible.ts';
import { bytesBetween } from './body-bytes.ts';
import { formatPercent, likelyTokens } from './likely-tokens.ts';

/** An event in a few words that are safe to show, and what kind of thing it brings. */
export interface EventText {
  readonly text: string;
  readonly kind: 'content' | 'tool' | 'error' | 'other';
  /** The `finish_reason` of its first choice. */
  readonly finish: string | null;
}

/** More of it no row of a list has room for. */
const longest = 400;

/** What an event of fewer bytes brings is found anew each time; one of megabytes is in view for many frames. */
const short = 4000;
const isShort = ({ start, end }: RunEventOf<'event'>): boolean => end - start < short;
const longTexts = new WeakMap<RunEventOf<'chunk'>, EventText>();

/**
 * What event `index` brings: its chunk, or why there is none. Of chunks without events only the chunk is asked.
 *
 * @param isOver whether the stream is; before, the SDK has not handed over the chunk of what came last
 */
export function eventText({ events, chunks }: StepRows, index: number, isOver: boolean): EventText {
  const row = chunks[index];
  const event = events[index];
  if (!row) return event ? textWithoutChunk(event, isOver) : { text: '', kind: 'other', finish: null };
  return event && isShort(event) ? textOfChunk(row) : remembered(longTexts, row, textOfChunk);
}

/** What an event brings in one text, with the reason why a choice ended, for a list that has no column for it. */
export function textWithFinish(rows: StepRows, index: number, isOver: boolean): string {
  const { text, finish } = eventText(rows, index, isOver);
  return finish === null ? text : text === '(nothing)' ? finish : `${text}, ${finish}`;
}

/** Bytes that belong to no event in a few words; those behind the last event may become one while more comes. */
export function looseText({ reads, events }: StepRows, start: number, end: number, isOver: boolean): string {
  if (!isOver && start >= (events.at(-1)?.end ?? 0)) return 'no whole event yet';
  const text = Buffer.from(bytesBetween(reads, start, Math.min(end, start + 60))).toString();
  return `${text.startsWith(':') ? 'comment' : 'no event'} ${quote(text)}`;
}

function textOfChunk(row: RunEventOf<'chunk'>): EventText {
  const reading = readingOf(row);
  const { choices } = reading;
  const [token] = likelyTokens(row.chunk, 1);
  const text = deltaOf(reading).slice(0, longest) + (token ? `  ${formatPercent(token.probability)}` : '');
  const finish = choices[0]?.finishReason ? visible(choices[0].finishReason) : null;
  if (choices.some(({ toolCalls }) => toolCalls.length > 0)) return { text, kind: 'tool', finish };
  return { text, kind: choices.some(({ content }) => content) ? 'content' : 'other', finish };
}

/** Whether an event is one of which the SDK makes a chunk. */
export function makesChunk(event: RunEventOf<'event'>): boolean {
  const { value } = parsedData(event);
  return value !== undefined && errorIn(event, value) === null;
}

function textWithoutChunk(event: RunEventOf<'event'>, isOver: boolean): EventText {
  const noChunk = (text: string, kind: 'error' | 'other' = 'other') => ({ text, kind, finish: null });
  if (event.data === '[DONE]') return noChunk('[DONE]');
  const { value } = parsedData(event);
  if (value === undefined) return noChunk(`no JSON: ${quote(event.data.slice(0, longest))}`, 'error');
  const error = errorIn(event, value);
  if (error !== null) return noChunk(`error: ${quote(error.slice(0, longest))}`, 'error');
  return noChunk(`no chunk${isOver ? '' : ' yet'}: ${deltaOf(read(value)).slice(0, longest)}`);
}

/** What the error of an event says, in the two forms that the SDK knows: an `error` field, or an event so named. */
function errorIn({ name }: RunEventOf<'event'>, value: unknown): string | null {
  const field = (of: unknown, key: string): unknown =>
    typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[key] : undefined;
  const error = field(value, 'error') ?? (name === 'error' ? value : undefined);
  if (!error) return null;
  const message = field(error, 'message');
  return typeof message === 'string' ? message : JSON.stringify(error);
}

const parsed = new WeakMap<RunEventOf<'event'>, { readonly value: unknown }>();

/** The data of an event as JSON; undefined where it is none. */
export const parsedData = (event: RunEventOf<'event'>): { readonly value: unknown } =>
  isShort(event)
    ? { value: parse(event.data) }
    : remembered(parsed, event, ({ data }) => ({ value: parse(data) }));

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function remembered<K extends object, V>(known: WeakMap<K, V>, key: K, find: (key: K) => V): V {
  const value = known.get(key) ?? find(key);
  known.set(key, value);
  return value;
}
