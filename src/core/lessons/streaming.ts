import { formatMs } from '../run/figures.ts';
import type { RunLog } from '../run/log.ts';
import { readAnswer } from '../run/reading.ts';
import { countWord, notes, stepOf, undecided } from './evidence.ts';
import { model, user } from './messages.ts';
import { streamAndKeep } from './stream-and-keep.ts';
import { streamErrors } from './stream-errors.ts';
import { usageInStream } from './stream-usage.ts';
import type { Experiment, Lesson } from './types.ts';

const exercise = [user('List 3 benefits of exercise. One sentence each.')];

/** How long until one can begin to read: the end of the normal answer, the first content of the stream. */
function readableAt(run: RunLog): { readonly normalMs: number; readonly streamMs: number } | null {
  const [normal, stream] = [stepOf(run, 0), stepOf(run, 1)];
  if (normal?.outcome !== 'complete' || normal.endMs === null) return null;
  if (!stream || stream.firstContentMs === null) return null;
  return { normalMs: normal.endMs, streamMs: stream.firstContentMs };
}

const normalAgainstStream: Experiment = {
  id: '3a',
  title: 'normal against streaming',
  intro: [
    'Without `stream`, the whole answer is written first and sent when it is done. With `stream: true` each piece is sent as it is made.',
    'The same request goes out both ways here. Compare two moments on the clock: when you can begin to read, and when it is all there.',
  ],
  steps: [
    {
      id: 'normal',
      label: 'normal',
      request: { kind: 'chat', body: { model, messages: exercise, max_tokens: 100 } },
    },
    {
      id: 'stream',
      label: 'streaming',
      request: { kind: 'chat', body: { model, messages: exercise, max_tokens: 100, stream: true } },
    },
  ],
  compare: 'time',
  prediction: {
    question: 'When can you begin to read the streamed answer, next to the normal one?',
    options: ['at the same time', 'a little sooner', 'in under half the time'],
    answer: (run) => {
      const at = readableAt(run);
      if (!at) return null;
      if (at.streamMs < at.normalMs / 2) return 'in under half the time';
      return at.streamMs < at.normalMs * 0.9 ? 'a little sooner' : 'at the same time';
    },
    because: (run) => {
      const at = readableAt(run);
      if (!at) return undecided;
      return `The streamed answer has its first content at ${formatMs(at.streamMs)}; the normal one has nothing to show before ${formatMs(at.normalMs)}.`;
    },
  },
  lookAt: (run) => {
    const [normal, stream] = [stepOf(run, 0), stepOf(run, 1)];
    const isDone = normal?.outcome === 'complete' && stream?.outcome === 'complete';
    return notes(run, [
      isDone &&
        normal.endMs !== null &&
        stream.endMs !== null &&
        `All there after ${formatMs(normal.endMs)} and ${formatMs(stream.endMs)}. Streaming does not write faster; it lets you read along.`,
      stream?.headersMs != null &&
        stream.firstContentMs !== null &&
        `The stream's headers came at ${formatMs(stream.headersMs)}, its first content at ${formatMs(stream.firstContentMs)}: time to first token is the second figure.`,
    ]);
  },
};

const insideChunks: Experiment = {
  id: '3b',
  title: 'what a chunk is',
  intro: [
    'A streamed answer is many small objects. Each one, a chunk, carries only what is new: its `delta`.',
    'Not every chunk brings text. The first one names the role, one at the end gives the `finish_reason`; those between bring about one token each.',
  ],
  steps: [
    {
      id: 'chunks',
      label: 'a stream of chunks',
      request: {
        kind: 'chat',
        body: { model, messages: [user("Say 'Hello World'")], max_tokens: 10, stream: true },
      },
    },
  ],
  prediction: {
    question: 'How many chunks will carry text?',
    options: ['one', 'three', 'five', 'ten'],
    answer: (run) => {
      const step = stepOf(run, 0);
      return step?.outcome === 'complete' ? countWord(step.contentChunks) : null;
    },
    because: (run) => {
      const step = stepOf(run, 0);
      if (step?.outcome !== 'complete') return undecided;
      const numbers = run
        .rows(0)
        .chunks.filter(({ chunk }) => readAnswer(chunk).content)
        .map(({ index }) => `#${index}`);
      if (numbers.length === 0) return 'None of the rows has text in its delta.';
      const span = numbers.length === 1 ? numbers[0] : `${numbers[0]} to ${numbers.at(-1)}`;
      return `Of ${step.chunks} chunks, ${span} ${numbers.length === 1 ? 'has' : 'have'} text in the delta. A token is often a word with the space before it, and a mark is one too.`;
    },
  },
  lookAt: (run) => {
    const step = stepOf(run, 0);
    const { chunks } = run.rows(0);
    const roleMs = (chunks[0]?.at ?? 0) - (step?.offsetMs ?? 0);
    const first = readAnswer(chunks[0]?.chunk);
    const last = chunks.at(-1);
    const reason = readAnswer(last?.chunk).finishReason;
    const hasRoleFirst = first.role !== null && !first.content;
    return notes(run, [
      hasRoleFirst &&
        step?.firstContentMs != null &&
        `#0 came at ${formatMs(roleMs)} with a role and no text. The first content came at ${formatMs(step.firstContentMs)}: that is the first token.`,
      last &&
        reason &&
        !readAnswer(last.chunk).content &&
        `#${last.index} has an empty delta and says \`${reason}\`. Until it comes, you cannot know why the text ended.`,
    ]);
  },
};

export const streaming: Lesson = {
  id: 'streaming',
  title: 'Streaming',
  experiments: [normalAgainstStream, insideChunks, streamAndKeep, streamErrors, usageInStream],
};
