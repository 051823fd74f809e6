import { expect, test } from 'vitest';
import { factsOf, modelNames } from '../../../src/core/api/models.ts';
import { estimateCost } from '../../../src/core/api/prices.ts';

test('a cost is estimated from the prompt, and at most from all answers at full length', () => {
  expect(estimateCost('gpt-4o-mini', 1_000_000, null)).toEqual({ promptCost: 0.15, mostCost: null });
  const three = estimateCost('gpt-4o-mini-2024-07-18', 2000, 1000, 3);
  expect(three?.promptCost).toBeCloseTo(0.0003, 10);
  expect(three?.mostCost).toBeCloseTo(0.0003 + 0.0018, 10);
  expect(estimateCost('constructor', 1, 1)).toBeNull();
});

test('facts are known by family and date, and not made up for others', () => {
  expect(factsOf('gpt-4o-mini-2024-07-18')).toMatchObject({
    contextTokens: 128_000,
    maxCompletionTokens: 16_384,
  });
  expect(factsOf('gpt-4o-2024-05-13')?.maxCompletionTokens).toBe(4096);
  expect(factsOf('o3-mini')).toMatchObject({ isReasoning: true, temperature: 'none' });
  for (const name of ['gpt-9', 'gpt-4o-mini-audio-preview', 'constructor', ''])
    expect(factsOf(name)).toBeNull();
  expect(modelNames).not.toContain('gpt-4o-2024-05-13');
});
