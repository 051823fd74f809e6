import { formatMs } from '../run/figures.ts';
import { listOf, promptTokens, stepOf, tokenSum } from './evidence.ts';
import type { LessonTable, Takeaway } from './types.ts';

/** Five kinds of program, and whether each is better off with a stream. */
export const whenToStream: LessonTable = {
  head: ['you build', 'choose', 'because'],
  rows: [
    ['a chat', 'stream', 'people read along from the first token'],
    ['a background job', 'normal', 'nobody watches, and one object is less code'],
    ['long answers', 'stream', 'progress shows, and no timeout strikes first'],
    ['JSON extraction', 'normal', 'half a JSON text cannot be parsed'],
    ['a voice assistant', 'stream', 'speech can start before the text is done'],
  ],
};

const yours = (id: string, figure: string | 0 | null | false | undefined): string | null =>
  figure ? `your ${id}: ${figure}` : null;

/** Nine things to remember, each with the figure of the learner's own run of its experiment. */
export const takeaways: readonly Takeaway[] = [
  {
    concept: 'API key',
    remember: 'Keep it in `.env` or the environment, never in code, and give each project its own.',
    experiment: '1b',
    figure: (run) => {
      const error = stepOf(run, 0)?.error;
      return yours('1b', error?.status && `a fake key, ${error.status} ${error.className}`);
    },
  },
  {
    concept: 'Client',
    remember: '`new OpenAI()` finds `OPENAI_API_KEY` by itself.',
    experiment: '1a',
    figure: (run) => {
      const step = stepOf(run, 0);
      return yours('1a', step?.status && step.endMs !== null && `${step.status} in ${formatMs(step.endMs)}`);
    },
  },
  {
    concept: 'Request',
    remember: '`model` and `messages` are enough; every other field is a choice.',
    experiment: '2a',
    figure: (run) => yours('2a', tokenSum(stepOf(run, 0))),
  },
  {
    concept: 'Messages',
    remember: 'A list of `role` and `content`: `system` steers, `user` asks, `assistant` answered.',
    experiment: '2b',
    figure: (run) => {
      const step = stepOf(run, 0);
      if (step?.request.kind !== 'chat' || !step.usage) return null;
      return yours(
        '2b',
        `${step.request.body.messages.length} messages, ${step.usage.prompt_tokens} prompt tokens`,
      );
    },
  },
  {
    concept: 'Response',
    remember: 'The text is in `choices[0].message.content`; read `finish_reason` and `usage` with it.',
    experiment: '2c',
    figure: (run) => {
      const step = stepOf(run, 0);
      const sum = tokenSum(step);
      return yours('2c', sum && `${sum}${step?.finishReason ? `, ${step.finishReason}` : ''}`);
    },
  },
  {
    concept: 'finish_reason',
    remember: '`stop` is an end, `length` a cut, `tool_calls` a request to you, `content_filter` a gap.',
    experiment: '2d',
    figure: (run) => yours('2d', listOf(run.summary.steps.flatMap(({ finishReason }) => finishReason ?? []))),
  },
  {
    concept: 'Multi-turn',
    remember: 'There is no memory on the other side: send the whole history every time.',
    experiment: '2f',
    figure: (run) => {
      const counts = promptTokens(run);
      return yours('2f', counts.length > 0 && `${counts.join(', ')} prompt tokens`);
    },
  },
  {
    concept: 'Streaming',
    remember: '`stream: true`, and the answer comes chunk by chunk while it is written.',
    experiment: '3a',
    figure: (run) => {
      const [normal, stream] = [stepOf(run, 0), stepOf(run, 1)];
      if (
        normal?.outcome !== 'complete' ||
        normal.endMs === null ||
        !stream ||
        stream.firstContentMs === null
      )
        return null;
      return yours(
        '3a',
        `text after ${formatMs(stream.firstContentMs)} instead of ${formatMs(normal.endMs)}`,
      );
    },
  },
  {
    concept: 'Usage in a stream',
    remember: 'Ask with `stream_options: { include_usage: true }`; it comes in a last chunk without choices.',
    experiment: '3e',
    figure: (run) => yours('3e', tokenSum(stepOf(run, 1))),
  },
];
