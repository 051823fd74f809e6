/** When a fault happens: instead of an answer, before one, in a stream, or in how its bytes are sent. */
type Moment = 'instead' | 'before' | 'stream' | 'bytes';

interface FaultKind {
  readonly moment: Moment;
  /** The value that it has if none is given; without one it takes none. */
  readonly value?: number;
  /** After how many chunks it happens, if not said. `end` is after the last; without one it has no position. */
  readonly chunk?: number | 'end';
}

/** Every misbehaviour that can be ordered, by its name. */
export const faultKinds = {
  '401': { moment: 'instead' },
  '403': { moment: 'instead' },
  '403-region': { moment: 'instead' },
  '404': { moment: 'instead' },
  '408': { moment: 'instead' },
  '409': { moment: 'instead' },
  '429': { moment: 'instead' },
  '429-tokens': { moment: 'instead' },
  '429-quota': { moment: 'instead' },
  '429-credits': { moment: 'instead' },
  '500': { moment: 'instead' },
  '503': { moment: 'instead' },
  html: { moment: 'instead' },
  empty: { moment: 'instead' },
  reset: { moment: 'instead' },
  'slow-headers': { moment: 'before', value: 3000 },
  'wrong-type': { moment: 'before' },
  json: { moment: 'stream' },
  stall: { moment: 'stream', value: 10_000, chunk: 3 },
  cut: { moment: 'stream', chunk: 3 },
  error: { moment: 'stream', chunk: 3 },
  'error-event': { moment: 'stream', chunk: 3 },
  'bad-json': { moment: 'stream', chunk: 3 },
  end: { moment: 'stream', chunk: 'end' },
  'no-blank': { moment: 'stream' },
  'double-done': { moment: 'stream' },
  split: { moment: 'bytes' },
  'split-utf8': { moment: 'bytes' },
  batch: { moment: 'bytes', value: Number.POSITIVE_INFINITY },
  comments: { moment: 'bytes' },
  crlf: { moment: 'bytes' },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof faultKinds;

export const kindOf = (name: FaultName): FaultKind => faultKinds[name];

export const isFaultName = (name: string): name is FaultName => Object.hasOwn(faultKinds, name);

/** What happens in a stream or to its bytes: nothing of it can happen to an answer that is not streamed. */
export const needsStream = (name: FaultName): boolean =>
  kindOf(name).moment === 'stream' || kindOf(name).moment === 'bytes';
