import type { RunLog } from '../run/log.ts';
import { readAnswer } from '../run/reading.ts';
import { countWord, notes, stepOf, tokenSum, undecided } from './evidence.ts';
import { model, user } from './messages.ts';
import type { Experiment } from './types.ts';

const gravity = [user('What is gravity? One sentence.')];

/** The chunk that brought the usage, and how many choices it had. */
function usageChunk(run: RunLog): { readonly index: number; readonly choices: number } | null {
  const found = run.rows(1).chunks.find(({ chunk }) => readAnswer(chunk).usage);
  return found ? { index: found.index, choices: readAnswer(found.chunk).choices } : null;
}

/** 3e: the tokens of a stream, unasked and asked for. */
export const usageInStream: Experiment = {
  id: '3e',
  title: 'usage in a stream',
  intro: [
    'A stream reports no `usage` unless you ask for it with `stream_options: { include_usage: true }`.',
    'Then one more chunk comes, after the one with the `finish_reason` and before `[DONE]`. The same request goes out without and with.',
  ],
  steps: [
    {
      id: 'without',
      label: 'without include_usage',
      request: { kind: 'chat', body: { model, messages: gravity, max_tokens: 50, stream: true } },
    },
    {
      id: 'with',
      label: 'with include_usage',
      request: {
        kind: 'chat',
        body: {
          model,
          messages: gravity,
          max_tokens: 50,
          stream: true,
          stream_options: { include_usage: true },
        },
      },
    },
  ],
  compare: 'usage',
  prediction: {
    question: 'How many `choices` will the chunk that brings the usage have?',
    options: ['none', 'one', 'two'],
    answer: (run) => {
      const found = usageChunk(run);
      return found && countWord(found.choices);
    },
    because: (run) => {
      const found = usageChunk(run);
      if (!found) return undecided;
      return found.choices === 0
        ? `#${found.index} has the usage and an empty \`choices\`: the answer was over. Code that reads \`choices[0].delta\` without a look first breaks on it.`
        : `#${found.index} has the usage next to its \`choices\`.`;
    },
  },
  lookAt: (run) => {
    const [without, asked] = [stepOf(run, 0), stepOf(run, 1)];
    const sum = tokenSum(asked);
    return notes(run, [
      without?.outcome === 'complete' &&
        !without.usage &&
        'Without it, the number of tokens is an estimate made here, and marked as one.',
      sum && `With it, the server reports ${sum}.`,
      sum && 'It comes last: abort a stream early, and the usage never arrives.',
    ]);
  },
};
