import type { Shown } from '../components/binding.ts';
import type { Look } from '../components/box.ts';
import { rule } from '../components/box.ts';
import { footer } from '../components/footer.ts';
import { cellWidth, clip, fitRows, type Line, span } from '../components/line.ts';
import { visible } from '../core/visible.ts';

/** Rows that the header, the two rules and the footer take. */
export const frameRows = 4;

export interface FrameView {
  readonly header: Line;
  readonly body: readonly Line[];
  /** A sentence for the reader, set into the lower rule. */
  readonly notice: string | null;
  readonly bindings: readonly Shown[];
  readonly columns: number;
  readonly rows: number;
  readonly look: Look;
}

/** A whole screen of exactly `rows` rows: where one is, what there is, what one can do. */
export function frame({ header, body, notice, bindings, columns, rows, look }: FrameView): Line[] {
  const line = rule(columns, look);
  // It may name files or quote an error: as careful with it as with what a server sends.
  const text = notice ? clip(` ${visible(notice).replaceAll('\n', ' ')} `, columns - 4) : '';
  const lower: Line = !text
    ? line
    : look.isPlain
      ? [span(text, 'warn')]
      : [
          span('──', 'muted'),
          span(text, 'warn'),
          span('─'.repeat(Math.max(0, columns - 2 - cellWidth(text))), 'muted'),
        ];
  return [header, line, ...fitRows(body, rows - frameRows), lower, footer(bindings, columns)];
}
