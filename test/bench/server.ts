import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

// Streams to whoever asks, in a process of its own: `/{count}/{gapMs}/v1/chat/completions` gives so many chunks with
// text, so many milliseconds apart, or with 0 as fast as they are taken.

const words = [
  'stars',
  ' are',
  ' suns',
  ' that',
  ' stand',
  ' so',
  ' far',
  ' away',
  ' in',
  ' space',
  '.',
  ' And',
];

/** A chunk as OpenAI writes it. */
const chunk = (delta: object, reason: string | null) =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-BenchBenchBenchBenchBenchBench',
    object: 'chat.completion.chunk',
    created: 1_767_225_600,
    model: 'gpt-4o-mini-2024-07-18',
    service_tier: 'default',
    system_fingerprint: 'fp_0123456789',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
  })}\n\n`;

const first = chunk({ role: 'assistant', content: '', refusal: null }, null);
const texts = words.map((content) => chunk({ content }, null));
const last = `${chunk({}, 'stop')}data: [DONE]\n\n`;
const textOf = (index: number): string => texts[index % texts.length]!;

async function stream(response: ServerResponse, count: number, gapMs: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.write(first);
  const startMs = performance.now();
  // Several in a write, as they come from a fast server: one alone would measure the sockets.
  const together = gapMs === 0 ? 50 : 1;
  for (let index = 0; index < count && !response.destroyed; index += together) {
    const dueMs = startMs + index * gapMs;
    if (gapMs > 0) await wait(Math.max(0, dueMs - performance.now()));
    const size = Math.min(together, count - index);
    const block = Array.from({ length: size }, (_, at) => textOf(index + at)).join('');
    if (!response.write(block)) await once(response, 'drain');
  }
  response.end(last);
}

const server = createServer((request, response) => {
  const [, count, gapMs] = (request.url ?? '').split('/');
  request.resume().on('end', () => void stream(response, Number(count), Number(gapMs)).catch(() => {}));
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().on('end', () => process.exit());
