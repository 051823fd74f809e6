import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellWidth } from '../../../src/components/line.ts';
import { livePanel } from '../../../src/components/live-panel.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { findExperiment } from '../../../src/core/lessons/index.ts';
import { deltaOf } from '../../../src/core/run/delta-text.ts';
import type { RunEvent } from '../../../src/core/run/events.ts';
import { RunLog } from '../../../src/core/run/log.ts';
import { read, readAnswer, readChoices } from '../../../src/core/run/reading.ts';

const nothing = {
  choice: 0,
  model: null,
  choices: 0,
  role: null,
  content: null,
  refusal: null,
  toolCalls: [],
  aside: null,
  finishReason: null,
  usage: null,
};

test('a chunk and a response read alike', () => {
  const said = { role: 'assistant', content: 'Hi', refusal: null };
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
  const expected = {
    ...nothing,
    model: 'm',
    choices: 1,
    role: 'assistant',
    content: 'Hi',
    finishReason: 'stop',
    usage,
  };
  expect(readAnswer({ model: 'm', choices: [{ delta: said, finish_reason: 'stop' }], usage })).toEqual(
    expected,
  );
  expect(readAnswer({ model: 'm', choices: [{ message: said, finish_reason: 'stop' }], usage })).toEqual(
    expected,
  );
});

test('pieces of tool calls keep the place that the server gave them', () => {
  const calls = [{ index: 1, function: { arguments: '{"a' } }, { function: { name: 'f', arguments: '' } }];
  expect(readAnswer({ choices: [{ delta: { tool_calls: calls } }] }).toolCalls).toEqual([
    { index: 1, id: '', type: null, name: '', args: '{"a' },
    { index: 1, id: '', type: null, name: 'f', args: '' },
  ]);
});

test('each choice says which one it is, and nothing makes room for a million of them', () => {
  const choices = [{ index: 2, delta: { content: 'c' } }, { delta: { content: 'b' } }, { index: 1e6 }];
  expect(readChoices({ choices }).map(({ choice, content }) => [choice, content])).toEqual([
    [2, 'c'],
    [1, 'b'],
    [2, null],
  ]);
  const odd: unknown = Object.create(null);
  expect(readChoices({ choices: [{ index: odd }, { index: '1' }] }).map(({ choice }) => choice)).toEqual([
    0, 1,
  ]);
});

test('the text of a log is that of one choice', () => {
  const log = new RunLog(systemClock);
  const stream: [number, string][] = [
    [0, 'A'],
    [1, 'B'],
    [0, 'a'],
  ];
  log.append({
    type: 'step-start',
    at: 0,
    step: 0,
    id: 'x',
    label: '',
    target: { kind: 'practice', baseURL: '' },
    request: { kind: 'model', model: 'm' },
  });
  for (const [at, [index, content]] of stream.entries()) {
    const body = { choices: [{ index, delta: { content }, finish_reason: index === 1 ? 'length' : null }] };
    log.append({ type: 'chunk', at, step: 0, index: at, chunk: body });
  }
  expect([log.text(0), log.text(0, 1), log.text(0, 2)]).toEqual(['Aa', 'B', '']);
  expect(log.summary.steps[0]).toMatchObject({ choices: 2, finishReason: null });
});

test.each([
  [null],
  [5],
  ['text'],
  [{ choices: {} }],
  [{ choices: [null], usage: 3, model: 7 }],
  [{ choices: [], usage: { prompt_tokens: '1' } }],
])('what is not of the protocol counts as not sent: %j', (value) => {
  const { choices, ...rest } = readAnswer(value);
  expect({ ...rest, choices: 0 }).toEqual(nothing);
  expect(choices).toBeLessThanOrEqual(1);
});

/** Objects with the protocol's keys and any values at all. */
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 5, -1.5, 'stop', 'a\u001bb\r', ''),
    fc.array(tie('any'), { maxLength: 2 }),
    fc.record(
      Object.fromEntries(
        [
          ['choices', 'delta', 'message', 'role', 'content', 'refusal', 'tool_calls', 'function', 'name'],
          ['arguments', 'index', 'finish_reason', 'usage', 'prompt_tokens', 'model', 'object'],
        ]
          .flat()
          .map((key) => [key, tie('any')]),
      ),
      { requiredKeys: [] },
    ),
  ),
})).any;

test('whatever a server sends, the panel is drawn, in its rows and columns', () => {
  const experiment = findExperiment('3b')!;
  const body = { model: 'm', messages: [], stream: true as const };
  const target = { kind: 'practice', baseURL: 'http://127.0.0.1:1/v1' } as const;
  fc.assert(
    fc.property(fc.array(value, { maxLength: 4 }), value, fc.boolean(), (chunks, response, isStream) => {
      const log = new RunLog(systemClock);
      const events: RunEvent[] = [
        { type: 'run-start', at: 0, experiment: '3b', endpoint: target, startedAt: '' },
        { type: 'step-start', at: 0, step: 0, id: 's', label: 's', target, request: { kind: 'chat', body } },
        ...(isStream
          ? chunks.map((chunk, index): RunEvent => ({ type: 'chunk', at: index, step: 0, index, chunk }))
          : [{ type: 'response', at: 1, step: 0, body: response } as const]),
        { type: 'step-end', at: 9, step: 0, outcome: 'complete' },
      ];
      for (const event of events) log.append(event);
      experiment.prediction.answer(log);
      experiment.lookAt(log);
      for (const focus of [undefined, 'response-object'] as const) {
        const lines = livePanel({
          experiment: focus ? { ...experiment, focus } : experiment,
          log,
          summary: log.summary,
          selected: 0,
          cursor: null,
          keys: {
            key: null,
            baseURL: null,
            organization: null,
            project: null,
            problems: [],
            secrets: [],
            envFile: '',
            named: {},
          },
          endpoint: target,
          nowMs: null,
          width: 60,
          rows: 30,
          look: { isPlain: false },
        });
        expect(lines).toHaveLength(30);
        for (const line of lines) {
          const text = line.map((each) => each.text).join('');
          expect(cellWidth(text)).toBeLessThanOrEqual(60);
          expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
        }
      }
    }),
  );
});

test('what a server adds to the protocol is told where it says nothing else', () => {
  const delta = (fields: object) => deltaOf(read({ choices: [{ index: 0, delta: fields }] }));
  expect(delta({ content: null, reasoning_content: 'Let me' })).toBe("reasoning_content: 'Let me'");
  expect(delta({ content: '', reasoning: 'see\u001b[2J' })).toBe("reasoning: 'see\\x1b[2J'");
  expect(delta({ content: 'Hi', reasoning: 'x' })).toBe("'Hi'");
  expect(delta({ content: '' })).toBe("''");
  expect(delta({ audio: { data: 'x' } })).toBe('(nothing)');
});
