import { blank, clip, type Line, line } from '../../components/line.ts';
import { wrapParagraph, wrapText } from '../../components/wrap.ts';
import { headerMeaning } from '../../core/inspect/header-meanings.ts';
import { retries } from '../../core/inspect/retries.ts';
import { formatMs } from '../../core/run/figures.ts';
import { visible } from '../../core/visible.ts';
import type { Exchange } from './exchange-list.ts';

/**
 * What is to be said of the marked row: of a header its value and meaning, of a try why it was made. Where there is
 * room it takes as many rows for each, so that nothing below jumps.
 */
export function markedLines(exchange: Exchange, width: number, height: number): Line[] {
  const { rows, marked } = exchange;
  if (rows.length === 0) return [];
  const lines =
    marked?.kind === 'header' ? headerLines(marked.name, marked.value, width) : tryLines(exchange, width);
  const least = height >= 16 ? 4 : marked ? 3 : 0;
  while (lines.length < least) lines.push(blank);
  return [...lines, blank];
}

/** Of a longer value the beginning must do. */
const longestValue = 2000;

const headerLines = (name: string, value: string, width: number): Line[] => [
  line(clip(visible(name), width), 'name'),
  ...wrapText(visible(value.slice(0, longestValue)), width),
  ...wrapParagraph(headerMeaning(name) ?? 'No meaning of it is known here.', width, 'comment'),
];

function tryLines({ step, attempt }: Exchange, width: number): Line[] {
  if (step.attempts.length === 1) return [line('↑↓ marks a header and says what it means', 'muted')];
  const retry = retries(step).find((each) => each.attempt === attempt?.index);
  if (!retry) return wrapParagraph('Try 1. The SDK made the others by itself.', width);
  const said = `Try ${retry.attempt + 1}, after a wait of ${formatMs(retry.waitedMs)}. ${retry.why}`;
  return wrapParagraph(visible(said), width);
}
