import type { ChatCompletionChunk as Chunk } from 'openai/resources/chat/completions';
import type { Clock } from '../../src/core/clock.ts';
import type { RunEvent, RunEventOf, SdkError, StepOutcome } from '../../src/core/run/events.ts';
import { RunLog } from '../../src/core/run/log.ts';
import type { ChatBody, StepRequest } from '../../src/core/run/request.ts';
import type { StepSummary } from '../../src/core/run/summary.ts';

const practice = { kind: 'practice', baseURL: 'http://127.0.0.1:1/v1' } as const;

/** A clock that stands still. */
export const stillClock: Clock = { now: () => 0, wallMs: () => 0, after: () => () => {} };

/** A run's log, made by hand. */
export function logOf(events: readonly RunEvent[], clock: Clock = stillClock): RunLog {
  const log = new RunLog(clock);
  for (const event of events) log.append(event);
  return log;
}

/** The only step of a run, or the one asked for. */
export const stepOf = (events: readonly RunEvent[], step = 0): StepSummary =>
  logOf(events).summary.steps[step]!;

export const runStart = (experiment: string): RunEvent => ({
  type: 'run-start',
  at: 0,
  experiment,
  endpoint: practice,
  startedAt: '2026-01-02T03:04:05.000Z',
});

const runEnd = (at: number, outcome: 'complete' | 'aborted' = 'complete'): RunEvent => ({
  type: 'run-end',
  at,
  outcome,
});

/** A step begins; `attempt` is what sends it. */
export const stepStart = (
  request: StepRequest,
  {
    step = 0,
    at = 0,
    label = 'a request',
    kind = 'practice' as RunEventOf<'step-start'>['target']['kind'],
  } = {},
): RunEvent => ({
  type: 'step-start',
  at,
  step,
  id: `step-${step}`,
  label,
  target: { ...practice, kind },
  request,
});

export const chat = (body: Partial<ChatBody> = {}): StepRequest => ({
  kind: 'chat',
  body: { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }], ...body } as ChatBody,
});

export const attempt = (
  at: number,
  { step = 0, attempt: index = 0, path = '/v1/chat/completions' } = {},
): RunEvent => ({
  type: 'attempt',
  at,
  step,
  attempt: index,
  method: path.includes('/models/') ? 'GET' : 'POST',
  url: `http://127.0.0.1:1${path}`,
  headers: [],
  body: null,
});

export const attemptFailed = (
  at: number,
  message: string,
  { step = 0, attempt: index = 0 } = {},
): RunEvent => ({
  type: 'attempt-failed',
  at,
  step,
  attempt: index,
  message,
  code: null,
});

export const headers = (at: number, status = 200, { step = 0, attempt: index = 0 } = {}): RunEvent => ({
  type: 'headers',
  at,
  step,
  attempt: index,
  status,
  headers: [],
});

type Delta = Chunk['choices'][number]['delta'];

const tokensOf = (prompt: number, completion: number) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
});

/** A chunk of a stream: a text, a delta, or a `finish_reason`. */
export function chunk(
  index: number,
  at: number,
  delta: string | Delta,
  { step = 0, finish = null as string | null } = {},
): RunEvent {
  const choice = {
    index: 0,
    delta: typeof delta === 'string' ? { content: delta } : delta,
    finish_reason: finish as Chunk['choices'][number]['finish_reason'],
  };
  return { type: 'chunk', at, step, index, chunk: { ...chunkShell, choices: [choice] } };
}

const chunkShell: Chunk = {
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [],
};

/** The chunk at the end that has no choices and says what it took. */
export const usageChunk = (
  index: number,
  at: number,
  prompt: number,
  completion: number,
  step = 0,
): RunEvent => ({
  type: 'chunk',
  at,
  step,
  index,
  chunk: { ...chunkShell, usage: tokensOf(prompt, completion) },
});

/** A normal answer. */
export function response(
  at: number,
  content: string | null,
  { step = 0, finish = 'stop', tokens = [15, 28] as readonly [number, number], more = {} } = {},
): RunEvent {
  const body = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4o-mini-2024-07-18',
    choices: [
      { index: 0, message: { role: 'assistant', content, refusal: null, ...more }, finish_reason: finish },
    ],
    usage: tokensOf(...tokens),
  };
  return { type: 'response', at, step, body };
}

export const thrown = (at: number, error: Partial<SdkError>, step = 0): RunEvent => ({
  type: 'error',
  at,
  step,
  error: {
    className: 'APIError',
    message: 'It failed.',
    status: null,
    type: null,
    code: null,
    param: null,
    requestId: null,
    cause: null,
    ...error,
  },
});

const estimate = (at: number, completionTokens: number, step = 0): RunEvent => ({
  type: 'estimate',
  at,
  step,
  completionTokens,
});

export const stepEnd = (at: number, outcome: StepOutcome = 'complete', step = 0): RunEvent => ({
  type: 'step-end',
  at,
  step,
  outcome,
});

const hello = chat({
  messages: [{ role: 'user', content: "Say 'Hello World'" }],
  max_tokens: 10,
  stream: true,
});

/** A chunk with the server-sent event that brought it. */
function arrival(index: number, at: number, delta: string | Delta, finish: string | null = null): RunEvent[] {
  const row = chunk(index, at, delta, { finish }) as RunEventOf<'chunk'>;
  const event = { type: 'event', at, step: 0, index, start: index, end: index + 1 } as const;
  return [{ ...event, data: JSON.stringify(row.chunk) }, row];
}

/** 3b sent, and its headers there. */
export const helloHeaders: readonly RunEvent[] = [
  runStart('3b'),
  stepStart(hello, { label: 'a stream of chunks' }),
  attempt(2),
  headers(470),
];

/** 3b with its role and no text yet. */
export const helloRole: readonly RunEvent[] = [
  ...helloHeaders,
  ...arrival(0, 512, { role: 'assistant', content: '', refusal: null }),
];

/** 3b up to its second word. */
export const helloWords: readonly RunEvent[] = [
  ...helloRole,
  ...arrival(1, 551, 'Hello'),
  ...arrival(2, 602, ' World'),
];

/** 3b as the practice server answers it, from the request to the finish, at times of our choice. */
export const helloStream: readonly RunEvent[] = [
  ...helloWords,
  ...arrival(3, 640, '!'),
  ...arrival(4, 641, {}, 'stop'),
];

/** 3b over and well. */
export const helloRun: readonly RunEvent[] = [...helloStream, estimate(643, 3), stepEnd(643), runEnd(643)];

/** 3b up to its second word, and stopped there. */
export const abortedRun: readonly RunEvent[] = [
  ...helloWords,
  estimate(610, 2),
  stepEnd(610, 'aborted'),
  runEnd(610, 'aborted'),
];

/** A rate limit that lasts: three tries, then an error. */
export const limitedRun: readonly RunEvent[] = [
  runStart('3d'),
  stepStart(chat({ stream: true }), { label: 'a lasting rate limit' }),
  attempt(1),
  headers(11, 429),
  attempt(511, { attempt: 1 }),
  headers(521, 429, { attempt: 1 }),
  attempt(1521, { attempt: 2 }),
  headers(1541, 429, { attempt: 2 }),
  thrown(1542, {
    className: 'RateLimitError',
    message: '429 Rate limit reached for gpt-4o-mini in organization org-practice on requests per min.',
    status: 429,
    code: 'rate_limit_exceeded',
  }),
  stepEnd(1542, 'error'),
  runEnd(1542),
];

/** A rate limit that passes: the second try is answered. */
export const retriedRun: readonly RunEvent[] = [
  ...limitedRun.slice(0, 5),
  headers(531, 200, { attempt: 1 }),
  chunk(0, 540, { role: 'assistant', content: '' }),
  chunk(1, 551, 'Python'),
  chunk(2, 560, {}, { finish: 'stop' }),
  stepEnd(562),
  runEnd(562),
];
