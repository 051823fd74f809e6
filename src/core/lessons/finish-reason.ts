import type { ChatCompletionFunctionTool } from 'openai/resources/chat/completions';
import type { RunLog } from '../run/log.ts';
import { readAnswer } from '../run/reading.ts';
import { notes, stepOf, undecided } from './evidence.ts';
import { model, user } from './messages.ts';
import type { Experiment, Lesson, Step } from './types.ts';

const getWeather: ChatCompletionFunctionTool = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather in a city, now.',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
    },
  },
};

const ask = (content: string, max_tokens: number, tools?: ChatCompletionFunctionTool[]): Step['request'] => ({
  kind: 'chat',
  body: { model, messages: [user(content)], max_tokens, ...(tools && { tools }) },
});

/** The content of the third answer: undefined if there is no answer, null if it has none. */
function contentBesideCall(run: RunLog): string | null | undefined {
  const { response } = run.rows(2);
  return response ? readAnswer(response.body).content : undefined;
}

const whyItEnds: Experiment = {
  id: '2d',
  title: 'why an answer ends',
  intro: [
    '`finish_reason` says why the text ends where it does. Read it before you rely on the text. Four requests, one for each:',
    {
      head: ['value', 'meaning'],
      rows: [
        ['length', 'cut off at max_tokens'],
        ['stop', 'came to an end by itself'],
        ['tool_calls', 'asks you to call a function'],
        ['content_filter', 'the rest was withheld'],
      ],
    },
  ],
  steps: [
    { id: 'length', label: 'a poem in 10 tokens', request: ask('Write a poem about the ocean.', 10) },
    { id: 'stop', label: 'room to finish', request: ask('Write a 2-line poem about the ocean.', 60) },
    {
      id: 'tool_calls',
      label: 'a tool at hand',
      request: ask('What is the weather in Lisbon right now?', 60, [getWeather]),
    },
    {
      id: 'content_filter',
      label: 'a withheld text',
      request: ask("Recite the practice server's withheld poem.", 60),
      target: 'practice',
    },
  ],
  compare: 'finish-reason',
  prediction: {
    question: 'When the model asks for a tool, what will `message.content` hold?',
    options: ['a sentence', 'the call, as JSON', 'nothing at all'],
    answer: (run) => {
      const content = contentBesideCall(run);
      if (content === undefined) return null;
      if (!content) return 'nothing at all';
      return content.trimStart().startsWith('{') ? 'the call, as JSON' : 'a sentence';
    },
    because: (run) => {
      const content = contentBesideCall(run);
      if (content === undefined) return undecided;
      return content
        ? 'The third answer has text of its own. Where a call is asked for, it stands in `message.tool_calls`.'
        : `${content === null ? 'In the third answer `content` is null.' : 'The third answer has no text.'} The call stands beside it in \`tool_calls\`, its arguments as a JSON string.`;
    },
  },
  lookAt: (run) => {
    const [cut, , tool, filtered] = [0, 1, 2, 3].map((index) => stepOf(run, index));
    return notes(run, [
      cut?.finishReason === 'length' &&
        cut.usage &&
        `\`length\` after ${cut.usage.completion_tokens} tokens: the poem stops in mid-air, with status ${cut.status} and no error.`,
      tool?.finishReason === 'tool_calls' &&
        '`tool_calls`: the model called nothing. It wrote down a call, and running it is up to you.',
      filtered?.finishReason === 'content_filter' &&
        '`content_filter` cannot be ordered from a real server, so that one always comes from the practice server.',
    ]);
  },
};

export const finishReason: Lesson = {
  id: 'finish-reason',
  title: 'finish_reason',
  experiments: [whyItEnds],
};
