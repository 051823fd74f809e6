import { expect, test } from 'vitest';
import { lineWidth } from '../../src/components/line.ts';
import { responseObject } from '../../src/components/response-object.ts';
import { fieldRows } from '../../src/core/inspect/field-rows.ts';
import { boxed, plain, shown, stylesOf } from './shown.ts';

const body = {
  id: 'chatcmpl-1',
  choices: [
    { index: 0, message: { content: 'Hello!', refusal: null, annotations: [] }, finish_reason: 'stop' },
  ],
  stop: ['a', 'b'],
  usage: { total_tokens: 43, details: {} },
};

test('what is nested is a box in a box', () => {
  expect(shown(responseObject('response', fieldRows(body), null, 44, boxed).lines)).toEqual([
    '╭ response ────────────────────────────────╮',
    "│ id             'chatcmpl-1'              │",
    '│ ╭ choices[0] ──────────────────────────╮ │',
    '│ │ index          0                     │ │',
    '│ │ ╭ message ─────────────────────────╮ │ │',
    "│ │ │ content        'Hello!'          │ │ │",
    '│ │ │ refusal        null              │ │ │',
    '│ │ │ annotations    []                │ │ │',
    '│ │ ╰──────────────────────────────────╯ │ │',
    "│ │ finish_reason  'stop'                │ │",
    '│ ╰──────────────────────────────────────╯ │',
    '│ ╭ stop ────────────────────────────────╮ │',
    "│ │ [0]            'a'                   │ │",
    "│ │ [1]            'b'                   │ │",
    '│ ╰──────────────────────────────────────╯ │',
    '│ ╭ usage ───────────────────────────────╮ │',
    '│ │ total_tokens   43                    │ │',
    '│ │ details        {}                    │ │',
    '│ ╰──────────────────────────────────────╯ │',
    '╰──────────────────────────────────────────╯',
  ]);
});

test('the values of one object stand in one column, however long a key of it is', () => {
  const usage = { prompt_tokens: 10, completion_tokens: 9, details: { cached: 0 }, total_tokens: 19 };
  expect(shown(responseObject('usage', fieldRows(usage), null, 34, boxed).lines)).toEqual([
    '╭ usage ─────────────────────────╮',
    '│ prompt_tokens     10           │',
    '│ completion_tokens 9            │',
    '│ ╭ details ───────────────────╮ │',
    '│ │ cached         0           │ │',
    '│ ╰────────────────────────────╯ │',
    '│ total_tokens      19           │',
    '╰────────────────────────────────╯',
  ]);
});

test.each([boxed, plain])('each field says on which line it stands, drawn or not: %o', (look) => {
  const rows = fieldRows(body);
  const { lines, lineOf } = responseObject('response', rows, null, 44, look);
  const texts = shown(lines);
  for (const [index, { key, value }] of rows.entries()) {
    expect(texts[lineOf[index]!]).toContain(key);
    if (value) expect(texts[lineOf[index]!]).toContain(value);
  }
});

test('only the selected field is marked', () => {
  const rows = fieldRows(body);
  const { lines, lineOf } = responseObject('response', rows, 4, 44, boxed);
  expect(lines.flat().filter(({ style }) => style === 'selected')).toHaveLength(1);
  expect(stylesOf([lines[lineOf[4]!]!], 'content')).toEqual(['selected']);
});

test('long values and a server’s odd names keep the box whole', () => {
  const odd = { 'a\n漢字\u001b[2J': 'x'.repeat(99), text: 'one\ntwo' };
  const { lines } = responseObject('response', fieldRows(odd), null, 40, boxed);
  for (const row of lines) expect(lineWidth(row)).toBe(40);
  expect(shown(lines)[2]).toBe("│ text           'one\\ntwo'            │");
  expect(shown(lines)[1]).toContain('a␊漢字␛[2J');
});
