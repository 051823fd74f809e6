import { expect, test } from 'vitest';
import { experiments } from '../../../src/core/lessons/index.ts';
import { bodyOf } from '../../../src/core/sandbox/draft.ts';
import { presetOfStep, presets } from '../../../src/core/sandbox/presets.ts';

test('the first preset is the sandbox of the notebook', () => {
  expect(presets[0]?.id).toBe('sandbox');
  expect(bodyOf(presets[0]!.draft)).toEqual({
    body: {
      model: 'gpt-4o-mini',
      messages: [
        { role: 'system', content: 'You are a helpful assistant. Keep it brief.' },
        { role: 'user', content: 'What makes Python popular?' },
      ],
      stream: true,
      max_tokens: 80,
    },
  });
});

test('every step that asks for a completion has a preset that sends just that', () => {
  for (const { id, steps } of experiments) {
    for (const step of steps) {
      const request = typeof step.request === 'function' ? step.request([]) : step.request;
      const preset = presetOfStep(id, step.id);
      if (request.kind === 'model') expect(preset).toBeNull();
      else {
        expect(bodyOf(preset!.draft)).toEqual({ body: request.body });
        expect(presets).toContain(preset);
      }
    }
  }
  expect(presetOfStep('9z', 'none')).toBeNull();
});

test('presets are told apart, and listed in the order of the lessons', () => {
  expect(presets.map(({ id }) => id).join(' ')).toBe(
    'sandbox empty 1b 2a 2b 2c 2d/length 2d/stop 2d/tool_calls 2d/content_filter 2e/with 2e/without 2f/turn-1 2f/turn-2 2f/turn-3 3a/normal 3a/stream 3b 3c 3d 3e/without 3e/with temperature n logprobs json-schema stop',
  );
  expect(new Set(presets.map(({ title }) => title)).size).toBe(presets.length);
  for (const { title } of presets) expect(title.length).toBeLessThan(60);
});
