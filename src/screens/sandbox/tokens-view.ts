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
import type { Workbench } from '../../core/sandbox/workbench.ts';
import { visible } from '../../core/visible.ts';

const styles: readonly Style[] = ['token', 'token-next'];

/** The prompt as the pieces that the model sees, message by message, with what each of them counts. */
export function tokenLines({ draft, estimate, pieces }: Workbench, width: number, look: Look): Line[] {
  if (!estimate) return [line('Counting the tokens …', 'muted')];
  const { prompt } = estimate;
  const rest = prompt.total - prompt.messages.reduce((sum, { tokens }) => sum + tokens, 0);
  return [
    [span(`${prompt.total} prompt tokens`, 'strong'), span(' estimated with o200k_base', 'warn')],
    ...wrapParagraph(
      'Each piece is one token. A message counts a few more than its text, for its role and the frame around it.',
      width,
      'muted',
    ),
    blank,
    ...draft.messages.flatMap(({ role }, index) => [
      [
        span(padEnd(visible(role), 10), roleStyle(role)),
        span(`${prompt.messages[index]?.tokens ?? '–'} tokens`, 'muted'),
      ],
      ...pieceLines(pieces[index] ?? [], width, look),
      blank,
    ]),
    ...(rest > 0 ? [line(`${rest} more for tools, schemas and what opens the reply`, 'muted')] : []),
  ];
}

/** Pieces in a row, told apart by turns of style; where there is none, by bars. Line feeds break the row. */
function pieceLines(pieces: readonly TokenPiece[], width: number, look: Look): Line[] {
  const lines: Span[][] = [[]];
  let used = 0;
  for (const [index, piece] of pieces.entries()) {
    const style = styles[index % styles.length]!;
    const text = shownPiece(piece) + (look.isPlain ? '|' : '');
    for (const [part, row] of text.split('\n').entries()) {
      if (part > 0) {
        lines.push([]);
        used = 0;
      }
      let left = part < text.split('\n').length - 1 ? `${row}⏎` : row;
      while (left !== '') {
        if (used + cellWidth(left) > width && used > 0) {
          lines.push([]);
          used = 0;
        }
        const cut = cutText(left, width) || left;
        lines.at(-1)!.push(span(cut, style));
        used += cellWidth(cut);
        left = left.slice(cut.length);
      }
    }
  }
  return lines;
}

/** A token's text; one that ends inside a character is shown by its bytes. */
function shownPiece({ text, bytes }: TokenPiece): string {
  if (text !== '') return visible(text);
  return `⟨${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}⟩`;
}
