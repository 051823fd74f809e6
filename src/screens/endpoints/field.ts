import { cellWidth, type Line, span } from '../../components/line.ts';

/** A text of one line while it is typed, with the cursor behind it. All that these screens know of editing is here. */
export interface Field {
  readonly text: string;
}

export const openField = (text = ''): Field => ({ text });

const segmenter = new Intl.Segmenter();

/** The field after a key, by its name. */
export function typeInto(field: Field, key: string): Field {
  if (key === 'backspace') {
    const graphemes = Array.from(segmenter.segment(field.text), ({ segment }) => segment);
    return openField(graphemes.slice(0, -1).join(''));
  }
  if (key === 'ctrl+u') return openField();
  const typed = key === 'space' ? ' ' : key;
  return [...typed].length === 1 ? openField(field.text + typed) : field;
}

/** The field after a paste, of which line ends are left out. */
export const pasteInto = (field: Field, text: string): Field =>
  openField(field.text + text.replace(/[\r\n]+/g, ''));

/** A safe text and the cursor behind it in at most `width` cells: of a longer one, its end. */
export function fieldLine(shown: string, width: number, isPlain: boolean): Line {
  let rest = shown;
  while (cellWidth(rest) > width - 1) rest = rest.slice(1).replace(/^[\udc00-\udfff]/, '');
  return [span(rest === shown ? rest : `…${rest.slice(1)}`, 'strong'), span(isPlain ? '' : '█', 'accent')];
}
