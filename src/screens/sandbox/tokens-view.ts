import type { Look } from '../../components/box.ts';
import {
  blank,
  cellWidth,
  cutText,
  type Line,
  line,
  padEnd,
  type Span,
  span,
} from '../../components/line.ts';
import { roleStyle } from '../../components/messages.ts';
import type { Style } from '../../components/theme.ts';
import { wrapParagraph } from '../../components/wrap.ts';
import type { TokenPiece } from '../../core/api/prompt-tokens.ts';
import { nextBoundary } from '../../core/graphemes.ts';
import type { Workbench } from '../../core/sandbox/workbench.ts';
import { visible } from '../../core/visible.ts';
import { asRows, type Rows, stacked } from '../scrolled.ts';

const styles: readonly Style[] = ['token', 'token-next'];

/** The prompt as the pieces that the model sees, message by message, with what each of them counts. */
export function tokenRows(
  { draft, estimate, pieces }: Pick<Workbench, 'draft' | 'estimate' | 'pieces'>,
  width: number,
  look: Look,
): Rows {
  if (!estimate) return asRows([line('Counting the tokens …', 'muted')]);
  const { prompt } = estimate;
  const rest = prompt.total - prompt.messages.reduce((sum, { tokens }) => sum + tokens, 0);
  return stacked([
    asRows([
      [
        span(`${prompt.total} prompt tokens`, 'strong'),
        span(` estimated with o200k_base${prompt.isNear ? ', only near for this model' : ''}`, 'warn'),
      ],
      ...wrapParagraph(
        'Each piece is one token. A message counts a few more than its text, for its role and the frame around it.',
        width,
        'muted',
      ),
      blank,
    ]),
    ...draft.messages.flatMap(({ role }, index) => [
      asRows([
        [
          span(padEnd(visible(role), 10), roleStyle(role)),
          span(`${prompt.messages[index]?.tokens ?? '–'} tokens`, 'muted'),
        ],
      ]),
      pieceRows(pieces[index] ?? [], width, look),
      asRows([blank]),
    ]),
    asRows(rest > 0 ? [line(`${rest} more for tools, schemas and what opens the reply`, 'muted')] : []),
  ]);
}

/** Where a row begins: at which piece, and at which UTF-16 unit of that piece as it is shown. */
interface RowStart {
  readonly piece: number;
  readonly offset: number;
}

/** A text of 1 MB has hundreds of thousands of pieces: too many to lay out with every frame. */
const layouts = new WeakMap<
  readonly TokenPiece[],
  { readonly width: number; readonly isPlain: boolean; readonly starts: readonly RowStart[] }
>();

/** Pieces in a row, told apart by turns of style; where there is none, by bars. Line feeds break the row. */
function pieceRows(pieces: readonly TokenPiece[], width: number, { isPlain }: Look): Rows {
  let layout = layouts.get(pieces);
  if (layout?.width !== width || layout.isPlain !== isPlain) {
    layout = { width, isPlain, starts: layOut(pieces, width, isPlain) };
    layouts.set(pieces, layout);
  }
  const { starts } = layout;
  const row = (start: RowStart, end: RowStart): Line => {
    const spans: Span[] = [];
    for (const [index, piece] of pieces.slice(start.piece, end.piece + 1).entries()) {
      const at = start.piece + index;
      const text = shownPiece(piece, isPlain);
      const from = index === 0 ? start.offset : 0;
      const part = text.slice(from, at === end.piece ? end.offset : text.length).replace('\n', '');
      if (part !== '') spans.push(span(part, styles[at % styles.length]));
    }
    return spans;
  };
  const end: RowStart = { piece: pieces.length, offset: 0 };
  return {
    count: starts.length,
    window: (from, rows) =>
      starts.slice(from, from + rows).map((start, index) => row(start, starts[from + index + 1] ?? end)),
  };
}

function layOut(pieces: readonly TokenPiece[], width: number, isPlain: boolean): readonly RowStart[] {
  const starts: RowStart[] = [{ piece: 0, offset: 0 }];
  let used = 0;
  for (const [piece, each] of pieces.entries()) {
    const text = shownPiece(each, isPlain);
    let offset = 0;
    while (offset < text.length) {
      const isBreak = text[offset] === '\n';
      const left = isBreak ? '' : text.slice(offset).split('\n', 1)[0]!;
      const cells = cellWidth(left);
      if (isBreak || (used > 0 && used + cells > width)) {
        if (isBreak) offset += 1;
        starts.push({ piece, offset });
        used = 0;
      }
      const cut = cells <= width ? left : cutText(left, width) || left.slice(0, nextBoundary(left, 0));
      offset += cut.length;
      used += cellWidth(cut);
    }
  }
  return starts;
}

/** A token's text; one that ends inside a character is shown by its bytes. */
function shownPiece({ text, bytes }: TokenPiece, isPlain: boolean): string {
  const shown =
    text === ''
      ? `⟨${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}⟩`
      : visible(text).replaceAll('\n', '⏎\n');
  return isPlain ? `${shown}|` : shown;
}
