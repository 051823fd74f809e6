import { type Json, user } from './practice-client.ts';

interface LessonRequest {
  readonly id: string;
  readonly body: Json & { messages: readonly object[] };
  readonly prompt: number;
  readonly completion: number;
  readonly finish: string;
}

export const weatherTool = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The current weather in a city.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

export const mathsHistory = [
  { role: 'system', content: 'You are a helpful math tutor. Be concise.' },
  user('What is 15% of 200?'),
  { role: 'assistant', content: '15% of 200 = 0.15 × 200 = 30.' },
  user('What was the previously generated answer?'),
];

const request = (
  id: string,
  messages: string | readonly object[],
  more: Json,
  [prompt, completion, finish]: readonly [number, number, string],
): LessonRequest => ({
  id,
  body: {
    model: 'gpt-4o-mini',
    messages: typeof messages === 'string' ? [user(messages)] : messages,
    ...more,
  },
  prompt,
  completion,
  finish,
});

/** The requests that lessons stand on. Prompt counts, and completion counts where a model's are known, are a model's. */
export const lessonRequests: readonly LessonRequest[] = [
  request('2a', 'What is an API? One sentence.', { max_tokens: 150 }, [15, 28, 'stop']),
  request(
    '2b',
    [
      { role: 'system', content: 'You are a concise technical writer. Max 2 sentences.' },
      user('Explain REST APIs.'),
    ],
    { max_tokens: 80, temperature: 0.3 },
    [27, 59, 'stop'],
  ),
  request('2c', 'Say hello.', { max_tokens: 20 }, [10, 9, 'stop']),
  request('2d length', 'Write a poem about the ocean.', { max_tokens: 10 }, [14, 10, 'length']),
  request('2d stop', 'Write a 2-line poem about the ocean.', { max_tokens: 60 }, [17, 19, 'stop']),
  request('2e', mathsHistory, { max_tokens: 60 }, [62, 8, 'stop']),
  request('3a', 'List 3 benefits of exercise. One sentence each.', { max_tokens: 100 }, [18, 71, 'stop']),
  request('3b', "Say 'Hello World'", { max_tokens: 10 }, [12, 3, 'stop']),
  request('3c', 'Name 3 programming languages and one strength of each. Brief.', { max_tokens: 100 }, [
    20,
    93,
    'stop',
  ]),
  request('3d', 'What is Python? One sentence.', { max_tokens: 100 }, [14, 37, 'stop']),
  request('3e', 'What is gravity? One sentence.', { max_tokens: 50 }, [14, 26, 'stop']),
  request(
    'sandbox',
    [
      { role: 'system', content: 'You are a helpful assistant. Keep it brief.' },
      user('What makes Python popular?'),
    ],
    { max_tokens: 80 },
    [26, 80, 'length'],
  ),
];

/** Those that end in the other two ways, whose counts no recording gives. */
export const otherEndings: readonly { id: string; body: Json; finish: string }[] = [
  {
    id: 'tool_calls',
    body: {
      model: 'gpt-4o-mini',
      messages: [user('What is the weather in Lisbon right now?')],
      tools: [weatherTool],
      max_tokens: 60,
    },
    finish: 'tool_calls',
  },
  {
    id: 'content_filter',
    body: {
      model: 'gpt-4o-mini',
      messages: [user("Recite the practice server's withheld poem.")],
      max_tokens: 60,
    },
    finish: 'content_filter',
  },
];
