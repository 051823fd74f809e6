import { withFound } from '../../components/found.ts';
import { cellWidth, type Line, lineWidth, type Span, span } from '../../components/line.ts';
import type { Style } from '../../components/theme.ts';
import { wrapParagraph, wrapText } from '../../components/wrap.ts';
import type { JsonLine } from '../../core/inspect/json-lines.ts';
import { meaningOf } from '../../core/lessons/field-meanings.ts';
import { hardWrap } from './hard-wrap.ts';

const styles: Readonly<Record<JsonLine['kind'], Style>> = {
  string: 'string',
  number: 'number',
  word: 'keyword',
  open: 'text',
  close: 'text',
  note: 'muted',
};

/** What is marked in JSON: a text wherever it stands, or the fields with these paths. */
export interface MarkedJson {
  readonly text: RegExp | null;
  readonly fields: readonly string[];
}

/** JSON laid out in `width` cells, with what each key means: behind it where there is room, or else below it. */
export function jsonDetail(
  json: readonly JsonLine[],
  object: string | undefined,
  width: number,
  { text, fields }: MarkedJson = { text: null, fields: [] },
): Line[] {
  return json.flatMap((row) => {
    const indent = ' '.repeat(row.depth * 2);
    // A list with one item and that item share a line.
    const paths = row.text === '[{' ? [row.path, `${row.path}[0]`] : [row.path];
    const nameStyle = paths.some((path) => fields.includes(path)) ? 'found' : 'name';
    const key: readonly Span[] = row.key === null ? [] : [span(row.key, nameStyle), span(': ', 'muted')];
    const room = width - indent.length - 2;
    const [first = [], ...more] =
      row.kind === 'note'
        ? wrapText(row.text, room, 'muted')
        : hardWrap(withFound([...key, span(row.text, styles[row.kind])], text), room, true);
    const lines: Line[] = [
      [span(indent), ...first],
      ...more.map((rest): Line => [span(`${indent}  `), ...rest]),
    ];
    const meaning = row.path === '' ? null : meaningOf(row.path, object);
    return meaning === null ? lines : explained(lines, meaning, indent, width);
  });
}

/** As comments stand in code. */
function explained(lines: readonly Line[], meaning: string, indent: string, width: number): Line[] {
  const last = lines.at(-1)!;
  const room = width - lineWidth(last) - 5;
  const said = wrapParagraph(meaning, room, 'comment');
  if (cellWidth(meaning.replaceAll('`', '')) <= room) {
    return [...lines.slice(0, -1), [...last, span('  // ', 'comment'), ...said[0]!]];
  }
  const below = wrapParagraph(meaning, width - indent.length - 5, 'comment');
  return [
    ...lines,
    ...below.map((row, at): Line => [span(`${indent}  ${at === 0 ? '// ' : '   '}`, 'comment'), ...row]),
  ];
}
