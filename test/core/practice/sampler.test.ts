import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choose, reshape, type Sampling, top } from '../../../src/core/practice/model/sampler.ts';
import { seededRandom } from '../../../src/core/practice/random.ts';

const plain: Sampling = {
  temperature: 1,
  topP: 1,
  presencePenalty: 0,
  frequencyPenalty: 0,
  logitBias: new Map(),
};
const thought = Float64Array.of(0.5, 0.3, 0.15, 0.05);
/** Tokens are their own positions. */
const shape = (sampling: Partial<Sampling>, said: readonly (readonly [number, number])[] = []) =>
  reshape(thought, { ...plain, ...sampling }, new Map(said), (token) => (token < 4 ? token : undefined));
const rounded = (shares: Float64Array) => [...shares].map((share) => Math.round(share * 1000) / 1000);
const entropy = (shares: Float64Array) =>
  -shares.reduce((sum, share) => sum + (share && share * Math.log(share)), 0);

describe('what is chosen from', () => {
  test('is what the model thinks, if nothing is asked for', () => {
    expect(rounded(shape({}))).toEqual([0.5, 0.3, 0.15, 0.05]);
  });

  test('is flatter the higher the temperature: at 2 the square roots, at 0.5 the squares', () => {
    const powers = (power: number) => {
      const raised = thought.map((share) => share ** power);
      const sum = raised.reduce((total, share) => total + share);
      return rounded(raised.map((share) => share / sum));
    };
    expect(rounded(shape({ temperature: 2 }))).toEqual(powers(0.5));
    expect(rounded(shape({ temperature: 0.5 }))).toEqual(powers(2));
    const wildness = [0.2, 0.7, 1, 1.5, 2].map((temperature) => entropy(shape({ temperature })));
    expect(wildness).toEqual([...wildness].sort((a, b) => a - b));
  });

  test('with top_p is the smallest set that reaches it, among themselves', () => {
    expect(rounded(shape({ topP: 0.7 }))).toEqual([0.625, 0.375, 0, 0]);
    expect(rounded(shape({ topP: 0.5 }))).toEqual([1, 0, 0, 0]);
    expect(rounded(shape({ topP: 0 }))).toEqual([1, 0, 0, 0]);
  });

  test('without a token that was said is what a presence penalty makes of it, once', () => {
    const once = shape({ presencePenalty: 1 }, [[0, 1]]);
    expect(once[0]! / once[1]!).toBeCloseTo((0.5 / 0.3) * Math.exp(-1));
    expect(rounded(shape({ presencePenalty: 1 }, [[0, 9]]))).toEqual(rounded(once));
  });

  test('is penalised by frequency for each time it was said; a negative penalty rewards', () => {
    const thrice = shape({ frequencyPenalty: 0.5 }, [[0, 3]]);
    expect(thrice[0]! / thrice[1]!).toBeCloseTo((0.5 / 0.3) * Math.exp(-1.5));
    expect(shape({ frequencyPenalty: -0.5 }, [[3, 3]])[3]).toBeGreaterThan(0.05);
  });

  test('a bias of -100 bans a token and one of 100 forces it; of unknown tokens it is ignored', () => {
    expect(rounded(shape({ logitBias: new Map([[0, -100]]) }))).toEqual([0, 0.6, 0.3, 0.1]);
    expect(rounded(shape({ logitBias: new Map([[3, 100]]) }))).toEqual([0, 0, 0, 1]);
    expect(rounded(shape({ logitBias: new Map([[77, 100]]) }))).toEqual([0.5, 0.3, 0.15, 0.05]);
  });

  test('always adds up to one and is never negative', () => {
    const range = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const anySampling = fc.record({
      temperature: range(0, 2),
      topP: range(0, 1),
      presencePenalty: range(-2, 2),
      frequencyPenalty: range(-2, 2),
      logitBias: fc
        .array(fc.tuple(fc.nat(3), fc.integer({ min: -100, max: 100 })))
        .map((pairs) => new Map(pairs)),
    });
    fc.assert(
      fc.property(anySampling, fc.array(fc.tuple(fc.nat(3), fc.nat(50))), (sampling, said) => {
        const shares = shape(sampling, said);
        expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1);
        expect(shares.every((share) => share >= 0)).toBe(true);
      }),
    );
  });
});

describe('the choice', () => {
  test('at temperature 0 is the most probable token, whatever is drawn', () => {
    const sampling = { ...plain, temperature: 0 };
    for (const drawn of [0, 0.5, 0.9999]) expect(choose(shape(sampling), sampling, () => drawn)).toBe(0);
  });

  test('follows the shares: in ten thousand draws each token comes as often as it says', () => {
    const random = seededRandom(1);
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 10_000; draw += 1) counts[choose(thought, plain, random)]! += 1;
    for (const [at, count] of counts.entries()) expect(count / 10_000).toBeCloseTo(thought[at]!, 1.5);
  });

  test('never falls on a token without a share', () => {
    for (const drawn of [0, 0.4, 0.9999999])
      expect(choose(Float64Array.of(0, 1, 0), plain, () => drawn)).toBe(1);
  });
});

test('the top are the most probable in order, and no more than there are', () => {
  const shares = Float64Array.of(0.1, 0.4, 0.05, 0.3, 0.15);
  expect(top(shares, 3)).toEqual([1, 3, 4]);
  expect(top(shares, 20)).toEqual([1, 3, 4, 0, 2]);
});
