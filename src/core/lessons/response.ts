import type { RunLog } from '../run/log.ts';
import { notes, stepOf, tokenSum, undecided } from './evidence.ts';
import { model, user } from './messages.ts';
import type { Experiment, Lesson } from './types.ts';

function modelNamed(run: RunLog): string | null {
  const name = stepOf(run, 0)?.model;
  if (!name) return null;
  if (name === model) return model;
  return name.startsWith(`${model}-`) ? 'a dated version of it' : 'another model';
}

const responseObject: Experiment = {
  id: '2c',
  title: 'the response object',
  intro: [
    'The answer is one JSON object, and the text is deep inside: `choices[0].message.content`.',
    'Around it stand who answered, why it ended and how many tokens it took. In the app, a field that is selected says what it means.',
  ],
  steps: [
    {
      id: 'object',
      label: 'the whole object',
      request: { kind: 'chat', body: { model, messages: [user('Say hello.')], max_tokens: 20 } },
    },
  ],
  focus: 'response-object',
  prediction: {
    question: 'You ask for `gpt-4o-mini`. What will the field `model` of the answer say?',
    options: [model, 'a dated version of it', 'another model'],
    answer: modelNamed,
    because: (run) => {
      const answer = modelNamed(run);
      if (!answer) return undecided;
      if (answer === 'a dated version of it')
        return 'The `model` row ends in a date: the name asked for is an alias, and the answer says which version it stood for.';
      return 'The `model` row names who answered; compare it with the name in the request.';
    },
  },
  lookAt: (run) => {
    const step = stepOf(run, 0);
    const sum = tokenSum(step);
    return notes(run, [
      step?.finishReason &&
        '`choices` is a list, since a request can ask for several answers with `n`. This one holds the first at index 0.',
      sum &&
        `\`usage\`: ${sum}. Its details say how many came from the cache, and how many went into reasoning.`,
    ]);
  },
};

export const response: Lesson = {
  id: 'response',
  title: 'The response object',
  experiments: [responseObject],
};
