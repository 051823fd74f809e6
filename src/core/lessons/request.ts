import { formatMs } from '../run/figures.ts';
import { notes, stepOf, tokenSum, undecided } from './evidence.ts';
import { model, system, user } from './messages.ts';
import type { Experiment, Lesson } from './types.ts';

const minimal: Experiment = {
  id: '2a',
  title: 'the minimal request',
  intro: [
    'Two fields make a request: `model`, who is to answer, and `messages`, what has been said so far. All others are optional.',
    'A message has a `role` and a `content`. Text is counted in tokens, pieces of about a word. The prompt is what you send, the completion what comes back.',
  ],
  steps: [
    {
      id: 'minimal',
      label: 'model and messages',
      request: { kind: 'chat', body: { model, messages: [user('What is an API? One sentence.')] } },
    },
  ],
  prediction: {
    question: 'The question has six words. How many prompt tokens will that be?',
    options: ['6 tokens', '8 tokens', '15 tokens', '30 tokens'],
    answer: (run) => {
      const count = stepOf(run, 0)?.usage?.prompt_tokens;
      return count === undefined ? null : `${count} tokens`;
    },
    because: (run) => {
      const count = stepOf(run, 0)?.usage?.prompt_tokens;
      if (count === undefined) return undecided;
      const parts = count === 15 ? ': 8 for the text, 7 for the role and the frame around it' : '';
      return `The server reports ${count}${parts}. A message costs more than its words.`;
    },
  },
  lookAt: (run) => {
    const step = stepOf(run, 0);
    const sum = tokenSum(step);
    return notes(run, [
      sum && `Prompt and completion: ${sum}. The server reports them; nothing is counted here.`,
      step?.finishReason === 'stop' && '`finish_reason` is `stop`: the answer came to its own end.',
      step?.outcome === 'complete' &&
        step.endMs !== null &&
        `For ${formatMs(step.endMs)} there was nothing to read. Then all of it came at once.`,
    ]);
  },
};

const temperature = 0.3;
const maxTokens = 80;
/** What 2a's single question costs; 2b's own question is shorter still. */
const tokensOf2a = 15;

const systemPrompt: Experiment = {
  id: '2b',
  title: 'system prompt and parameters',
  intro: [
    '`system` sets how to answer, `user` asks, `assistant` is an answer given before.',
    {
      head: ['parameter', 'what it does'],
      rows: [
        ['model', 'who answers (required)'],
        ['messages', 'the conversation (required)'],
        ['max_tokens', 'the most tokens to answer with'],
        ['temperature', '0 to 2: from steady to varied'],
        ['top_p', 'draw only from the likeliest'],
        ['stop', 'texts that end the answer'],
        ['n', 'how many answers to make'],
      ],
    },
  ],
  steps: [
    {
      id: 'parameters',
      label: 'with system and parameters',
      request: {
        kind: 'chat',
        body: {
          model,
          messages: [
            system('You are a concise technical writer. Max 2 sentences.'),
            user('Explain REST APIs.'),
          ],
          temperature,
          max_tokens: maxTokens,
        },
      },
    },
  ],
  prediction: {
    question: 'This question is shorter than that of 2a. And its prompt tokens?',
    options: ['fewer', 'about as many', 'more'],
    answer: (run) => {
      const count = stepOf(run, 0)?.usage?.prompt_tokens;
      if (count === undefined) return null;
      if (Math.abs(count - tokensOf2a) <= 2) return 'about as many';
      return count < tokensOf2a ? 'fewer' : 'more';
    },
    because: (run) => {
      const count = stepOf(run, 0)?.usage?.prompt_tokens;
      if (count === undefined) return undecided;
      return `The server reports ${count}, against ${tokensOf2a} in 2a: the system message counts too, every time it is sent.`;
    },
  },
  lookAt: (run) => {
    const step = stepOf(run, 0);
    const used = step?.usage?.completion_tokens;
    return notes(run, [
      used !== undefined &&
        `${used} of at most ${maxTokens} tokens were used${step?.finishReason ? `, and it ended with \`${step.finishReason}\`` : ''}. A limit cuts; it makes no answer concise. The system message is for that.`,
      step?.outcome === 'complete' &&
        (step.target.kind === 'practice'
          ? 'This answer is a written one and stays the same. A model at `temperature` 0.3 varies a little from run to run.'
          : 'Run it again: at `temperature` 0.3 the wording varies a little.'),
    ]);
  },
};

export const request: Lesson = { id: 'request', title: 'The request', experiments: [minimal, systemPrompt] };
