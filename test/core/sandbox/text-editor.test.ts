import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edit, openEditor, type TextEdit, type TextEditor } from '../../../src/core/sandbox/text-editor.ts';
import { characters, TextModel, wholes } from './text-model.ts';

/** A text with `|` where the cursor is. */
const opened = (drawn: string): TextEditor =>
  edit(openEditor(drawn.replace('|', '')), { type: 'place', cursor: drawn.indexOf('|') });
const drawn = ({ present: { text, cursor } }: TextEditor): string =>
  `${text.slice(0, cursor)}|${text.slice(cursor)}`;

type Plain = Exclude<TextEdit['type'], 'insert' | 'place'>;
const insert = (text: string): TextEdit => ({ type: 'insert', text });
const does = (editor: TextEditor, ...edits: (TextEdit | Plain)[]): TextEditor =>
  edits.reduce<TextEditor>(
    (now, each) => edit(now, typeof each === 'string' ? { type: each } : each),
    editor,
  );
/** Typed key by key. */
const typed = (editor: TextEditor, text: string): TextEditor => does(editor, ...[...text].map(insert));
const undoneSteps = (editor: TextEditor): string[] => {
  const before = edit(editor, { type: 'undo' });
  return before === editor ? [] : [drawn(before), ...undoneSteps(before)];
};

test('a text is opened with the cursor behind it', () => {
  expect(drawn(openEditor('Hello'))).toBe('Hello|');
});

test.each<[string, Plain, string]>([
  ['a👩‍💻|b', 'left', 'a|👩‍💻b'],
  ['|🇩🇪🇫🇷', 'right', '🇩🇪|🇫🇷'],
  ['|', 'left', '|'],
  ['|', 'right', '|'],
  ['ne\u0301|e', 'delete-back', 'n|e'],
  ['🇩🇪🇫🇷|', 'delete-back', '🇩🇪|'],
  ['|각a', 'delete-forward', '|a'],
  ['a\n|b', 'delete-back', 'a|b'],
  ['say "hello"  |', 'word-left', 'say "hello|"  '],
  ['say "hello|"', 'word-left', 'say "|hello"'],
  ['say| "hello"', 'word-right', 'say "|hello"'],
  ['|  größe 漢字', 'word-right', '  größe| 漢字'],
  ['one\n  |two', 'word-left', 'one\n|  two'],
  ['one\n|two', 'word-left', 'one|\ntwo'],
  ['one|\ntwo', 'word-right', 'one\n|two'],
  ['one two |', 'delete-word-back', 'one |'],
  ['one\n|two', 'delete-word-back', 'one|two'],
  ['one| two three', 'delete-word-forward', 'one| three'],
  ['one\ntwo th|ree\nfour', 'line-start', 'one\n|two three\nfour'],
  ['one\ntwo th|ree\nfour', 'line-end', 'one\ntwo three|\nfour'],
  ['\n|\n', 'line-start', '\n|\n'],
  ['|\n', 'line-start', '|\n'],
  ['one\ntwo th|ree\nfour', 'delete-to-line-start', 'one\n|ree\nfour'],
  ['one\ntwo th|ree\nfour', 'delete-to-line-end', 'one\ntwo th|\nfour'],
  ['one\ntwo| three', 'text-start', '|one\ntwo three'],
  ['one\ntwo| three', 'text-end', 'one\ntwo three|'],
])('%j, %s', (before, type, after) => {
  expect(drawn(edit(opened(before), { type }))).toBe(after);
});

test.each([
  ['an accent goes onto the letter before', 'caf|e', '\u0301', 'caf\u0301|e'],
  ['a letter goes under an accent that stood alone', '\n|\u0301', 'e', '\ne\u0301|'],
  ['the second half of a flag completes it', '🇩|!', '🇪', '🇩🇪|!'],
  ['half a flag takes its other half from the flag behind', '|🇩🇪!', '🇫', '🇫🇩|🇪!'],
  ['a joiner makes one person of two', '👩|💻', '\u200d', '👩\u200d💻|'],
  ['two halves of a surrogate pair become a character', '\ud83d|!', '\udc4d', '👍|!'],
])('%s, and the cursor is behind it', (_, before, text, after) => {
  expect(drawn(edit(opened(before), insert(text)))).toBe(after);
});

test('where a deletion makes two halves join, the cursor is behind the whole', () => {
  expect(drawn(does(opened('🇩x|🇪'), 'delete-back'))).toBe('🇩🇪|');
});

test('pasted line ends become line feeds, and all else stays as it was pasted', () => {
  const pasted = edit(openEditor(''), insert('one\r\ntwo\rthree\n\x1b[31m\u202e\0\ud800\t'));
  expect(pasted.present.text).toBe('one\ntwo\nthree\n\x1b[31m\u202e\0\ud800\t');
});

test('a text that was opened is not changed by moving about in it', () => {
  const moved = does(openEditor('one\r\ntwo'), 'text-start', 'line-end');
  expect(drawn(moved)).toBe('one|\r\ntwo');
  expect(drawn(does(moved, 'right'))).toBe('one\r\n|two');
});

test('the cursor is placed at or before an offset, never inside of a character', () => {
  const place = (cursor: number) => drawn(edit(openEditor('a👩‍💻b'), { type: 'place', cursor }));
  expect([-3, 0, 1, 2, 5, 6, 7, 99].map(place)).toEqual([
    '|a👩‍💻b',
    '|a👩‍💻b',
    'a|👩‍💻b',
    'a|👩‍💻b',
    'a|👩‍💻b',
    'a👩‍💻|b',
    'a👩‍💻b|',
    'a👩‍💻b|',
  ]);
});

test('typing is undone word by word', () => {
  expect(undoneSteps(typed(openEditor(''), 'be  kind, now'))).toEqual(['be  kind, |', 'be  |', '|']);
});

test('a line feed is undone by itself', () => {
  expect(undoneSteps(typed(openEditor(''), 'one\ntwo'))).toEqual(['one\n|', 'one|', '|']);
});

test('what is typed after the cursor moved is undone apart, and undo brings the cursor back', () => {
  const changed = typed(does(typed(openEditor(''), 'ac'), 'left'), 'b');
  expect(undoneSteps(changed)).toEqual(['a|c', '|']);
  expect(drawn(does(changed, 'undo', 'redo'))).toBe('ab|c');
});

test('a paste is undone by itself', () => {
  const pasted = typed(does(typed(openEditor(''), 'a'), insert('bcd'), insert('ef')), 'g');
  expect(undoneSteps(pasted)).toEqual(['abcdef|', 'abcd|', 'a|', '|']);
  expect(undoneSteps(does(typed(openEditor(''), 'a'), insert('👩‍💻')))).toEqual(['|']);
});

test('characters deleted in a row are undone as one, a word or a line apart', () => {
  const deleted = does(openEditor('one two abc'), 'delete-back', 'delete-back', 'delete-word-back');
  expect(undoneSteps(does(deleted, 'delete-word-back'))).toEqual(['one two |', 'one two a|', 'one two abc|']);
});

test('after undo, one can look around and still redo', () => {
  const undone = does(typed(openEditor(''), 'a b'), 'undo', 'text-start');
  expect(drawn(does(undone, 'redo'))).toBe('a b|');
});

test('an edit that changes nothing leaves the editor as it is', () => {
  const editor = typed(openEditor('a'), 'b');
  const nothing: (TextEdit | Plain)[] = [
    'right',
    'line-end',
    'text-end',
    'redo',
    'delete-forward',
    insert(''),
  ];
  for (const each of nothing) expect(does(editor, each)).toBe(editor);
  expect(undoneSteps(typed(does(editor, ...nothing), 'c'))).toEqual(['a|']);
});

const text = (maxLength: number) => fc.string({ unit: fc.constantFrom(...characters, ...wholes), maxLength });

const plain: readonly Plain[] = [
  ...([
    'left',
    'right',
    'word-left',
    'word-right',
    'line-start',
    'line-end',
    'text-start',
    'text-end',
  ] as const),
  ...(['delete-back', 'delete-forward', 'delete-word-back', 'delete-word-forward'] as const),
  ...(['delete-to-line-start', 'delete-to-line-end', 'undo', 'undo', 'redo'] as const),
];

const edits = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...characters, ...wholes).map(insert) },
    { weight: 2, arbitrary: text(12).map(insert) },
    { weight: 7, arbitrary: fc.constantFrom(...plain).map((type): TextEdit => ({ type })) },
    { weight: 2, arbitrary: fc.nat(60).map((cursor): TextEdit => ({ type: 'place', cursor })) },
  ),
  { minLength: 30, maxLength: 60 },
);

test('thousands of random edits come out as in the reference model', () => {
  let count = 0;
  fc.assert(
    fc.property(text(30), edits, (start, sequence) => {
      const model = new TextModel(start);
      let editor = openEditor(start);
      for (const each of sequence) {
        model.apply(each);
        editor = edit(editor, each);
        expect(editor.present).toEqual(model.state);
        count++;
      }
    }),
    { numRuns: 100 },
  );
  expect(count).toBeGreaterThanOrEqual(2000);
});

test('in a long row of flags the cursor is placed between two of them', () => {
  const flags = openEditor('🇩🇪'.repeat(20_000));
  expect(edit(flags, { type: 'place', cursor: 40_002 }).present.cursor).toBe(40_000);
  const half = edit(edit(flags, { type: 'text-start' }), insert('🇫'));
  expect(edit(half, { type: 'place', cursor: 79_998 }).present.cursor).toBe(79_996);
});
