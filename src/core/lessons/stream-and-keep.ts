import type { RunLog } from '../run/log.ts';
import { readAnswer } from '../run/reading.ts';
import { formatCount, notes, stepOf, undecided } from './evidence.ts';
import { model, user } from './messages.ts';
import type { Experiment } from './types.ts';

const utf8 = new TextEncoder();

/** Of more events than a lesson's own answer has, nobody waits for the proof. */
const mostRead = 1000;

/** The text as the raw events carried it, read without the SDK. Null if an event is not as expected. */
function textOfEvents(run: RunLog, step: number): string | null {
  if (run.rows(step).events.length > mostRead) return null;
  try {
    return run
      .rows(step)
      .events.filter(({ data }) => data !== '[DONE]')
      .map(({ data }) => readAnswer(JSON.parse(data)).content ?? '')
      .join('');
  } catch {
    return null;
  }
}

/** 3c: the same text on the screen and in a string. */
export const streamAndKeep: Experiment = {
  id: '3c',
  title: 'stream and keep',
  intro: [
    'Often you want both: text on the screen as it comes, and the whole of it afterwards, for the history or a database.',
    'Each delta then goes two ways: to the screen, and onto the end of a string. When the loop is over, that string is the answer.',
  ],
  steps: [
    {
      id: 'keep',
      label: 'shown and kept',
      request: {
        kind: 'chat',
        body: {
          model,
          messages: [user('Name 3 programming languages and one strength of each. Brief.')],
          max_tokens: 100,
          stream: true,
        },
      },
    },
  ],
  code: 'collect',
  prediction: {
    question: 'The text will have a few hundred characters. How many bytes will the stream have?',
    options: ['under 1,000', '1,000 to 10,000', 'over 10,000'],
    answer: (run) => {
      const step = stepOf(run, 0);
      if (step?.outcome !== 'complete') return null;
      if (step.bytes < 1000) return 'under 1,000';
      return step.bytes > 10_000 ? 'over 10,000' : '1,000 to 10,000';
    },
    because: (run) => {
      const step = stepOf(run, 0);
      if (step?.outcome !== 'complete') return undecided;
      const each = Math.round(step.bytes / Math.max(1, step.chunks));
      return `The stream had ${formatCount(step.bytes)} bytes in ${step.chunks} chunks, about ${each} each: every delta travels in an envelope with id, model and time.`;
    },
  },
  lookAt: (run) => {
    const step = stepOf(run, 0);
    const kept = run.text(0);
    const bytes = utf8.encode(kept).length;
    const isSame = step?.outcome === 'complete' && textOfEvents(run, 0) === kept;
    return notes(run, [
      kept &&
        `Kept: ${formatCount(kept.length)} characters, ${formatCount(bytes)} bytes, from ${step?.contentChunks} deltas.${bytes > kept.length ? ' Not every character is one byte.' : ''}`,
      kept && isSame && 'Read straight from the raw events, the text is the same, byte for byte.',
      step?.finishReason === 'length' &&
        'It ended with `length`: what you keep is a text cut off, so keep that reason too.',
    ]);
  },
};
