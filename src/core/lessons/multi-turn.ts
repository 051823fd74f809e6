import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { RunLog } from '../run/log.ts';
import { listOf, notes, promptTokens, stepOf, undecided } from './evidence.ts';
import { assistant, model, system, user } from './messages.ts';
import type { Experiment, Lesson, Step } from './types.ts';

const tutor = system('You are a helpful math tutor. Be concise.');
const followUp = user('What was the previously generated answer?');

function answerWithout(run: RunLog): string | null {
  const step = stepOf(run, 1);
  if (step?.error) return 'an error';
  if (step?.outcome !== 'complete') return null;
  return /\b30\b/.test(run.text(1)) ? 'still 30' : 'no 30 in it';
}

const givenHistory: Experiment = {
  id: '2e',
  title: 'the history is yours to send',
  intro: [
    'The API remembers nothing. Each request stands alone, and a model knows only the messages in it.',
    'A follow-up question therefore carries the conversation along: your messages and the answers. Here one question goes out twice, with the history and without it.',
  ],
  steps: [
    {
      id: 'with',
      label: 'with the history',
      request: {
        kind: 'chat',
        body: {
          model,
          messages: [
            tutor,
            user('What is 15% of 200?'),
            assistant('15% of 200 = 0.15 × 200 = 30.'),
            followUp,
          ],
          max_tokens: 60,
        },
      },
    },
    {
      id: 'without',
      label: 'without the history',
      request: { kind: 'chat', body: { model, messages: [tutor, followUp], max_tokens: 60 } },
    },
  ],
  compare: 'prompt-tokens',
  prediction: {
    question: 'The answer was 30. Asked again without the history, what comes?',
    options: ['still 30', 'no 30 in it', 'an error'],
    answer: answerWithout,
    because: (run) => {
      switch (answerWithout(run)) {
        case 'no 30 in it':
          return 'The second answer came with status 200 and without the number. Nothing of the first request was kept.';
        case 'still 30':
          return 'The second answer names 30, but its request does not: a guess, for nothing of the first request was kept.';
        case 'an error':
          return 'The second request failed before it could be answered.';
        default:
          return undecided;
      }
    },
  },
  lookAt: (run) => {
    const [first, second] = [stepOf(run, 0), stepOf(run, 1)];
    return notes(run, [
      first?.usage &&
        second?.usage &&
        `${first.usage.prompt_tokens} prompt tokens with the history, ${second.usage.prompt_tokens} without. The difference is the memory, and it counts on every request.`,
      second?.status === 200 && 'The second status is 200 too. A forgotten history raises no error.',
    ]);
  },
};

const guide = system('You are a travel guide. Give 1-sentence answers only.');
const questions = [
  "I'm visiting Tokyo. What's one must-see?",
  'What food should I try there?',
  'Any etiquette tips?',
];

/** Turn n sends the first n questions, each but the last followed by the answer it got. */
const turns: readonly Step[] = questions.map((question, turn) => ({
  id: `turn-${turn + 1}`,
  label: `turn ${turn + 1}`,
  request: (earlier) => {
    const before = questions.slice(0, turn).flatMap((asked, index): ChatCompletionMessageParam[] => [
      user(asked),
      // Before a run there is no answer yet to show.
      assistant(earlier[index]?.text ?? `(the answer of turn ${index + 1})`),
    ]);
    return {
      kind: 'chat',
      body: { model, messages: [guide, ...before, user(question)], max_tokens: 60 },
    };
  },
}));

function growth(run: RunLog): number | null {
  const [first, last] = [stepOf(run, 0)?.usage, stepOf(run, 2)?.usage];
  return first && last ? last.prompt_tokens / first.prompt_tokens : null;
}

const turnByTurn: Experiment = {
  id: '2f',
  title: 'turn by turn',
  intro: [
    'A chat is a list that grows. Append each answer as an `assistant` message, append the next question, and send the whole list again.',
    'Three turns about Tokyo. The questions get shorter from turn to turn; watch the prompt tokens.',
  ],
  steps: turns,
  compare: 'prompt-tokens',
  prediction: {
    question: "Turn 3 asks 'Any etiquette tips?', three words. How large is its prompt, next to turn 1's?",
    options: ['smaller', 'about the same', 'at least twice as large'],
    answer: (run) => {
      const ratio = growth(run);
      if (ratio === null) return null;
      if (ratio >= 2) return 'at least twice as large';
      if (ratio > 1.2) return `${ratio.toFixed(1)} times as large`;
      return ratio < 0.8 ? 'smaller' : 'about the same';
    },
    because: (run) => {
      const ratio = growth(run);
      if (ratio === null) return undecided;
      return `The rows say ${listOf(promptTokens(run).map(String))} prompt tokens: turn 3 is ${ratio.toFixed(1)} times turn 1, because it repeats both turns before it.`;
    },
  },
  lookAt: (run) => {
    const [first, second] = [stepOf(run, 0)?.usage, stepOf(run, 1)?.usage];
    const counts = promptTokens(run);
    const rest = first && second ? second.prompt_tokens - first.prompt_tokens - first.completion_tokens : 0;
    return notes(run, [
      first &&
        second &&
        rest > 0 &&
        `Turn 2: ${second.prompt_tokens} = ${first.prompt_tokens} of turn 1 + ${first.completion_tokens} of its answer + ${rest} for the new question and the frame around both.`,
      counts.length === questions.length &&
        `Together ${counts.reduce((sum, count) => sum + count)} prompt tokens for three short questions. Long chats are cut or summarised for this reason.`,
    ]);
  },
};

export const multiTurn: Lesson = {
  id: 'multi-turn',
  title: 'Multi-turn',
  experiments: [givenHistory, turnByTurn],
};
