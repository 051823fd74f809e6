import type { ChatCompletion } from 'openai/resources/chat/completions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { practiceEndpoint } from '../../../src/core/api/endpoint.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { snippet } from '../../../src/core/export/snippet.ts';
import { takeaways } from '../../../src/core/lessons/closing.ts';
import { experiments, findExperiment } from '../../../src/core/lessons/index.ts';
import { createRedactor } from '../../../src/core/mask.ts';
import { type PracticeServer, startPracticeServer } from '../../../src/core/practice/server.ts';
import { execute } from '../../../src/core/run/execute.ts';
import { RunLog } from '../../../src/core/run/log.ts';
import { runTypeScript } from '../export/languages.ts';

let server: PracticeServer;
const runs = new Map<string, RunLog>();

beforeAll(async () => {
  server = await startPracticeServer({ pace: 'instant', seed: 1 });
  const endpoint = practiceEndpoint(server.url);
  await Promise.all(
    experiments.map(async (experiment) => {
      const log = new RunLog(systemClock);
      const redact = createRedactor([]);
      await execute({
        experiment,
        endpoint,
        practice: async () => endpoint,
        log,
        clock: systemClock,
        redact,
      });
      runs.set(experiment.id, log);
    }),
  );
});
afterAll(() => server.close());

const run = (id: string): RunLog => runs.get(id)!;
const steps = (id: string) => run(id).summary.steps;
const prompts = (id: string) => steps(id).map(({ usage }) => usage?.prompt_tokens);
const outcomes = (id: string) => steps(id).map(({ outcome }) => outcome);

describe.each(experiments.map((experiment) => [experiment.id, experiment] as const))(
  '%s',
  (id, experiment) => {
    test('its prediction is answered by the run, with one of its options', () => {
      const answer = experiment.prediction.answer(run(id));
      expect(experiment.prediction.options).toContain(answer);
      expect(experiment.prediction.because(run(id))).toMatch(/\.$/);
    });

    test('what it says afterwards is backed by figures and short', () => {
      const notes = experiment.lookAt(run(id));
      expect(notes.length).toBeGreaterThanOrEqual(2);
      expect(notes.length).toBeLessThanOrEqual(3);
      const because = experiment.prediction.because(run(id));
      expect([...notes, because].join(' ')).not.toMatch(/undefined|NaN|\[object/);
      expect(because.length).toBeLessThanOrEqual(170);
      expect(notes.join(' ').length).toBeLessThanOrEqual(320);
    });

    test('the code beside it sends the body that was sent', async () => {
      const bodies = run(id).events.flatMap((event) =>
        event.type === 'attempt' && event.attempt === 0 ? [JSON.parse(event.body ?? 'null')] : [],
      );
      const shown = [];
      for (const [index, { request, target }] of steps(id).entries()) {
        const step = { ...experiment.steps[index]!, request };
        const code = snippet(step, experiment.code ?? 'plain', 'typescript', target);
        shown.push(...(await runTypeScript(code)).sent.map(({ body }) => body));
      }
      expect(shown).toEqual(bodies);
    });

    test('stopped in the middle, it says no more than came', () => {
      for (const end of run(id).events.keys()) {
        const log = new RunLog(systemClock);
        for (const event of run(id).events.slice(0, end)) log.append(event);
        log.append({ type: 'run-end', at: 1, outcome: 'aborted' });
        const notes = experiment.lookAt(log);
        expect(notes.length).toBeGreaterThanOrEqual(1);
        const hasCome = log.summary.steps.some(({ status }) => status !== null);
        if (hasCome) expect(notes.join(' ')).not.toContain('before anything');
      }
    });

    test('stopped after any event, it still says only what it can back', () => {
      const log = new RunLog(systemClock);
      for (const event of run(id).events) {
        log.append(event);
        const texts = [experiment.prediction.because(log), ...experiment.lookAt(log)];
        const figures = takeaways.filter(({ experiment: of }) => of === id).map(({ figure }) => figure(log));
        const said = [...texts, ...figures].join(' ').replace('`content` is null', '');
        expect(said).not.toMatch(/undefined|NaN|\[object|\bnull\b/);
        const answer = experiment.prediction.answer(log);
        if (answer !== null && log.summary.outcome) expect(experiment.prediction.options).toContain(answer);
      }
    });
  },
);

test('the prompt tokens come out as the model counts them', () => {
  expect(prompts('2a')).toEqual([15]);
  expect(prompts('2b')).toEqual([27]);
  expect(prompts('2c')).toEqual([10]);
  expect(prompts('2d').slice(0, 2)).toEqual([14, 17]);
  expect(prompts('2e')[0]).toBe(62);
  expect(prompts('2f')).toEqual([34, 64, 88]);
  expect(prompts('3a')[0]).toBe(18);
  expect(prompts('3e')).toEqual([undefined, 14]);
});

test('each step ends as its lesson says', () => {
  const unhappy = ['1b', '3d'];
  for (const { id } of experiments) {
    if (!unhappy.includes(id)) expect(new Set(outcomes(id)), id).toEqual(new Set(['complete']));
  }
  expect(outcomes('1b')).toEqual(['error', 'unsent', 'error']);
  expect(steps('1b').map(({ status }) => status)).toEqual([401, null, 401]);
  expect(steps('1b').map(({ error }) => error?.className)).toEqual([
    'AuthenticationError',
    'OpenAIError',
    'AuthenticationError',
  ]);
  expect(steps('2d').map(({ finishReason }) => finishReason)).toEqual([
    'length',
    'stop',
    'tool_calls',
    'content_filter',
  ]);
  expect(outcomes('3d')).toEqual(['complete', 'complete', 'error', 'error', 'error', 'cut']);
  expect(steps('3d').map(({ error }) => error?.className ?? null)).toEqual([
    null,
    null,
    'RateLimitError',
    'APIConnectionError',
    'APIError',
    'TypeError',
  ]);
  expect(steps('3d').map(({ attempts }) => attempts.length)).toEqual([1, 2, 3, 3, 1, 1]);
});

test('the right answers are these', () => {
  const answers = experiments.map(({ id, prediction }) => [id, prediction.answer(run(id))]);
  expect(Object.fromEntries(answers)).toMatchObject({
    '1a': 'in a header',
    '1b': 'two',
    '2a': '15 tokens',
    '2b': 'more',
    '2c': 'a dated version of it',
    '2d': 'nothing at all',
    '2e': 'no 30 in it',
    '2f': 'at least twice as large',
    // 3a is a matter of time, and there is none at instant pace.
    '3b': 'three',
    '3c': 'over 10,000',
    '3d': 'TypeError',
    '3e': 'none',
  });
});

test('the tool that is called is the one that was offered', () => {
  const body = run('2d').rows(2).response?.body as ChatCompletion;
  const call = body.choices[0]?.message.tool_calls?.[0];
  expect(call?.type === 'function' && call.function).toEqual({
    name: 'get_weather',
    arguments: expect.stringContaining('Lisbon'),
  });
});

test('2e: with the history the model knows, without it cannot', () => {
  expect(run('2e').text(0)).toMatch(/\b30\b/);
  expect(run('2e').text(1)).not.toMatch(/\b30\b/);
});

test('2f: each turn sends the real answers of the turns before it', () => {
  const request = steps('2f')[2]?.request;
  const messages = request?.kind === 'chat' ? request.body.messages : [];
  expect(messages.map(({ role }) => role)).toEqual([
    'system',
    'user',
    'assistant',
    'user',
    'assistant',
    'user',
  ]);
  expect(messages[2]?.content).toBe(run('2f').text(0));
  expect(messages[4]?.content).toBe(run('2f').text(1));
});

test('3c: what is kept equals what the raw events carried', () => {
  expect(findExperiment('3c')!.lookAt(run('3c')).join(' ')).toContain('byte for byte');
});

test('every takeaway has a figure of the learner’s own', () => {
  const figures = takeaways.map(({ experiment, figure }) => figure(run(experiment)));
  for (const figure of figures) expect(figure).toMatch(/^your \d[a-f]: ./);
  expect(figures).toContain('your 2a: 15 + 28 = 43 tokens');
  expect(figures).toContain('your 2f: 34, 64, 88 prompt tokens');
});
