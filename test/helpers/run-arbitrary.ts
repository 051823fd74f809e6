import fc from 'fast-check';
import type { RunEvent } from '../../src/core/run/events.ts';

/** Any text, with what terminals obey, what JSON escapes and halves of characters in it. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('\x1b[2J', '\u202e', '\ud83e', '"\\\n', 'data: x\n\n', '\u2028', ''),
);
const small = fc.nat(500);
const label = fc.record({
  kind: fc.constantFrom('practice', 'openai', 'compatible'),
  baseURL: fc.webUrl(),
});
const headers = fc.array(fc.tuple(anyText, anyText), { maxLength: 3 });
/** Without the one kind of number that JSON loses. */
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)));
const textOrNull = fc.option(anyText);

/** One thing that happens in a step, but for its time and place. */
const happening = fc.oneof(
  fc.record({ type: fc.constant('attempt'), method: anyText, url: anyText, headers, body: textOrNull }),
  fc.record({ type: fc.constant('attempt-failed'), attempt: fc.nat(3), message: anyText, code: textOrNull }),
  fc.record({
    type: fc.constant('headers'),
    attempt: fc.nat(3),
    status: fc.integer({ min: 100, max: 599 }),
    headers,
  }),
  fc.record({ type: fc.constant('read'), bytes: fc.uint8Array({ maxLength: 20 }) }),
  fc.record({ type: fc.constant('event'), size: small, data: anyText }),
  fc.record({ type: fc.constant('chunk'), chunk: json }),
  fc.record({ type: fc.constant('response'), body: json }),
  fc.record({
    type: fc.constant('error'),
    error: fc.record({
      className: anyText,
      message: anyText,
      status: fc.option(small),
      type: textOrNull,
      code: textOrNull,
      param: textOrNull,
      requestId: textOrNull,
      cause: textOrNull,
    }),
  }),
  fc.record({ type: fc.constant('estimate'), completionTokens: small }),
  fc.record({
    type: fc.constant('step-end'),
    outcome: fc.constantFrom('complete', 'no-done', 'cut', 'error', 'unsent', 'aborted'),
  }),
);

const step = fc.record({
  label: anyText,
  target: label,
  model: anyText,
  happenings: fc.array(fc.tuple(small, happening), { maxLength: 12 }),
});

/** The events of some run: each of them as a run appends it, though a server may have sent anything. */
export const anyRun: fc.Arbitrary<readonly RunEvent[]> = fc
  .record({
    endpoint: label,
    experiment: anyText,
    steps: fc.array(step, { maxLength: 3 }),
    isOver: fc.boolean(),
  })
  .map(({ endpoint, experiment, steps, isOver }) => {
    const startedAt = '2026-01-02T03:04:05.000Z';
    const events: object[] = [{ type: 'run-start', at: 0, experiment, endpoint, startedAt }];
    let at = 0;
    for (const [index, { label, target, model, happenings }] of steps.entries()) {
      const body = { model, messages: [{ role: 'user', content: label }], stream: true };
      const inStep = { step: index };
      events.push({
        type: 'step-start',
        at,
        ...inStep,
        id: 's',
        label,
        target,
        request: { kind: 'chat', body },
      });
      const next = { attempt: 0, read: 0, event: 0, chunk: 0, byte: 0, place: 0 };
      for (const [ms, { type, ...fields }] of happenings) {
        at += ms / 1000;
        const place = { type, at, ...inStep };
        if (type === 'attempt') {
          events.push({ ...place, attempt: next.attempt++, ...fields });
          Object.assign(next, { read: 0, event: 0, byte: 0, place: 0 });
        } else if (type === 'read') {
          const { bytes } = fields as { bytes: Uint8Array };
          const start = next.byte;
          next.byte += bytes.length;
          const attempt = Math.max(0, next.attempt - 1);
          events.push({ ...place, attempt, index: next.read++, start, end: next.byte, bytes });
        } else if (type === 'event') {
          const { size, data } = fields as { size: number; data: string };
          const start = next.place;
          next.place += size;
          events.push({ ...place, index: next.event++, start, end: next.place, data });
        } else if (type === 'chunk') events.push({ ...place, index: next.chunk++, ...fields });
        else events.push({ ...place, ...fields });
      }
    }
    if (isOver) events.push({ type: 'run-end', at, outcome: 'complete' });
    return events as RunEvent[];
  });
