import type { RunLog } from '../../../src/core/run/log.ts';
import { abortedRun, helloRun, helloStream, limitedRun, logOf, runStart } from '../../helpers/logs.ts';
import { experimentOf } from '../../helpers/runs.ts';
import { answered, done, eventOf, splitEmoji, streamed } from '../../helpers/streams.ts';

/** A normal request, not a stream. */
const whole = experimentOf({
  id: 'whole',
  label: 'a whole answer',
  request: { kind: 'chat', body: { model: 'm', messages: [{ role: 'user', content: 'Hi' }] } },
});

/** The answer to it, or whatever else is JSON. */
export const wholeAnswer = (body: object): Promise<RunLog> =>
  answered([JSON.stringify(body, null, 2)], { experiment: whole }, { 'content-type': 'application/json' });

export const logprobs = {
  content: [
    {
      token: 'Hi',
      logprob: Math.log(0.75),
      bytes: [72, 105],
      top_logprobs: [
        { token: 'Hi', logprob: Math.log(0.75), bytes: [72, 105] },
        { token: 'Hey', logprob: Math.log(0.2), bytes: [72, 101, 121] },
        { token: '\n', logprob: -9999, bytes: [10] },
      ],
    },
  ],
  refusal: null,
};

const hostileText = '\u001b]0;title\u0007漢字\u202e👩‍💻\r\n\u200d\ufe0f`x`\t\u009b2J'.repeat(9);
const hostile = Buffer.concat([
  Buffer.from(`: \u001b[2J\u0000\r\n\r\nevent: \u001b[31m\r\n${eventOf(hostileText)}`),
  Buffer.from(`${eventOf({ 'a\u001b[2J\n': '\u009b' })}data: \u001b[2J`),
  Uint8Array.of(0xff, 0xfe, 0xc3, 0x0a, 0x0a),
]);

/** Runs of every kind, by what is odd about them. */
export const oddStreams = async (): Promise<Readonly<Record<string, RunLog>>> => ({
  'not begun': logOf([runStart('3b')]),
  sent: logOf(helloRun.slice(0, 3)),
  'streaming, no bytes kept': logOf(helloStream),
  'over, no bytes kept': logOf(helloRun),
  stopped: logOf(abortedRun),
  'tried in vain': logOf(limitedRun),
  'an emoji in two reads': await splitEmoji(),
  'half an event': logOf((await splitEmoji()).events.slice(0, 7)),
  hostile: await streamed(hostile.subarray(0, 40), hostile.subarray(40, 301), hostile.subarray(301)),
  'an error in the stream': await streamed(eventOf('Hi'), 'data: {"error":{"message":"\u001b[2J"}}\n\n'),
  'byte by byte': await streamed(
    ...Array.from(Buffer.from(eventOf('é') + done), (byte) => Uint8Array.of(byte)),
  ),
  'one very long event': await streamed(eventOf('漢字 é\n'.repeat(9000)) + done),
  'with probabilities': await streamed(eventOf('Hi', { logprobs }) + done),
  'a whole answer': await wholeAnswer({
    object: 'chat.completion',
    choices: [{ message: { content: 'Hi' }, logprobs }],
  }),
  'a page of HTML': await answered(['<html>\u001b[2J</html>']),
});
