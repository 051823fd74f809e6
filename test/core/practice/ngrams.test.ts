import { describe, expect, test } from 'vitest';
import { loadReading, modelFor, read } from '../../../src/core/practice/model/ngrams.ts';
import { endOfText, loadTokenizer } from '../../../src/core/practice/model/tokens.ts';

const tokenizer = await loadTokenizer();
const reading = await loadReading();

/** What a model that has read these paragraphs gives to a word after others. */
function shareOf(paragraphs: readonly string[], said: string, next: string, prompt = '') {
  const model = modelFor(read(paragraphs, tokenizer), prompt, []);
  const [token = endOfText] = tokenizer.encode(next);
  return model.next(tokenizer.encode(said))[model.position(token)!]!;
}

test('every next word has a share, and the shares add up to one', () => {
  const model = modelFor(reading, 'Why is the sky blue?', []);
  for (const said of ['', 'The sky', 'zebra zebra zebra', 'The short answer is that']) {
    const shares = model.next(tokenizer.encode(said));
    expect(shares.reduce((sum, share) => sum + share)).toBeCloseTo(1);
    expect(shares.every((share) => share > 0)).toBe(true);
  }
});

test('what followed these words before is likely to follow them again', () => {
  const paragraphs = ['The cat sat on the mat.', 'The dog lay on the rug.'];
  expect(shareOf(paragraphs, 'The cat', ' sat')).toBeGreaterThan(0.6);
  expect(shareOf(paragraphs, 'The cat', ' lay')).toBeLessThan(0.1);
});

test('where these words never stood, fewer of them decide', () => {
  const paragraphs = ['The cat sat on the mat.', 'A dog sat by the door.'];
  expect(shareOf(paragraphs, 'My old dog', ' sat')).toBeGreaterThan(0.4);
});

test('a paragraph that has to do with the prompt counts more', () => {
  const paragraphs = ['Bread is baked slowly.', 'Bees build wax cells.'];
  expect(shareOf(paragraphs, '', 'Bees', 'Tell me about a bee')).toBeGreaterThan(0.8);
  expect(shareOf(paragraphs, '', 'Bees', 'Tell me about bread')).toBeLessThan(0.2);
});

test('an answer does not go on for ever', () => {
  const model = modelFor(reading, '', []);
  const word = tokenizer.encode(' the')[0]!;
  const end = (length: number) => model.next(Array.from({ length }, () => word))[model.position(endOfText)!]!;
  expect(end(50)).toBeLessThan(0.1);
  expect(end(220)).toBeGreaterThan(0.97);
});

describe('a token that was never read', () => {
  test('can be made known, with a small share', () => {
    const [zebra = 0] = tokenizer.encode(' zebra');
    expect(modelFor(reading, '', []).position(zebra)).toBeUndefined();
    const model = modelFor(reading, '', [zebra, zebra]);
    expect(model.vocabulary.filter((token) => token === zebra)).toHaveLength(1);
    const share = model.next([])[model.position(zebra)!]!;
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(0.001);
  });
});
