import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault } from '../../../src/core/sandbox/json-fault.ts';
import { readJson } from '../../../src/core/sandbox/json-text.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** JSON with a few marks put in, taken out or changed, and texts of nothing but such marks. */
const marks = fc.constantFrom(...'[]{}",:\\0123.eE+-/tfnul \n\t\'日\u0000'.split(''));
const almostJson = fc.oneof(
  fc.array(marks, { maxLength: 8 }).map((all) => all.join('')),
  fc
    .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(2), fc.array(marks, { maxLength: 2 }))
    .map(([text, place, drop, more]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + more.join('') + text.slice(at + drop);
    }),
);

test('a text has a fault just where it is no JSON', () => {
  fc.assert(
    fc.property(almostJson, (text) => {
      expect(jsonFault(text) === null).toBe(isJson(text));
    }),
    { numRuns: 800 },
  );
});

/** Ends that complete whatever may stand open. */
const endings = (text: string): string[] => {
  const open: string[] = [];
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    if (isInText && text[at] === '\\') at++;
    else if (text[at] === '"') isInText = !isInText;
    else if (!isInText && text[at] === '[') open.unshift(']');
    else if (!isInText && text[at] === '{') open.unshift('}');
    else if (!isInText && /[\]}]/.test(text[at]!)) open.shift();
  }
  const starts = [
    '',
    '0',
    '"',
    ':0',
    '":0',
    '"":0',
    ...['true', 'false', 'null'].flatMap((word) => [1, 2, 3, 4].map((n) => word.slice(n))),
  ];
  const escapes = ['0000"', '000"', '00"', '0"', 'n"'].flatMap((end) => [end, `${end}:0`]);
  return [...starts, ...escapes].map((start) => start + open.join(''));
};

test('what stands before a fault can be completed, and with the fault it cannot', () => {
  fc.assert(
    fc.property(almostJson, (text) => {
      const fault = jsonFault(text);
      if (!fault) return;
      const before = text.slice(0, fault.offset);
      expect(endings(before).some((end) => isJson(before + end))).toBe(true);
      if (fault.offset === text.length) return;
      const withIt = text.slice(0, fault.offset + 1);
      expect(endings(withIt).some((end) => isJson(withIt + end))).toBe(false);
    }),
    { numRuns: 800 },
  );
});

test.each([
  ['', 1, 1, 'a value was expected, not the end.'],
  ['[1 2]', 1, 4, 'a comma or ] was expected, not 2.'],
  [
    '[\n  {"type": "function",}\n]',
    2,
    23,
    'a name in double quotes was expected, not } (no comma stands before it).',
  ],
  ['[1, ]', 1, 5, 'a value was expected, not ] (no comma stands before it).'],
  ['{"a" 1}', 1, 6, 'a colon was expected, not 1.'],
  [
    "{'a': 1}",
    1,
    2,
    "a name in double quotes or } was expected, not ' (texts stand between straight double quotes).",
  ],
  ['[True]', 1, 2, 'a value or ] was expected, not T (JSON knows true, false and null).'],
  ['{"a": 1} // one', 1, 10, 'the end was expected, not / (JSON has no comments).'],
  ['["one\ntwo"]', 1, 6, 'a closing " or an escape such as \\n was expected, not the end of the line.'],
  ['[\r\n"日👩‍👩‍👧‍👦" x', 2, 6, 'a comma or ] was expected, not x.'],
  ['[1,\u00a02]', 1, 4, 'a value was expected, not the character U+00A0.'],
  ['"\\u12x4"', 1, 6, 'a hexadecimal digit was expected, not x.'],
  ['01', 1, 2, 'the end was expected, not 1.'],
  ['[1.]', 1, 4, 'a digit was expected, not ].'],
  ['"\\x"', 1, 3, 'one of " \\ / b f n r t u was expected, not x.'],
])('%j has its fault at line %i, column %i', (text, line, column, what) => {
  const sentence = `tools is no JSON: at line ${line}, column ${column}, ${what}`;
  expect(readJson(text, 'tools')).toEqual({ unreadable: { sentence, line, column } });
});

test('in a very long line, columns near its end are still counted from its beginning', () => {
  const text = `["${'é'.repeat(5000)}" 👍🏽`;
  expect(readJson(text, 'tools')).toMatchObject({ unreadable: { line: 1, column: 5005 } });
});

test('what is nested out of all measure is refused, not followed', () => {
  expect(readJson('['.repeat(100) + ']'.repeat(100), 'tools')).toHaveProperty('value');
  expect(readJson('['.repeat(100_000), 'tools')).toMatchObject({ unreadable: { line: 1, column: 101 } });
});
