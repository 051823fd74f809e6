import type { Look } from '../../components/box.ts';
import { cellWidth, clip, type Line, line, padEnd, padStart, span } from '../../components/line.ts';
import { type ChosenToken, formatPercent, type LikelyToken } from '../../core/inspect/likely-tokens.ts';
import { quote } from '../../core/visible.ts';

const percentCells = 9;
const longestToken = 24;
const mostBarCells = 30;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** The probability of each token, with those that could have stood there below it. */
export function probabilityBars(tokens: readonly ChosenToken[], width: number, look: Look): Line[] {
  const shown = tokens.flatMap(({ likeliest, ...chosen }) => {
    const others = likeliest.filter(({ token }) => token !== chosen.token);
    return [{ ...chosen, isChosen: true }, ...others.map((other) => ({ ...other, isChosen: false }))];
  });
  const texts = shown.map(({ token }) => clip(quote(token), longestToken));
  const tokenCells = Math.max(...texts.map(cellWidth)) + 2;
  const room = look.isPlain ? 0 : Math.min(mostBarCells, width - tokenCells - percentCells - 2);
  return [
    line('how likely each token was, and others', 'muted'),
    ...shown.map(
      (each, at): Line => [
        span(
          padEnd(each.isChosen ? texts[at]! : `  ${texts[at]}`, tokenCells),
          each.isChosen ? 'assistant' : 'muted',
        ),
        span(padStart(formatPercent(each.probability), percentCells)),
        span(`  ${bar(each, room)}`, each.isChosen ? 'assistant' : 'muted'),
      ],
    ),
  ];
}

function bar({ probability }: LikelyToken, room: number): string {
  const cells = Math.round(probability * room * 8);
  return room < 1 ? '' : '█'.repeat(Math.floor(cells / 8)) + eighths[cells % 8];
}
