import type { RunLog } from '../run/log.ts';
import type { StepRequest } from '../run/request.ts';
import { countWord, notes, stepOf, undecided } from './evidence.ts';
import { model, user } from './messages.ts';
import type { Experiment, Lesson } from './types.ts';

function whereTheKeyWent(run: RunLog): string | null {
  const sent = run.events.find((event) => event.type === 'attempt');
  return sent?.headers.some(([name]) => name.toLowerCase() === 'authorization') ? 'in a header' : null;
}

const keyLoaded: Experiment = {
  id: '1a',
  title: 'is the key loaded',
  intro: [
    'A key says who is asking and who pays. It has no place in code: keep it in the environment, or in a file called `.env` that git ignores.',
    "The SDK is OpenAI's library for your language; the client is the object you call. It finds `OPENAI_API_KEY` by itself. To try a key, ask for a model's card, a few facts about it: a real request, no tokens.",
  ],
  steps: [{ id: 'card', label: 'the card of a model', request: { kind: 'model', model } }],
  focus: 'key',
  prediction: {
    question: 'Where in the request does the key travel?',
    options: ['in the address', 'in a header', 'in the body'],
    answer: whereTheKeyWent,
    because: (run) =>
      whereTheKeyWent(run)
        ? 'The row `sent with` shows the header `authorization: Bearer`, and behind it the key. A GET has no body, and the address names only the model.'
        : undecided,
  },
  lookAt: (run) => {
    const step = stepOf(run, 0);
    const isPractice = step?.target.kind === 'practice';
    return notes(run, [
      step?.status === 200 &&
        (isPractice
          ? 'Status 200 from the practice server. It takes its own practice key; no other key was sent.'
          : 'Status 200: the server knows this key, and it may use this model.'),
      step?.status === 401 && 'Status 401: the server does not know this key.',
      step && 'A key is shown masked: enough to recognise it, too little to use it.',
    ]);
  },
};

const hi: StepRequest = { kind: 'chat', body: { model, messages: [user('Hi')], max_tokens: 5 } };

function requestsAnswered(run: RunLog): number {
  return run.summary.steps.filter(({ status }) => status !== null).length;
}

function rowsWithStatus(count: number): string {
  if (count === 0) return 'No row has a status.';
  const word = countWord(count);
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${count === 1 ? 'row has' : 'rows have'} a status.`;
}

const badKey: Experiment = {
  id: '1b',
  title: 'a bad key',
  intro: [
    'Making a client with a wrong key succeeds. The failure comes with the first request: the server answers 401, and the SDK throws an `AuthenticationError`.',
    'Three tries: a key that nobody knows, no key at all, and a request whose `Authorization` header is left out.',
  ],
  steps: [
    { id: 'fake', label: 'a fake key', request: hi, key: 'fake' },
    { id: 'none', label: 'no key', request: hi, key: 'none' },
    { id: 'no-header', label: 'header left out', request: hi, key: 'no-header' },
  ],
  code: 'catch',
  compare: 'outcome',
  prediction: {
    question: 'All three fail. How many of them reach the server?',
    options: ['one', 'two', 'three'],
    answer: (run) => (run.summary.outcome === 'complete' ? countWord(requestsAnswered(run)) : null),
    because: (run) => {
      if (run.summary.outcome !== 'complete') return undecided;
      const isUnsent = stepOf(run, 1)?.outcome === 'unsent';
      return `${rowsWithStatus(requestsAnswered(run))}${isUnsent ? ' The one without a key has none: the SDK threw before it sent anything.' : ''}`;
    },
  },
  lookAt: (run) => {
    const [fake, none, noHeader] = [stepOf(run, 0)?.error, stepOf(run, 1), stepOf(run, 2)?.error];
    return notes(run, [
      fake &&
        `A fake key: ${fake.className}${fake.code ? `, code \`${fake.code}\`` : ''}.${fake.message.includes('**') ? ' The server repeats the key with stars in the middle, so that a log does not leak it.' : ''}`,
      none?.outcome === 'unsent' && `No key: ${none.error?.className ?? 'an error'}, and nothing went out.`,
      noHeader?.status === 401 &&
        'No header: again 401, but another message. Read the message, not only the class.',
    ]);
  },
};

export const authentication: Lesson = {
  id: 'authentication',
  title: 'Authentication',
  experiments: [keyLoaded, badKey],
};
