import type { EditorState, TextEdit } from '../../../src/core/sandbox/text-editor.ts';

/**
 * What an editor must do, said as simply as can be and without the editor's code: a text is an array of graphemes,
 * cut anew from the whole text after each edit, the cursor is a place between two of them, and undo is a pile of
 * whole snapshots.
 */
export class TextModel {
  #graphemes: string[];
  #at: number;
  #undo: EditorState[] = [];
  #redo: EditorState[] = [];
  /** What the last edit was, if one that the next may belong to. */
  #row = '';

  constructor(text: string) {
    this.#graphemes = cut(text);
    this.#at = this.#graphemes.length;
  }

  get state(): EditorState {
    return { text: this.#graphemes.join(''), cursor: this.#graphemes.slice(0, this.#at).join('').length };
  }

  apply(edit: TextEdit): void {
    if (edit.type === 'undo') this.#travel(this.#undo, this.#redo);
    else if (edit.type === 'redo') this.#travel(this.#redo, this.#undo);
    else if (edit.type === 'insert') this.#insert(edit.text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'));
    else if (edit.type === 'place') this.#move(this.#indexAt(edit.cursor));
    else if (edit.type.startsWith('delete')) this.#delete(edit.type);
    else this.#move(this.#target(edit.type));
  }

  #travel(from: EditorState[], to: EditorState[]): void {
    const state = from.pop();
    if (!state) return;
    to.push(this.state);
    this.#graphemes = cut(state.text);
    this.#at = cut(state.text.slice(0, state.cursor)).length;
    this.#row = '';
  }

  #move(at: number): void {
    if (at !== this.#at) this.#row = '';
    this.#at = at;
  }

  #insert(text: string): void {
    if (text === '') return;
    const isTyped = cut(text).length === 1 && text !== '\n';
    const previous = this.#graphemes[this.#at - 1] ?? '';
    const isNewWord = /\s$/.test(previous) && !/^\s/.test(text);
    this.#change(this.#at, this.#at, text, isTyped ? 'typed' : '', isNewWord);
  }

  #delete(type: string): void {
    const moves: Record<string, string> = {
      'delete-back': 'left',
      'delete-forward': 'right',
      'delete-word-back': 'word-left',
      'delete-word-forward': 'word-right',
      'delete-to-line-start': 'line-start',
      'delete-to-line-end': 'line-end',
    };
    const to = this.#target(moves[type]!);
    if (to === this.#at) return;
    const isOne = type === 'delete-back' || type === 'delete-forward';
    this.#change(Math.min(to, this.#at), Math.max(to, this.#at), '', isOne ? type : '', false);
  }

  #change(start: number, end: number, by: string, row: string, isApart: boolean): void {
    const isSameStep = row !== '' && row === this.#row && !isApart;
    if (!isSameStep) this.#undo.push(this.state);
    this.#redo = [];
    this.#row = row;
    const before = this.#graphemes.slice(0, start).join('') + by;
    this.#graphemes = cut(before + this.#graphemes.slice(end).join(''));
    let length = 0;
    this.#at = 0;
    while (length < before.length) length += this.#graphemes[this.#at++]!.length;
  }

  /** The last place between graphemes that is not beyond an offset. */
  #indexAt(offset: number): number {
    let index = 0;
    let length = 0;
    for (const grapheme of this.#graphemes) {
      length += grapheme.length;
      if (length > offset) break;
      index++;
    }
    return index;
  }

  #target(move: string): number {
    const at = this.#at;
    const all = this.#graphemes;
    const kinds = all.map(kindOf).join('');
    const lineFeed = kinds.indexOf('n', at);
    switch (move) {
      case 'left':
        return Math.max(0, at - 1);
      case 'right':
        return Math.min(all.length, at + 1);
      case 'word-left':
        return kinds.slice(0, at).search(/(n|(w+|m+)?s*)$/);
      case 'word-right':
        return at + /^(n|s*(w+|m+)?)/.exec(kinds.slice(at))![0].length;
      case 'line-start':
        return kinds.slice(0, at).lastIndexOf('n') + 1;
      case 'line-end':
        return lineFeed < 0 ? all.length : lineFeed;
      case 'text-start':
        return 0;
      case 'text-end':
        return all.length;
      default:
        throw new Error(`No such move: ${move}`);
    }
  }
}

const cut = (text: string): string[] =>
  Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);

/** n: line feed, s: white space, w: of a word, m: another mark. */
function kindOf(grapheme: string): string {
  const first = [...grapheme][0]!;
  if (grapheme === '\n' || grapheme === '\r\n') return 'n';
  if (' \t\r'.includes(first)) return 's';
  return wordly.has(first) ? 'w' : 'm';
}

const words = [...'abeZ7_ß漢字가각क्ष\u0301\u0308\ufe0f'];
const marks = [...'.-"👩💻👍🏽🇩🇪❤\u200d\u0600\u202e\x1b', '\ud83d', '\udc4d'];
const wordly = new Set(words);

/** Characters to make texts of: such as join their neighbours, such as are wide, and others. */
export const characters: readonly string[] = [...words, ...marks, ' ', ' ', '\t', '\n', '\r'];
export const wholes = ['👩‍💻', '👍🏽', '🇩🇪', '❤️', 'e\u0301', 'क्ष', '\r\n', '👨‍👩‍👧‍👦', '7️⃣'] as const;
