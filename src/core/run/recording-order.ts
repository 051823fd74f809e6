import type { EndpointLabel, RunEvent, RunEventOf } from './events.ts';
import { readBody } from './recording-body.ts';
import { kinds } from './recording-event.ts';
import type { StepRequest } from './request.ts';

/** Whom a request went to where no one says. The name is one that nobody can have (RFC 2606). */
export const unknownEndpoint: EndpointLabel = { kind: 'compatible', baseURL: 'http://unknown.invalid' };

/** Whether it is said who was asked: a file need not. */
export const isKnownEndpoint = ({ baseURL }: { readonly baseURL: string }): boolean =>
  baseURL !== unknownEndpoint.baseURL;

/** Events as a log takes them, and what had to be done to make them so. */
export interface Sequence {
  readonly events: readonly RunEvent[];
  /** The places in the list given of those that fit nowhere. */
  readonly unplaced: readonly number[];
  readonly isSorted: boolean;
  /** What an empty row or a guess stands for, a sentence each. */
  readonly missing: readonly string[];
}

/**
 * Brings events into the order in which a run appends them, with every row of a step in its place: a fold and its
 * views find row `index` at place `index`. For what is missing in between stands an empty row.
 */
export function inSequence(given: readonly RunEvent[]): Sequence {
  const asGiven = place(given);
  const isAscending = given.every(({ at }, index) => at >= (given[index - 1]?.at ?? 0));
  if (isAscending && asGiven.unplaced.length === 0) return asGiven;
  const order = given.map((_, index) => index).sort((a, b) => compare(given[a]!, given[b]!));
  if (order.every((from, to) => from === to)) return asGiven;
  const sorted = place(order.map((index) => given[index]!));
  if (isAscending && sorted.unplaced.length >= asGiven.unplaced.length) return asGiven;
  return {
    ...sorted,
    unplaced: sorted.unplaced.map((index) => order[index]!).sort((a, b) => a - b),
    isSorted: true,
  };
}

/** By time; at the same moment, in the order in which one thing follows from another. */
function compare(a: RunEvent, b: RunEvent): number {
  const stepOf = (event: RunEvent) => ('step' in event ? event.step : event.type === 'run-start' ? -1 : 1e9);
  const indexOf = (event: RunEvent) => ('index' in event ? event.index : 0);
  return (
    a.at - b.at ||
    stepOf(a) - stepOf(b) ||
    kinds.indexOf(a.type) - kinds.indexOf(b.type) ||
    indexOf(a) - indexOf(b)
  );
}

type Row = RunEventOf<'read' | 'event' | 'chunk'>;

/** The next row of a layer: its index, and the first byte that it may hold. */
interface Next {
  index: number;
  start: number;
}

/** Empty rows in a whole recording: more than that is no damage. */
const mostMissing = 10_000;

function place(given: readonly RunEvent[]): Sequence {
  const events: RunEvent[] = [];
  const unplaced: number[] = [];
  const missing = new Map<string, { count: number; first: number }>();
  const steps: { tries: number; readonly next: Record<Row['type'], Next> }[] = [];
  let left = mostMissing;
  let isOver = false;

  for (const [index, event] of given.entries()) {
    if (fits(event)) events.push(event);
    else unplaced.push(index);
  }
  return { events, unplaced, isSorted: false, missing: [...missing].map(sayMissing) };

  function fits(event: RunEvent): boolean {
    if (event.type === 'run-start') return events.length === 0;
    if (event.type === 'run-end') {
      const isFirst = !isOver && events.length > 0;
      isOver ||= isFirst;
      return isFirst;
    }
    if (event.type === 'step-start' ? event.step !== steps.length : event.step > steps.length) return false;
    if (event.step === steps.length) beginStep(event);
    const step = steps[event.step]!;
    switch (event.type) {
      case 'attempt': {
        if (event.attempt < step.tries) return false;
        // Each try has a body of its own.
        step.tries = event.attempt + 1;
        step.next.read = { index: 0, start: 0 };
        step.next.event = { index: 0, start: 0 };
        return true;
      }
      case 'read':
      case 'event':
      case 'chunk':
        return fitsRow(event, step.next);
      default:
        return true;
    }
  }

  function fitsRow(row: Row, nexts: Record<Row['type'], Next>): boolean {
    const next = nexts[row.type];
    const hole = row.index - next.index;
    if (hole < 0 || hole > left || ('start' in row && row.start < next.start)) return false;
    left -= hole;
    if (hole > 0) note(`${row.type} ${row.step}`, hole, next.index);
    const at = events.at(-1)?.at ?? 0;
    for (; next.index < row.index; next.index++) events.push({ ...emptyRow(row, next), at });
    next.index++;
    if ('end' in row) next.start = row.end;
    return true;
  }

  function beginStep(event: Exclude<RunEvent, { type: 'run-start' | 'run-end' }>): void {
    const [start] = events;
    if (!start) {
      note('run', 1, 0);
      events.push({
        type: 'run-start',
        at: 0,
        experiment: 'unknown',
        endpoint: unknownEndpoint,
        startedAt: '',
      });
    }
    if (event.type !== 'step-start') {
      note(`step ${event.step}`, 1, 0);
      events.push({
        type: 'step-start',
        at: event.at,
        step: event.step,
        id: 'unknown',
        label: 'a request whose beginning is missing',
        target: start?.type === 'run-start' ? start.endpoint : unknownEndpoint,
        request: requestOf(event),
      });
    }
    steps.push({
      tries: 0,
      next: {
        read: { index: 0, start: 0 },
        event: { index: 0, start: 0 },
        chunk: { index: 0, start: 0 },
      },
    });
  }

  function note(what: string, count: number, first: number): void {
    const known = missing.get(what);
    missing.set(what, known ? { ...known, count: known.count + count } : { count, first });
  }
}

function emptyRow(row: Row, { index, start }: Next): Row {
  switch (row.type) {
    case 'read':
      return { ...row, index, start, end: start, bytes: new Uint8Array() };
    case 'event':
      return { type: row.type, at: row.at, step: row.step, index, start, end: start, data: '' };
    case 'chunk':
      return { ...row, index, chunk: null };
  }
}

/** What was asked, from what was sent if that is there. */
export function requestOf(event: Pick<RunEvent, 'type'> & { readonly body?: unknown }): StepRequest {
  const body = event.type === 'attempt' ? readBody(parseJson(String(event.body))) : null;
  if (body) return { kind: 'chat', body };
  return { kind: 'chat', body: { model: '', messages: [], stream: event.type !== 'response' } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function sayMissing([what, { count, first }]: readonly [string, { count: number; first: number }]): string {
  const [kind = '', step] = what.split(' ');
  if (kind === 'run') return 'The beginning of the run is missing: who was asked is not known.';
  const where = `of request ${Number(step) + 1}`;
  if (kind === 'step') return `The beginning ${where} is missing: what was asked may be incomplete.`;
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return count === 1
    ? `${name} ${first} ${where} is missing, and stands there empty.`
    : `${name}s ${where} are missing, ${count} from ${first} on, and stand there empty.`;
}
