import {
  cellWidth,
  clip,
  clipStart,
  type Line,
  line,
  padEnd,
  padStart,
  span,
} from '../../components/line.ts';
import type { Standing } from '../../core/inspect/standing.ts';
import type { AssemblyStep } from '../../core/run/assembly.ts';
import { visible } from '../../core/visible.ts';
import { within } from '../clamp.ts';
import { markedLine } from './try-rows.ts';

/** The chunks of a step as they add up. */
export interface Assembled {
  readonly standing: Standing;
  /** How many chunks have come. */
  readonly count: number;
  /** The chunk that is marked. */
  readonly marked: number;
}

/** As long as `choices[0].message.content`, where most of a stream is added. */
const longestPath = 26;

/** The steps of the chunks around the marked one, in at most `rows` rows with their heading. */
export function stepLines({ standing, count, marked }: Assembled, width: number, rows: number): Line[] {
  const room = Math.max(1, rows - 1);
  const from = Math.max(0, marked - room);
  const to = Math.min(count, marked + room + 1);
  const shown = withEmpty(standing.steps(from, to - from), from, to);
  const at = shown.findIndex(({ index }) => index === marked);
  const own = shown.filter(({ index }) => index === marked).length;
  const first = within(at - Math.max(0, Math.floor((room - own) / 2)), shown.length - room);
  const numberCells = Math.max(3, String(count - 1).length + 1);
  const pathCells = Math.min(longestPath, Math.floor(width * 0.5)) + 2;
  const row = (number: string, path: string) =>
    `${padStart(number, numberCells)}  ${padEnd(path, pathCells)}`;
  return [
    line(clip(`  ${row('#', 'where')}what was added`, width), 'muted'),
    ...shown.slice(first, first + room).map(({ index, path, added }): Line => {
      const head = row(String(index), clipStart(visible(path), pathCells - 2));
      const text = clip(added, width - 2 - cellWidth(head));
      return index === marked
        ? markedLine(head + text, width)
        : [span('  '), span(head), span(text, path === '' ? 'muted' : 'assistant')];
    }),
  ];
}

/** A row for each chunk that added nothing, too: it came all the same. */
function withEmpty(steps: readonly AssemblyStep[], from: number, to: number): readonly AssemblyStep[] {
  const rows: AssemblyStep[] = [];
  let at = 0;
  for (let index = from; index < to; index++) {
    if (steps[at]?.index !== index) rows.push({ index, path: '', was: '', added: '(nothing)' });
    while (steps[at]?.index === index) rows.push(steps[at++]!);
  }
  return rows;
}
