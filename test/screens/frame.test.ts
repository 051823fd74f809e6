import { expect, test } from 'vitest';
import { line, lineWidth } from '../../src/components/line.ts';
import { type FrameView, frame } from '../../src/screens/frame.ts';
import { header } from '../../src/screens/header.ts';
import type { AskedInFile } from '../../src/screens/place.ts';
import { boxed, plain, shown, stylesOf, widest } from '../components/shown.ts';
import { world } from './world.ts';

const view = (more: Partial<FrameView> = {}): FrameView => ({
  header: line('header'),
  body: [line('body')],
  notice: null,
  bindings: world().model.bindings(),
  columns: 40,
  rows: 8,
  look: boxed,
  ...more,
});

test('a screen has its header, its body and its keys, in exactly its rows', () => {
  expect(shown(frame(view()))).toEqual([
    'header',
    '────────────────────────────────────────',
    'body',
    '',
    '',
    '',
    '────────────────────────────────────────',
    ' Enter open   / search   ? keys   q quit',
  ]);
  const long = Array.from({ length: 50 }, () => line('body'));
  for (const rows of [4, 5, 24]) expect(frame(view({ rows, body: long }))).toHaveLength(rows);
});

test('a notice stands in the lower rule, on one row, as wide as the screen', () => {
  expect(shown(frame(view({ notice: 'All progress is forgotten.' })))[6]).toBe(
    '── All progress is forgotten. ──────────',
  );
  for (const notice of [
    '漢字漢字',
    'two\nlines\u001b[2J',
    'far too long to be read in so few columns as these are',
  ]) {
    const lines = frame(view({ notice }));
    expect(lineWidth(lines[6]!)).toBeLessThanOrEqual(40);
    expect(shown(lines)[6]).not.toMatch(/[\u001b\n]/);
  }
});

test('without drawing there are no rules, and the notice is still read', () => {
  const text = shown(frame(view({ notice: 'Stopped.', look: plain }))).join('\n');
  expect(text).not.toContain('─');
  expect(text).toContain('Stopped.');
});

const openai = { kind: 'openai', baseURL: 'https://api.openai.com/v1' } as const;

test('of a file the top row says whom it asked, as far as it is known, and of no cost', () => {
  const end = (file: AskedInFile) =>
    shown([header({ ...top, endpoint: openai, file, width: 80 })])[0]!
      .slice(20)
      .trim();
  const endpoint = { kind: 'compatible', baseURL: 'https://llm.example:8000/v1' } as const;
  expect(end({ endpoint, model: 'llama\u001b3' })).toBe('llm.example:8000 · llama␛3 · 9 of 13');
  expect(end({ endpoint, model: null })).toBe('llm.example:8000 · 9 of 13');
  expect(end({ endpoint: openai, model: 'gpt-5' })).toBe('OpenAI · gpt-5 · 9 of 13');
  expect(end({ endpoint: null, model: null })).toBe('9 of 13');
});

const top = {
  place: '',
  endpoint: { kind: 'practice', baseURL: '' } as const,
  model: 'gpt-4o-mini',
  done: 9,
  total: 13,
};

test('the header says where one is and what is in use', () => {
  const row = header({ ...top, place: 'Streaming › 3b what a chunk is', width: 80 });
  expect(shown([row])).toEqual([
    ' First Token   Streaming › 3b what a chunk is  practice · gpt-4o-mini · 9 of 13',
  ]);
  expect(shown([header({ ...top, width: 60 })])).toEqual([
    ' First Token                         practice · gpt-4o-mini',
  ]);
});

test('going live is never hidden, at any width', () => {
  for (const width of [40, 60, 80, 120]) {
    const row = header({ ...top, endpoint: openai, place: 'Streaming › 3b what a chunk is', width });
    expect(shown([row])[0]).toContain('OpenAI, costs money');
    expect(stylesOf([row], 'costs money')).toEqual(['warn']);
    expect(widest([row])).toBeLessThanOrEqual(width);
  }
  expect(
    shown([header({ ...top, endpoint: { ...openai, baseURL: 'http://127.0.0.1:9/v1' }, width: 80 })])[0],
  ).toContain('127.0.0.1:9, costs money');
});

test('of another server it says whether it is on this machine', () => {
  const shownFor = (baseURL: string) =>
    header({ ...top, endpoint: { kind: 'compatible', baseURL }, model: 'llama3.2', width: 90 });
  const own = shownFor('http://localhost:11434/v1');
  expect(shown([own])[0]).toContain('localhost:11434, this machine · llama3.2');
  expect(stylesOf([own], 'localhost:11434')).toEqual(['ok']);
  const other = shownFor('https://api.example.com/v1');
  expect(shown([other])[0]).toContain('api.example.com, may cost money · llama3.2');
  expect(stylesOf([other], 'may cost money')).toEqual(['warn']);
});
