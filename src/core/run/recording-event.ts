import { isRecord, listOf, recordOf } from '../json.ts';
import type { EndpointLabel, HeaderList, RunEvent, RunEventOf, SdkError } from './events.ts';
import { isDeep, readBody } from './recording-body.ts';
import type { StepRequest } from './request.ts';

/** A value that is no event of ours, or one that no view could show. */
class Unfit extends Error {}
/** An event of a kind that this version does not know: a newer one may have written it. */
export class UnknownKind extends Unfit {}

/** The kinds of event, in the order in which one follows from another. */
export const kinds = [
  'run-start',
  'step-start',
  'attempt',
  'attempt-failed',
  'headers',
  'read',
  'event',
  'chunk',
  'response',
  'error',
  'estimate',
  'step-end',
  'run-end',
] as const satisfies readonly RunEvent['type'][];

/** More steps and tries than any run has; each event costs a little for every one of them. */
const mostSteps = 200;
const mostTries = 100;
/** A third of a year. */
const longestMs = 1e10;

/**
 * One event as a line of JSON has it, with nothing in it that is not in the format. What the fold and the views rely
 * on is there and of its type; what a server said is kept as it is.
 *
 * @throws Unfit where it is none.
 */
export function readEvent(value: unknown): RunEvent {
  if (!isRecord(value) || typeof value.type !== 'string') throw new Unfit();
  const type = kinds.find((kind) => kind === value.type);
  if (type === undefined) throw new UnknownKind();
  const at = within(longestMs, number(value.at));
  const inRun = { at };
  switch (type) {
    case 'run-start':
      return { type, ...inRun, ...readRunStart(value) };
    case 'run-end':
      return { type, ...inRun, outcome: oneOf(['complete', 'aborted'], value.outcome) };
  }
  const inStep = { at, step: within(mostSteps - 1, count(value.step)) };
  switch (type) {
    case 'step-start':
      return { type, ...inStep, ...readStepStart(value) };
    case 'event':
      return { type, ...inStep, ...readSseEvent(value) };
    case 'chunk':
      return { type, ...inStep, index: count(value.index), chunk: given(value.chunk) };
    case 'response':
      return { type, ...inStep, body: given(value.body) };
    case 'error':
      return { type, ...inStep, error: readError(value.error) };
    case 'estimate':
      return { type, ...inStep, completionTokens: count(value.completionTokens) };
    case 'step-end':
      return { type, ...inStep, outcome: oneOf(outcomes, value.outcome) };
    case 'attempt':
    case 'attempt-failed':
    case 'headers':
    case 'read':
      return readWire(type, { ...inStep, attempt: within(mostTries - 1, count(value.attempt)) }, value);
  }
}

type Fields = Readonly<Record<string, unknown>>;
const outcomes = ['complete', 'no-done', 'cut', 'error', 'unsent', 'aborted'] as const;

function readRunStart({ experiment, endpoint, startedAt, knownTimes }: Fields) {
  const started = text(startedAt);
  return {
    experiment: text(experiment),
    endpoint: readLabel(['practice', 'openai', 'compatible'] as const, endpoint),
    startedAt: Number.isNaN(Date.parse(started)) ? '' : started,
    ...(knownTimes !== undefined && { knownTimes: oneOf(['ends', 'none'], knownTimes) }),
  };
}

function readStepStart({ id, label, target, request }: Fields) {
  return {
    id: text(id),
    label: text(label),
    target: readLabel(['practice', 'openai', 'compatible', 'nowhere'] as const, target),
    request: readRequest(recordOf(request)),
  };
}

function readLabel<K extends RunEventOf<'step-start'>['target']['kind']>(
  kinds: readonly K[],
  value: unknown,
) {
  const { kind, baseURL } = recordOf(value);
  return { kind: oneOf(kinds, kind), baseURL: text(baseURL) } satisfies Omit<EndpointLabel, 'kind'> & {
    kind: K;
  };
}

function readRequest({ kind, model, body }: Fields): StepRequest {
  if (kind === 'model') return { kind, model: text(model) };
  if (kind !== 'chat') throw new Unfit();
  const read = readBody(body);
  if (!read) throw new Unfit();
  return { kind, body: read };
}

function readSseEvent({ index, start, end, name, data }: Fields) {
  return {
    index: count(index),
    ...readRange(start, end),
    ...(name !== undefined && { name: text(name) }),
    data: text(data),
  };
}

function readRange(from: unknown, to: unknown) {
  const [start, end] = [count(from), count(to)];
  if (start > end) throw new Unfit();
  return { start, end };
}

function readError(value: unknown): SdkError {
  const { className, message, status, type, code, param, requestId, cause } = recordOf(value);
  return {
    className: text(className),
    message: text(message),
    status: status === null ? null : number(status),
    type: textOrNull(type),
    code: textOrNull(code),
    param: textOrNull(param),
    requestId: textOrNull(requestId),
    cause: textOrNull(cause),
  };
}

function readWire(
  type: 'attempt' | 'attempt-failed' | 'headers' | 'read',
  place: { readonly at: number; readonly step: number; readonly attempt: number },
  fields: Fields,
): RunEvent {
  const { method, url, headers, body, message, code, status, redirectedTo, index, bytes } = fields;
  switch (type) {
    case 'attempt':
      return {
        type,
        ...place,
        method: text(method),
        url: text(url),
        headers: readHeaders(headers),
        body: body === null ? null : text(body),
      };
    case 'attempt-failed':
      return { type, ...place, message: text(message), code: textOrNull(code) };
    case 'headers':
      return {
        type,
        ...place,
        status: within(999, count(status)),
        headers: readHeaders(headers),
        ...(redirectedTo !== undefined && { redirectedTo: text(redirectedTo) }),
      };
    case 'read': {
      const { start, end } = readRange(fields.start, fields.end);
      const read = new Uint8Array(Buffer.from(text(bytes), 'base64'));
      if (read.length !== end - start) throw new Unfit();
      return { type, ...place, index: count(index), start, end, bytes: read };
    }
  }
}

const readHeaders = (value: unknown): HeaderList => {
  if (!Array.isArray(value)) throw new Unfit();
  return value.map((header) => {
    const [name, content] = listOf(header);
    return [text(name), text(content)] as const;
  });
};

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Unfit();
  return value;
}

/** A server may fill these fields with anything. */
const textOrNull = (value: unknown): string | null =>
  typeof value === 'string' ? value : value == null ? null : JSON.stringify(shallow(value));

function number(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0)) throw new Unfit();
  // JSON knows -0, and loses it when it is written.
  return value + 0;
}

function count(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Unfit();
  return number(value);
}

function within(most: number, value: number): number {
  if (value > most) throw new Unfit();
  return value;
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Unfit();
  return found;
}

/** What a server said: any value of JSON, but one. */
function given(value: unknown): unknown {
  if (value === undefined) throw new Unfit();
  return shallow(value);
}

function shallow(value: unknown): unknown {
  if (isDeep(value)) throw new Unfit();
  return value;
}
