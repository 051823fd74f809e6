import type { Meanings } from './table.ts';

/** What some compatible servers add to an answer that OpenAI does not. */
export const answerExtras: Meanings = {
  'choices[].message.reasoning_content': 'What the model thought before it answered. OpenAI keeps that back.',
  'choices[].message.reasoning': 'What the model thought, by another name than `reasoning_content`.',
  'choices[].stop_reason': 'Which `stop` text or token ended it, from servers built with vLLM.',
  timings: 'How long prompt and answer took, from servers built with llama.cpp.',
  'timings.*': 'A time in milliseconds (`ms`), a count of tokens (`n`), or a speed.',
};

/** The same in chunks. */
export const chunkExtras: Meanings = {
  'choices[].delta.reasoning_content': 'The next piece of what the model thinks before it answers.',
  'choices[].delta.reasoning': 'The next piece of the thinking, by another name than `reasoning_content`.',
  'choices[].stop_reason': answerExtras['choices[].stop_reason']!,
  timings: answerExtras.timings!,
  'timings.*': answerExtras['timings.*']!,
};

/** What some send in place of `error`. */
export const errorExtras: Meanings = {
  detail: 'What went wrong, from servers built with FastAPI.',
};
